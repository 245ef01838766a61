using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>What a patient was prescribed, newest first, page by page.</summary>
internal sealed class PrescriptionHistory(IDbContextFactory<ClinicDb> clinic, FormularyStore formulary, AuditTrail audit)
{
    private const int MostOfAPage = 50;

    public async Task<Result<PrescriptionList>> ListAsync(PrescriptionListQuery query, Guid? reader, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await db.Patients.AnyAsync(p => p.Id == query.PatientId, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        var take = Math.Clamp(query.Take, 1, MostOfAPage);
        var signed = db.Prescriptions.AsNoTracking().Where(p => p.PatientId == query.PatientId && p.SignedAt != null && p.Status != PrescriptionStatus.Draft);
        if (query.Before is { } last)
        {
            signed = signed.Where(p => p.SignedAt < last.At.ToUniversalTime() || (p.SignedAt == last.At.ToUniversalTime() && p.Id.CompareTo(last.Id) < 0));
        }

        var rows = await signed.Include(p => p.Items).OrderByDescending(p => p.SignedAt).ThenByDescending(p => p.Id).Take(take + 1).AsSplitQuery().ToListAsync(cancellation);
        Guid[] doctors = [.. rows.Select(p => p.DoctorId).Distinct()];
        var names = await db.Users.AsNoTracking().Where(u => doctors.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
        var known = await formulary.CurrentAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "prescriptions.read") { PatientId = query.PatientId, ResourceType = "patient", ResourceId = query.PatientId });
        await db.SaveChangesAsync(cancellation);
        return new PrescriptionList(
            query.PatientId,
            [.. rows.Take(take).Select(p => new PrescriptionHead(
                p.Id, p.EncounterId, p.Status, p.SignedAt!.Value, names.GetValueOrDefault(p.DoctorId) ?? "", p.DoctorId == reader,
                [.. p.Items.OrderBy(i => i.Position).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id).Select((i, n) => LineViews.InAList(LineViews.Of(i, n, known, draft: false)))]))],
            rows.Count > take);
    }
}
