using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>What was prescribed before, once more: typed anew as it were, so that everything is read and checked again.</summary>
internal sealed class DraftRepeating(IDbContextFactory<ClinicDb> clinic, PrescriptionReading reading, DraftWriter drafts)
{
    public async Task<Result<PrescriptionView>> RepeatAsync(PrescriptionAct act, Guid? from, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (from is null)
        {
            from = await db.Prescriptions.AsNoTracking()
                .Where(p => p.PatientId == act.PatientId && p.SignedAt != null && p.Status != PrescriptionStatus.Cancelled && p.Status != PrescriptionStatus.Draft)
                .OrderByDescending(p => p.SignedAt).ThenByDescending(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancellation);
            if (from is null)
            {
                return Refusal.NotFound("An earlier prescription of this patient");
            }
        }

        if (await reading.OneAsync(db, from.Value, me, cancellation) is not { } earlier || earlier.PatientId != act.PatientId)
        {
            return PrescriptionRefusals.NotFound;
        }

        if (earlier.Status is PrescriptionStatus.Draft)
        {
            return Refusal.Conflict("What is repeated was signed. This one is a draft.");
        }

        return await AddAsync(act, me, "prescription.repeat", [.. earlier.Lines.Where(l => l.Stopped is null)], cancellation);
    }

    /// <summary>Adds lines from elsewhere, all or none.</summary>
    public Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid me, string deed, IReadOnlyList<MedicineLineView> lines, CancellationToken cancellation)
        => drafts.WriteAsync(act, me, deed, draft => Add(draft, lines), cancellation);

    public static Refusal? Add(DraftAtWork draft, IReadOnlyList<MedicineLineView> lines)
    {
        var withdrawn = lines.Where(l => l.MedicineId is { } id && draft.Formulary.Get(id) is not { IsActive: true }).Select(l => l.Name).Distinct().ToList();
        return withdrawn.Count > 0
            ? PrescriptionRefusals.Withdrawn(withdrawn)
            : lines.Select(line => LineWriter.Add(draft, LineViews.Again(line), isLenient: true)).OfType<Refusal>().FirstOrDefault();
    }
}
