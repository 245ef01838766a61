using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Register;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>What becomes of a prescription: sent, dispensed, cancelled; and the medicine of it that is stopped.</summary>
internal sealed class PrescriptionFates(IDbContextFactory<ClinicDb> clinic, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    private const int ShortestReason = 3;
    private const int LongestReason = 255;

    public Task<Refusal?> SendAsync(Guid prescriptionId, Guid patientId, Guid me, CancellationToken cancellation)
        => MoveAsync(prescriptionId, patientId, "prescription.send", p => p.Send(me, clock.Now), cancellation);

    public Task<Refusal?> DispenseAsync(Guid prescriptionId, Guid patientId, Guid me, CancellationToken cancellation)
        => MoveAsync(prescriptionId, patientId, "prescription.dispense", p => p.Dispense(me, clock.Now), cancellation);

    public async Task<Refusal?> CancelAsync(Guid prescriptionId, Guid patientId, string? reason, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, prescriptionId, patientId, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var prescription = found.Value;
        var why = PlainText.Of(reason);
        var isDraft = prescription.Status is PrescriptionStatus.Draft;
        if (isDraft && prescription.DoctorId != me)
        {
            return PrescriptionRefusals.AnotherDoctors;
        }

        if (why.Length > LongestReason || (why.Length < ShortestReason && !isDraft))
        {
            return PrescriptionRefusals.ReasonNeeded;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var before = EnumText.Of(prescription.Status);
        if (isDraft)
        {
            await FindingKeeper.SettleAsync(db, prescription.Id, still: null, cancellation);
            await db.SaveChangesAsync(cancellation);
        }

        if (prescription.Cancel(me, clock.Now, why.Length > 0 ? why : "The draft was given up.") is { } refusal)
        {
            return refusal;
        }

        await H1Line.StrikeAsync(db, prescription.Id, clock.Now, cancellation);
        Note(db, prescription, "prescription.cancel", before, why.Length > 0 ? why : null);
        if (!await DraftWriter.SavedAsync(db, cancellation))
        {
            return PrescriptionRefusals.Busy;
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    public async Task<Refusal?> StopAsync(Guid prescriptionId, Guid lineId, string reason, Guid me, CancellationToken cancellation)
    {
        var why = PlainText.Of(reason);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return PrescriptionRefusals.ReasonNeeded;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var prescription = await db.Prescriptions.Include(p => p.Items).SingleOrDefaultAsync(p => p.Id == prescriptionId, cancellation);
        if (prescription?.Items.Find(i => i.Id == lineId) is not { } item)
        {
            return Refusal.NotFound("Medicine");
        }

        if (prescription.Status is PrescriptionStatus.Draft or PrescriptionStatus.Cancelled)
        {
            return Refusal.Conflict(prescription.Status is PrescriptionStatus.Draft ? "It is not signed yet: take the medicine out of the draft." : "This prescription was cancelled.");
        }

        if (item.Stop(me, clock.Now, why) is { } refusal)
        {
            return refusal;
        }

        audit.Add(db, DraftWriter.Entry(AuditAction.Update, "prescription.stop-medicine", prescription) with
        {
            Changes = [new FieldChange("stopped", null, item.MedicationName)],
            Reason = why,
        });
        outbox.Add(db, "prescription.changed", prescription.Id, prescription.PatientId);
        return await DraftWriter.SavedAsync(db, cancellation) ? null : PrescriptionRefusals.Busy;
    }

    private async Task<Refusal?> MoveAsync(Guid prescriptionId, Guid patientId, string deed, Func<Prescription, Refusal?> move, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, prescriptionId, patientId, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var before = EnumText.Of(found.Value.Status);
        if (move(found.Value) is { } refusal)
        {
            return refusal;
        }

        Note(db, found.Value, deed, before, null);
        return await DraftWriter.SavedAsync(db, cancellation) ? null : PrescriptionRefusals.Busy;
    }

    private static async Task<Result<Prescription>> FindAsync(ClinicDb db, Guid prescriptionId, Guid patientId, CancellationToken cancellation)
    {
        if (await db.Prescriptions.SingleOrDefaultAsync(p => p.Id == prescriptionId, cancellation) is not { } found)
        {
            return PrescriptionRefusals.NotFound;
        }

        return found.PatientId == patientId ? found : PrescriptionRefusals.AnothersChart;
    }

    private void Note(ClinicDb db, Prescription prescription, string deed, string before, string? reason)
    {
        audit.Add(db, DraftWriter.Entry(AuditAction.Update, deed, prescription) with
        {
            Changes = [new FieldChange("status", before, EnumText.Of(prescription.Status))],
            Reason = reason,
        });
        outbox.Add(db, "prescription.changed", prescription.Id, prescription.PatientId);
    }
}
