using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Safety;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Checking;

/// <summary>Keeps what interrupted a doctor, what was said to it, and what became of it.</summary>
internal sealed class FindingKeeper(IDbContextFactory<ClinicDb> clinic, AuditTrail audit, OutboxWriter outbox, TimeProvider time)
{
    private const int LongestKey = 300;

    /// <summary>Findings that interrupt and were not shown before are kept. Two windows that show one keep it once.</summary>
    public async Task KeepShownAsync(Guid prescriptionId, DraftFacts facts, SafetyReport report, Guid me, CancellationToken cancellation)
    {
        var shown = report.Findings.Where(f => f.Interrupts && f.Key.Length <= LongestKey && !facts.Known.Any(k => k.Key == f.Key)).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        db.PrescriptionFindings.AddRange(shown.Select(f => new PrescriptionFinding
        {
            Id = Guid.CreateVersion7(),
            PrescriptionId = prescriptionId,
            PatientId = facts.PatientId,
            DoctorId = me,
            FindingKey = f.Key,
            Kind = EnumText.Of(f.Kind),
            Severity = EnumText.Of(f.Severity),
            Shown = DraftChecker.Shown(f),
            DataVersion = Cut(report.DataVersion),
            ShownAt = time.GetUtcNow(),
        }));
        audit.Add(db, Entry(AuditAction.Create, "prescription.interrupt", prescriptionId, facts.PatientId));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The other window kept them; the next check keeps what is left.
        }
    }

    /// <summary>The reason for which a kept finding is signed over.</summary>
    public async Task<Refusal?> OverrideAsync(FindingOverride decision, SafetyFinding finding, SafetyReport report, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var row = await db.PrescriptionFindings.SingleOrDefaultAsync(f => f.PrescriptionId == decision.PrescriptionId && f.FindingKey == finding.Key, cancellation);
        if (row is null)
        {
            return PrescriptionRefusals.Busy;
        }

        var before = row.Reason is { } earlier ? $"{EnumText.Of(earlier)}: {row.ReasonText}" : null;
        (row.Kind, row.Severity, row.Shown, row.DataVersion)
            = (EnumText.Of(finding.Kind), EnumText.Of(finding.Severity), DraftChecker.Shown(finding), Cut(report.DataVersion));
        row.Override(decision.Reason, decision.Text, me, time.GetUtcNow());
        audit.Add(db, Entry(AuditAction.Update, "prescription.override", decision.PrescriptionId, row.PatientId) with
        {
            Severity = "high",
            Changes = [new FieldChange("finding", null, finding.Title), new FieldChange("reason", before, $"{EnumText.Of(decision.Reason)}: {decision.Text}")],
        });
        outbox.Add(db, "prescription.changed", decision.PrescriptionId, row.PatientId);
        return await DraftWriter.SavedAsync(db, cancellation) ? null : PrescriptionRefusals.Busy;
    }

    /// <summary>What became of the findings of a draft that is signed with these, or given up (null).</summary>
    public static async Task SettleAsync(ClinicDb db, Guid prescriptionId, IReadOnlyCollection<string>? still, CancellationToken cancellation)
    {
        foreach (var row in await db.PrescriptionFindings.Where(f => f.PrescriptionId == prescriptionId).ToListAsync(cancellation))
        {
            row.Settle(still is null ? FindingSettling.GivenUp : still.Contains(row.FindingKey) ? FindingSettling.Signed : FindingSettling.Heeded);
        }
    }

    private static string Cut(string version) => version.Length <= 200 ? version : version[..200];

    private static AuditEntry Entry(AuditAction action, string deed, Guid prescriptionId, Guid patientId)
        => new(action, deed) { PatientId = patientId, ResourceType = "prescription", ResourceId = prescriptionId };
}
