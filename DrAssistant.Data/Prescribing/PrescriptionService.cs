using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Taking;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing;

internal sealed class PrescriptionService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, PrescriptionReading reading, PrescriptionHistory history, MedicationReading medications, DraftBeginning beginning,
    DraftWriter drafts, DraftRepeating repeating, AuditTrail audit) : IPrescriptions
{
    public async Task<Result<PrescriptionView>> BeginAsync(PrescriptionStart start, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me ? await beginning.BeginAsync(start, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> ReadAsync(Guid prescriptionId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await reading.OneAsync(db, prescriptionId, user.Id, cancellation) is not { } view)
        {
            return PrescriptionRefusals.NotFound;
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "prescription.read") { PatientId = view.PatientId, ResourceType = "prescription", ResourceId = view.Id });
        await db.SaveChangesAsync(cancellation);
        return view;
    }

    public async Task<Result<IReadOnlyList<PrescriptionView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var patient = await db.Encounters.Where(e => e.Id == encounterId).Select(e => (Guid?)e.PatientId).SingleOrDefaultAsync(cancellation);
        if (patient is null)
        {
            return Refusal.NotFound("Visit");
        }

        var views = await reading.OfEncounterAsync(db, encounterId, user.Id, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "prescriptions.read") { PatientId = patient, ResourceType = "encounter", ResourceId = encounterId });
        await db.SaveChangesAsync(cancellation);
        return views.ToList();
    }

    public async Task<Result<PrescriptionList>> ListAsync(PrescriptionListQuery query, CancellationToken cancellation)
        => user.Can(Permissions.ReadPrescriptions) ? await history.ListAsync(query, user.Id, cancellation) : Refusal.Forbidden;

    public async Task<Result<PatientMedications>> OfPatientAsync(MedicationsQuery query, CancellationToken cancellation)
        => user.Can(Permissions.ReadPrescriptions) ? await medications.ReadAsync(query, user.Id, cancellation) : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> AddLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await DoneBeforeAsync(act, line.Id, me, cancellation) is { } before
            ? before
            : await drafts.WriteAsync(act, me, "prescription.line", draft => LineWriter.Add(draft, line), cancellation);
    }

    public async Task<Result<PrescriptionView>> ChangeLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await drafts.WriteAsync(
            act, me, "prescription.line", draft => draft.Find(line.Id) is { } item ? LineWriter.Change(draft, item, line) : NoLine, cancellation);
    }

    public async Task<Result<PrescriptionView>> MoveLineAsync(PrescriptionAct act, Guid lineId, int position, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await drafts.WriteAsync(act, me, "prescription.move", draft =>
        {
            if (draft.Find(lineId) is not { } item)
            {
                return NoLine;
            }

            draft.Move(item, position);
            return null;
        }, cancellation);
    }

    public async Task<Result<PrescriptionView>> RemoveLineAsync(PrescriptionAct act, Guid lineId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await drafts.WriteAsync(act, me, "prescription.remove", draft =>
        {
            if (draft.Find(lineId) is not { } item)
            {
                return NoLine;
            }

            draft.Remove(item);
            return null;
        }, cancellation);
    }

    public async Task<Result<PrescriptionView>> ReviseAsync(PrescriptionAct act, PrescriptionParticulars particulars, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePrescriptions) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (particulars.PharmacyId is { } pharmacy && !await IsPharmacyAsync(pharmacy, cancellation))
        {
            return Refusal.Invalid("Choose a pharmacy from the list.", nameof(particulars.PharmacyId));
        }

        return await drafts.WriteAsync(act, me, "prescription.revise", draft => ParticularsWriter.Revise(draft, particulars), cancellation);
    }

    public async Task<Result<PrescriptionView>> RepeatAsync(PrescriptionAct act, Guid? fromPrescriptionId, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me ? await repeating.RepeatAsync(act, fromPrescriptionId, me, cancellation) : Refusal.Forbidden;

    private static Refusal NoLine { get; } = Refusal.NotFound("Medicine");

    private async Task<bool> IsPharmacyAsync(Guid pharmacy, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM pharmacies WHERE id = {pharmacy} AND is_active").AnyAsync(cancellation);
    }

    /// <summary>The same form once more, after an answer that was lost: the line is there, and the draft is as it is.</summary>
    private async Task<PrescriptionView?> DoneBeforeAsync(PrescriptionAct act, Guid lineId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.PrescriptionItems.AnyAsync(i => i.Id == lineId && i.PrescriptionId == act.PrescriptionId && i.PatientId == act.PatientId, cancellation)
            && await reading.OneAsync(db, act.PrescriptionId, me, cancellation) is { IsMine: true, Status: PrescriptionStatus.Draft } view ? view : null;
    }
}
