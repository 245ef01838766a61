using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>A doctor's word that a prescription is finished: everything that stands between it and the signature is named, then the password is asked for again.</summary>
internal sealed class PrescriptionSigner(
    IDbContextFactory<ClinicDb> clinic, DraftWriter drafts, OpenPoints openPoints, TeleconsultCheck teleconsults, PasswordConfirmation password, PrescriptionSeal seal,
    FormularyStore formulary, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    private const int LeastDaysValid = 30;
    private const int LongestLookedAt = 2_000;

    /// <summary>Null where it is signed.</summary>
    public async Task<Refusal?> SignAsync(PrescriptionSigning signing, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await drafts.FindAsync(db, new PrescriptionAct(signing.PrescriptionId, signing.PatientId, signing.Version), me, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var draft = found.Value;
        if (draft.Version != signing.Version)
        {
            return await drafts.OvertakenAsync(draft.Id, me, cancellation);
        }

        var known = await formulary.CurrentAsync(cancellation);
        var visit = await db.Encounters.AsNoTracking().SingleAsync(e => e.Id == draft.EncounterId, cancellation);
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == me, cancellation);
        var checkedNow = await openPoints.OfAsync(draft, person, TeleconsultCheck.IsAtADistance(visit) && signing.Teleconsult is null, known, me, cancellation);
        if (checkedNow.Open.Count > 0)
        {
            return new PrescriptionNotReady($"Not ready to be signed: {checkedNow.Open.Count} {(checkedNow.Open.Count == 1 ? "point is" : "points are")} open.", checkedNow.Open);
        }

        if ((await teleconsults.RefusalAsync(db, draft, visit, signing.Teleconsult, known, cancellation)
            ?? await password.AskAsync(signing.Password, cancellation)) is { } refusal)
        {
            return refusal;
        }

        var signer = new Signer(me, person.FullName, person.Qualification, person.RegistrationNumber, person.RegistrationCouncil, clock.Now);
        return await WriteAsync(db, draft, signer, TeleconsultCheck.IsAtADistance(visit) ? signing.Teleconsult : null, known, checkedNow.Interrupting, LookedAt(signing), cancellation);
    }

    private async Task<Refusal?> WriteAsync(
        ClinicDb db, Prescription draft, Signer signer, Teleconsult? teleconsult, FormularySnapshot known, IReadOnlyCollection<string> interrupting, FieldChange[] looked,
        CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await ReplaceAsync(db, draft, signer, cancellation) is { } stays)
        {
            return stays;
        }

        // What can only be written into a draft comes before the signature.
        FromToday(draft, known);
        await FindingKeeper.SettleAsync(db, draft.Id, interrupting, cancellation);
        if (!await DraftWriter.SavedAsync(db, cancellation))
        {
            return await LostAsync(db, draft, signer.Id, cancellation);
        }

        if (draft.Sign(signer, teleconsult, seal.Seal) is { } refusal)
        {
            return refusal;
        }

        db.H1Register.AddRange(H1Line.Of(draft));
        audit.Add(db, DraftWriter.Entry(AuditAction.Execute, "prescription.sign", draft) with
        {
            Severity = "medium",
            Changes = [new FieldChange("status", "draft", "signed"), new FieldChange("content_digest", null, draft.ContentDigest), .. looked],
        });
        outbox.Add(db, "prescription.changed", draft.Id, draft.PatientId);
        if (!await DraftWriter.SavedAsync(db, cancellation))
        {
            return await LostAsync(db, draft, signer.Id, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    private static FieldChange[] LookedAt(PrescriptionSigning signing)
    {
        var words = PlainText.Of(string.Join(" ", signing.LookedAt), LongestLookedAt);
        return words is { Length: > 0 } ? [new FieldChange("looked_at_by_the_doctor", null, words)] : [];
    }

    private async Task<Refusal> LostAsync(ClinicDb db, Prescription draft, Guid me, CancellationToken cancellation)
    {
        await db.Database.RollbackTransactionAsync(cancellation);
        return await drafts.OvertakenAsync(draft.Id, me, cancellation);
    }

    /// <summary>The prescription whose place this one takes is cancelled in the same moment.</summary>
    private async Task<Refusal?> ReplaceAsync(ClinicDb db, Prescription draft, Signer signer, CancellationToken cancellation)
    {
        if (draft.ReplacesId is not { } id)
        {
            return null;
        }

        var old = await db.Prescriptions.SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (old is null || old.Status is PrescriptionStatus.Cancelled)
        {
            return null;
        }

        if (old.Cancel(signer.Id, signer.At, "Replaced by a new prescription.") is { } refusal)
        {
            return refusal;
        }

        await H1Line.StrikeAsync(db, old.Id, signer.At, cancellation);
        audit.Add(db, DraftWriter.Entry(AuditAction.Update, "prescription.replaced", old) with { Changes = [new FieldChange("status", null, "cancelled")] });
        outbox.Add(db, "prescription.changed", old.Id, old.PatientId);
        return null;
    }

    /// <summary>A course counts from the day on which it is signed, not from the day on which somebody began to write.</summary>
    private void FromToday(Prescription draft, FormularySnapshot known)
    {
        var late = clock.Today.DayNumber - draft.ValidFrom.DayNumber;
        foreach (var item in draft.Items)
        {
            if (late != 0 && item.EndsOn is { } end && !LineViews.Of(item, 0, known, draft: true).EndIsTyped)
            {
                item.EndsOn = end.AddDays(late);
            }

            item.Schedule = known.Get(LineViews.MedicineOf(item)) is { } medicine ? LineViews.ScheduleOf(medicine) : null;
        }

        draft.ValidFrom = clock.Today;
        draft.ValidUntil ??= Later(clock.Today.AddDays(LeastDaysValid), draft.Items.Max(i => i.EndsOn));
    }

    private static DateOnly Later(DateOnly day, DateOnly? other) => other > day ? other.Value : day;
}
