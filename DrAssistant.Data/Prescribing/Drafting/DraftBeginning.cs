using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>The one open draft that a doctor has in a visit.</summary>
internal sealed class DraftBeginning(
    IDbContextFactory<ClinicDb> clinic, PrescriptionReading reading, DraftWriter drafts, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    public async Task<Result<PrescriptionView>> BeginAsync(PrescriptionStart start, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await drafts.InTheWayAsync(db, start.EncounterId, start.PatientId, me, replaces: false, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (await OpenAsync(db, start.EncounterId, me, cancellation) is { } open)
        {
            return (await reading.OneAsync(db, open, me, cancellation))!;
        }

        var draft = New(start.EncounterId, start.PatientId, me, replaces: null);
        return await AddAsync(db, draft, cancellation)
            ? (await reading.OneAsync(db, draft.Id, me, cancellation))!
            : await AfterALostRaceAsync(start.EncounterId, me, cancellation);
    }

    /// <summary>The open draft of a doctor in a visit.</summary>
    public static Task<Guid?> OpenAsync(ClinicDb db, Guid encounterId, Guid me, CancellationToken cancellation)
        => db.Prescriptions.AsNoTracking().Where(p => p.EncounterId == encounterId && p.DoctorId == me && p.Status == PrescriptionStatus.Draft)
            .Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellation);

    public Prescription New(Guid encounterId, Guid patientId, Guid me, Guid? replaces) => new()
    {
        Id = Guid.CreateVersion7(),
        EncounterId = encounterId,
        PatientId = patientId,
        DoctorId = me,
        ValidFrom = clock.Today,
        ReplacesId = replaces,
        CreatedAt = clock.Now,
    };

    /// <summary>False where somebody, or the other window, was faster.</summary>
    public async Task<bool> AddAsync(ClinicDb db, Prescription draft, CancellationToken cancellation)
    {
        db.Prescriptions.Add(draft);
        audit.Add(db, DraftWriter.Entry(AuditAction.Create, draft.ReplacesId is null ? "prescription.begin" : "prescription.replace", draft));
        outbox.Add(db, "prescription.changed", draft.Id, draft.PatientId);
        return await DraftWriter.SavedAsync(db, cancellation);
    }

    private async Task<Result<PrescriptionView>> AfterALostRaceAsync(Guid encounterId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await OpenAsync(db, encounterId, me, cancellation) is { } open ? (await reading.OneAsync(db, open, me, cancellation))! : PrescriptionRefusals.Busy;
    }
}
