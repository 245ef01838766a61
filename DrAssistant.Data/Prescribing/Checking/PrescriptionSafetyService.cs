using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Checking;

internal sealed class PrescriptionSafetyService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, SafetyFacts facts, DraftChecker checker, FindingKeeper keeper, AuditTrail audit) : IPrescriptionSafety
{
    private const int ShortestText = 3;
    private const int LongestText = 500;

    public IReadOnlyList<OverrideReasonWords> Reasons => OverrideWords.All;

    public async Task<Result<DraftSafety>> CheckAsync(DraftCheck check, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        // Each letter that is typed asks again: what was opened is in the trail already, and each saved line is checked, and noted, once more.
        var typing = check.Unsaved is { Count: > 0 };
        var found = Of(typing
            ? await facts.ReadAsync(check.PrescriptionId, cancellation)
            : await facts.ReadAsync(check.PrescriptionId, check.PatientId, cancellation), check.PatientId);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var report = await checker.CheckAsync(found.Value, check.Unsaved, cancellation);
        if (!typing && found.Value is { Status: PrescriptionStatus.Draft } own && own.DoctorId == me)
        {
            await keeper.KeepShownAsync(check.PrescriptionId, found.Value, report, me, cancellation);
        }

        return DraftChecker.View(check.PrescriptionId, found.Value, report);
    }

    public async Task<Result<DraftSafety>> OverrideAsync(FindingOverride decision, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(decision.Text);
        if (!Enum.IsDefined(decision.Reason))
        {
            return Refusal.Invalid("Choose a reason.", nameof(decision.Reason));
        }

        if (why.Length is < ShortestText or > LongestText)
        {
            return Refusal.Invalid($"Say why in your own words, in {ShortestText} to {LongestText} characters.", nameof(decision.Text));
        }

        var found = Of(await facts.ReadAsync(decision.PrescriptionId, decision.PatientId, cancellation), decision.PatientId);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        if (found.Value.DoctorId != me)
        {
            return PrescriptionRefusals.AnotherDoctors;
        }

        if (found.Value.Status is not PrescriptionStatus.Draft)
        {
            return Refusal.Conflict("This prescription is no draft any more.");
        }

        var report = await checker.CheckAsync(found.Value, null, cancellation);
        if (report.Findings.FirstOrDefault(f => f.Key == decision.FindingKey) is not { Interrupts: true } finding)
        {
            return Refusal.Conflict("This finding is not there any more, or needs no reason. Look at the check as it is now.");
        }

        await keeper.KeepShownAsync(decision.PrescriptionId, found.Value, report, me, cancellation);
        return await keeper.OverrideAsync(decision with { Text = why }, finding, report, me, cancellation) is { } refusal
            ? refusal
            : DraftChecker.View(decision.PrescriptionId, (await facts.ReadAsync(decision.PrescriptionId, cancellation))!, report);
    }

    public async Task<Result<IReadOnlyList<OverriddenFinding>>> OverridesAsync(Guid prescriptionId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        if (await facts.ReadAsync(prescriptionId, cancellation) is not { } found)
        {
            return PrescriptionRefusals.NotFound;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "prescription.overrides") { PatientId = found.PatientId, ResourceType = "prescription", ResourceId = prescriptionId });
        await db.SaveChangesAsync(cancellation);
        return found.Known.Select(k => k.Shown).ToList();
    }

    private static Result<DraftFacts> Of(DraftFacts? found, Guid patientId)
        => found is null ? PrescriptionRefusals.NotFound : found.PatientId == patientId ? found : PrescriptionRefusals.AnothersChart;
}

/// <summary>What the reasons are called.</summary>
internal static class OverrideWords
{
    public static IReadOnlyList<OverrideReasonWords> All { get; } =
    [
        new(OverrideReason.BenefitOutweighs, "The benefit outweighs the risk"),
        new(OverrideReason.ToleratedBefore, "The patient has taken it before and tolerated it"),
        new(OverrideReason.WillMonitor, "Will be monitored"),
        new(OverrideReason.DoseAdjusted, "The dose was adjusted for it"),
        new(OverrideReason.NoAlternative, "There is no suitable alternative"),
        new(OverrideReason.OtherStopped, "The other medicine is being stopped"),
        new(OverrideReason.RecordIsWrong, "The record is wrong or out of date"),
        new(OverrideReason.SpecialistAdvice, "A specialist advised it"),
        new(OverrideReason.DoesNotApply, "Does not apply to this patient"),
    ];
}
