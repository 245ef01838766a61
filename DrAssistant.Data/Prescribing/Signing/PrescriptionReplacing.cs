using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>A draft that names a signed prescription, with the same medicines; signing it cancels the old one.</summary>
internal sealed class PrescriptionReplacing(IDbContextFactory<ClinicDb> clinic, DraftWriter drafts, DraftBeginning beginning, PrescriptionReading reading, ClinicClock clock)
{
    public async Task<Result<PrescriptionView>> ReplaceAsync(Guid prescriptionId, Guid patientId, Guid? encounterId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Prescriptions.AsNoTracking().Include(p => p.Items).SingleOrDefaultAsync(p => p.Id == prescriptionId, cancellation) is not { } old)
        {
            return PrescriptionRefusals.NotFound;
        }

        var visit = encounterId ?? old.EncounterId;
        if ((InTheWay(old, patientId, encounterId, me) ?? await drafts.InTheWayAsync(db, visit, patientId, me, replaces: visit == old.EncounterId, cancellation)) is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await db.Prescriptions.Include(p => p.Items)
            .SingleOrDefaultAsync(p => p.EncounterId == visit && p.DoctorId == me && p.Status == PrescriptionStatus.Draft, cancellation);
        if (open is not null && open.ReplacesId == old.Id)
        {
            return (await reading.OneAsync(db, open.Id, me, cancellation))!;
        }

        if (open is not null && (open.Items.Count > 0 || open.ReplacesId is not null))
        {
            return Refusal.Conflict("Another draft is open in this visit. Sign it or give it up first.");
        }

        if (open is not null)
        {
            // Somebody opened the form and wrote nothing.
            open.Cancel(me, clock.Now, "An empty draft.");
            await DraftWriter.SavedAsync(db, cancellation);
        }

        return await AddAsync(db, old, visit, me, transaction.CommitAsync, cancellation);
    }

    private async Task<Result<PrescriptionView>> AddAsync(
        ClinicDb db, Prescription old, Guid visit, Guid me, Func<CancellationToken, Task> commit, CancellationToken cancellation)
    {
        var draft = beginning.New(visit, old.PatientId, me, replaces: old.Id);
        (draft.Notes, draft.PharmacyId) = (old.Notes, old.PharmacyId);
        var late = clock.Today.DayNumber - old.ValidFrom.DayNumber;
        db.PrescriptionItems.AddRange(old.Items.OrderBy(i => i.Position).ThenBy(i => i.Id).Where(i => i.StoppedAt is null).Select((item, n) => Copy(item, draft.Id, n, late)));
        if (!await beginning.AddAsync(db, draft, cancellation))
        {
            return PrescriptionRefusals.Busy;
        }

        await commit(cancellation);
        return (await reading.OneAsync(db, draft.Id, me, cancellation))!;
    }

    private static Refusal? InTheWay(Prescription old, Guid patientId, Guid? encounterId, Guid me) => old switch
    {
        _ when old.PatientId != patientId => PrescriptionRefusals.AnothersChart,
        { Status: PrescriptionStatus.Draft } => Refusal.Conflict("It is not signed yet: change the draft itself."),
        { Status: PrescriptionStatus.Cancelled } => old.Already(),
        { Status: PrescriptionStatus.Dispensed } => Refusal.Conflict("The medicines were dispensed already. Stop what the patient should not take any more, and prescribe anew."),
        _ when encounterId is null && old.DoctorId != me => Refusal.Invalid("This prescription is another doctor's. Replace it in a visit of your own."),
        _ => null,
    };

    /// <summary>As it was signed: what has left the formulary since comes too, marked, and stands in the way of signing.</summary>
    private static PrescriptionItem Copy(PrescriptionItem item, Guid draft, int position, int late) => new()
    {
        Id = Guid.CreateVersion7(),
        PrescriptionId = draft,
        PatientId = item.PatientId,
        Position = (short)position,
        MedicationName = item.MedicationName,
        MedicationCode = item.MedicationCode,
        CodeSystem = item.CodeSystem,
        Brand = item.Brand,
        Form = item.Form,
        Strength = item.Strength,
        Dosage = item.Dosage,
        Frequency = item.Frequency,
        Duration = item.Duration,
        Quantity = item.Quantity,
        Refills = item.Refills,
        Route = item.Route,
        Food = item.Food,
        Instructions = item.Instructions,
        Words = item.Words,
        Typed = item.Typed,
        Sig = item.Sig,
        Schedule = item.Schedule,
        EndsOn = item.EndsOn?.AddDays(LineViews.TypedOf(item)?.EndsOn is null ? late : 0),
    };
}
