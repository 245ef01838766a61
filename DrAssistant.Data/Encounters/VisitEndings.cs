using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Scheduling;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters;

/// <summary>The two ways out of a visit: it is over, or it should not have been started. Both move the appointment with it.</summary>
internal sealed class VisitEndings(
    IDbContextFactory<ClinicDb> clinic, VisitNotes notes, VisitHeads heads, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    private const int ShortestReason = 3;
    private const int LongestReason = 255;

    public async Task<Result<EndedVisit>> EndAsync(VisitEnding ending, Guid doctor, CancellationToken cancellation)
    {
        DateOnly? due = null;
        if (ending.FollowUp is { } wish)
        {
            var chosen = FollowUpDue.Of(wish, clock.Today);
            if (!chosen.Succeeded)
            {
                return chosen.Refusal;
            }

            due = chosen.Value;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Encounters.SingleOrDefaultAsync(e => e.Id == ending.EncounterId, cancellation) is not { } visit)
        {
            return Refusal.NotFound("Visit");
        }

        if (visit.DoctorId != doctor)
        {
            return NotYours;
        }

        if (visit is { Status: EncounterStatus.Completed, EndTime: { } ended })
        {
            return new EndedVisit(visit.Id, visit.PatientId, ended, await VisitHeads.FollowUpAsync(db, visit.Id, cancellation));
        }

        if (!ending.EndAnyway && visit.Status is EncounterStatus.InProgress && await UnfinishedAsync(db, visit.Id, cancellation) is { } unfinished)
        {
            return unfinished;
        }

        var answer = await CompleteAsync(db, visit, ending, due, cancellation);
        return answer.Refusal == Overtaken ? await AfterALostRaceAsync(ending.EncounterId, answer.Refusal, cancellation) : answer;
    }

    public async Task<Result<VisitHead>> CancelAsync(VisitCancelling cancelling, Guid doctor, CancellationToken cancellation)
    {
        var why = PlainText.Of(cancelling.Reason);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(cancelling.Reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Encounters.SingleOrDefaultAsync(e => e.Id == cancelling.EncounterId, cancellation) is not { } visit)
        {
            return Refusal.NotFound("Visit");
        }

        if (visit.DoctorId != doctor)
        {
            return NotYours;
        }

        if (visit.Status is EncounterStatus.InProgress && await DoneInItAsync(db, visit.Id, cancellation) is { } done)
        {
            return done;
        }

        if (visit.Cancel(clock.Now, why) is { } refusal)
        {
            return refusal;
        }

        if (await MoveAppointmentAsync(db, visit, a => cancelling.BackToWaiting ? a.TakeBack(clock.Now, doctor) : a.Complete(clock.Now, doctor), cancellation) is { } stays)
        {
            return stays;
        }

        Note(db, visit, "encounter.cancel", why);
        return await SaveAsync(db, cancellation) ?? (Result<VisitHead>)(await heads.OneAsync(db, visit.Id, doctor, cancellation))!;
    }

    private static Refusal Overtaken { get; } = Refusal.Conflict("Someone else changed this visit. Reload and try again.");

    private static Refusal NotYours { get; } = Refusal.Invalid("This visit is another doctor's.");

    private async Task<Result<EndedVisit>> CompleteAsync(ClinicDb db, Encounter visit, VisitEnding ending, DateOnly? due, CancellationToken cancellation)
    {
        var now = clock.Now;
        if (visit.Complete(now) is { } over)
        {
            return over;
        }

        if (await MoveAppointmentAsync(db, visit, a => a.Complete(now, visit.DoctorId), cancellation) is { } stays)
        {
            return stays;
        }

        if (due is { } day)
        {
            db.FollowUps.Add(Planned(visit, ending.FollowUp!, day, now));
            outbox.Add(db, "appointment.follow-up", visit.Id, visit.PatientId);
        }

        Note(db, visit, "encounter.end", null);
        return await SaveAsync(db, cancellation) is { } refusal
            ? refusal
            : new EndedVisit(visit.Id, visit.PatientId, visit.EndTime ?? now, await VisitHeads.FollowUpAsync(db, visit.Id, cancellation));
    }

    /// <summary>Two clicks, two tabs: whoever lost is told how the visit ended.</summary>
    private async Task<Result<EndedVisit>> AfterALostRaceAsync(Guid encounterId, Refusal otherwise, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var visit = await db.Encounters.AsNoTracking().SingleOrDefaultAsync(e => e.Id == encounterId, cancellation);
        return visit is { Status: EncounterStatus.Completed, EndTime: { } ended }
            ? new EndedVisit(visit.Id, visit.PatientId, ended, await VisitHeads.FollowUpAsync(db, visit.Id, cancellation))
            : otherwise;
    }

    private static FollowUp Planned(Encounter visit, FollowUpWish wish, DateOnly day, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        EncounterId = visit.Id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        DueOn = day,
        IntervalNumber = (short?)wish.In?.Number,
        IntervalUnit = wish.In?.Unit,
        ForTheDesk = PlainText.Of(wish.ForTheDesk) is { Length: > 0 } words ? words : null,
        SetAt = now,
    };

    /// <summary>The appointment goes where the visit goes; one that somebody else has moved on already stays where it is.</summary>
    private static async Task<Refusal?> MoveAppointmentAsync(ClinicDb db, Encounter visit, Func<Appointment, Refusal?> move, CancellationToken cancellation)
    {
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == visit.AppointmentId, cancellation);
        return appointment is { Status: AppointmentStatus.InProgress } ? move(appointment) : null;
    }

    private async Task<VisitUnfinished?> UnfinishedAsync(ClinicDb db, Guid visit, CancellationToken cancellation)
    {
        var note = await notes.OfAsync(visit, cancellation);
        List<string> open = [.. note switch
        {
            VisitNote.Draft => (string[])["The note is not signed. It goes to your drafts."],
            VisitNote.None => ["No note was written."],
            VisitNote.Unknown => ["The notes cannot be reached, so nobody can say whether the note is signed."],
            _ => [],
        }];
        if (await db.Prescriptions.AnyAsync(p => p.EncounterId == visit && p.Status == PrescriptionStatus.Draft && p.Items.Any(), cancellation))
        {
            open.Add("A prescription is not signed.");
        }

        if (await db.Orders.AnyAsync(o => o.EncounterId == visit && o.Status == OrderStatus.Draft && o.Items.Any(), cancellation))
        {
            open.Add("An order was not placed.");
        }

        return open.Count == 0 ? null : new VisitUnfinished($"{string.Join(' ', open)} End the visit all the same?", note, open);
    }

    /// <summary>What was done in a visit happened: such a visit is ended, never cancelled.</summary>
    private async Task<Refusal?> DoneInItAsync(ClinicDb db, Guid visit, CancellationToken cancellation)
    {
        var note = await notes.OfAsync(visit, cancellation);
        if (note is VisitNote.Unknown)
        {
            return Refusal.Conflict("The notes cannot be reached, and a visit with a signed note is not cancelled. Try again later.");
        }

        var what = note is VisitNote.Signed ? "Its note is signed."
            : await db.Prescriptions.AnyAsync(p => p.EncounterId == visit && p.Status != PrescriptionStatus.Draft && p.Status != PrescriptionStatus.Cancelled, cancellation)
                ? "A prescription of it is signed."
            : await db.Orders.AnyAsync(o => o.EncounterId == visit && o.Status != OrderStatus.Draft && o.Status != OrderStatus.Cancelled, cancellation)
                ? "An order of it is placed."
            : null;
        return what is null ? null : Refusal.Conflict($"{what} End the visit instead.");
    }

    private void Note(ClinicDb db, Encounter visit, string deed, string? reason)
    {
        audit.Add(db, new AuditEntry(AuditAction.Update, deed)
        {
            PatientId = visit.PatientId,
            ResourceType = "encounter",
            ResourceId = visit.Id,
            Changes = [new FieldChange("status", EnumText.Of(EncounterStatus.InProgress), EnumText.Of(visit.Status))],
            Reason = reason,
        });
        var doctor = new Dictionary<string, string> { ["user"] = visit.DoctorId.ToString() };
        outbox.Add(db, "encounter.changed", visit.Id, visit.PatientId);
        if (visit.AppointmentId is { } appointment)
        {
            outbox.Add(db, "appointment.changed", appointment, visit.PatientId, doctor);
        }
    }

    private static async Task<Refusal?> SaveAsync(ClinicDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Overtaken;
        }
    }
}
