using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>
/// Changes a draft in one transaction with its audit event and the word to open pages, if it is still the version that the page shows. Whoever comes second is told,
/// and gets the draft as it is now.
/// </summary>
internal sealed class DraftWriter(
    IDbContextFactory<ClinicDb> clinic, PrescriptionReading reading, FormularyStore formulary, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    /// <summary>Null from <paramref name="change"/> goes on to save; a change that notes nothing is none and is not saved.</summary>
    public async Task<Result<PrescriptionView>> WriteAsync(
        PrescriptionAct act, Guid me, string deed, Func<DraftAtWork, Refusal?> change, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, act, me, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var draft = new DraftAtWork(db, found.Value, await formulary.CurrentAsync(cancellation), clock.Today);
        if (draft.Prescription.Version != act.Version)
        {
            return await OvertakenAsync(act.PrescriptionId, me, cancellation);
        }

        if (change(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Changes.Count > 0)
        {
            draft.Prescription.Touch();
            audit.Add(db, Entry(AuditAction.Update, deed, draft.Prescription) with { Changes = draft.Changes });
            outbox.Add(db, "prescription.changed", draft.Prescription.Id, draft.Prescription.PatientId);
            if (!await SavedAsync(db, cancellation))
            {
                return await OvertakenAsync(act.PrescriptionId, me, cancellation);
            }
        }

        return (await reading.OneAsync(db, act.PrescriptionId, me, cancellation))!;
    }

    /// <summary>The draft with its lines, to be changed by its doctor.</summary>
    public async Task<Result<Prescription>> FindAsync(ClinicDb db, PrescriptionAct act, Guid me, CancellationToken cancellation)
    {
        if (await db.Prescriptions.Include(p => p.Items).SingleOrDefaultAsync(p => p.Id == act.PrescriptionId, cancellation) is not { } draft)
        {
            return PrescriptionRefusals.NotFound;
        }

        if (draft.PatientId != act.PatientId)
        {
            return PrescriptionRefusals.AnothersChart;
        }

        if (draft.DoctorId != me)
        {
            return PrescriptionRefusals.AnotherDoctors;
        }

        if (draft.Status is not PrescriptionStatus.Draft)
        {
            return draft.Already();
        }

        return await InTheWayAsync(db, draft.EncounterId, draft.PatientId, me, draft.ReplacesId is not null, cancellation) is { } refusal ? refusal : draft;
    }

    /// <summary>What of visit and patient stands in the way of prescribing.</summary>
    public async Task<Refusal?> InTheWayAsync(ClinicDb db, Guid encounterId, Guid patientId, Guid me, bool replaces, CancellationToken cancellation)
    {
        if (await db.Encounters.AsNoTracking().SingleOrDefaultAsync(e => e.Id == encounterId, cancellation) is not { } visit)
        {
            return Refusal.NotFound("Visit");
        }

        if (visit.PatientId != patientId)
        {
            return PrescriptionRefusals.AnothersVisit;
        }

        if (await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        return PrescriptionRefusals.Of(patient) ?? PrescriptionRefusals.Of(visit, me, clock.Now, replaces);
    }

    public async Task<Refusal> OvertakenAsync(Guid prescriptionId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await reading.OneAsync(db, prescriptionId, me, cancellation) is { } current
            ? new PrescriptionOvertaken("This prescription was changed meanwhile, in another window. Look at it as it is now, then try again.", current)
            : PrescriptionRefusals.NotFound;
    }

    public static AuditEntry Entry(AuditAction action, string deed, Prescription prescription)
        => new(action, deed) { PatientId = prescription.PatientId, ResourceType = "prescription", ResourceId = prescription.Id };

    /// <summary>False where somebody was faster.</summary>
    public static async Task<bool> SavedAsync(ClinicDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException
            || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.RestrictViolation })
        {
            return false;
        }
    }
}
