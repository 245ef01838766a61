using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Booking;

internal sealed class BookingService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, BookingFactsReader facts, PlacingRules rules, BookingWriter writer,
    SeriesBooking series, WalkIns walkIns, AppointmentActs acts, LostSlot lost, ClinicClock clock) : IBooking
{
    private static readonly Refusal NoReason = Refusal.Invalid("Say why.", nameof(AppointmentDraft.Reason));

    public async Task<Result<BookedVisit>> BookAsync(AppointmentDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        if (rules.Shape(draft) is { } shape)
        {
            return await UnlessBookedAsync(draft, shape, cancellation);
        }

        var day = draft.Day!.Value;
        var known = await facts.ReadAsync(draft.PatientId!.Value, draft.DoctorId!.Value, day, day, cancellation);
        if (PlacingRules.People(known) is { } people)
        {
            return await UnlessBookedAsync(draft, people, cancellation);
        }

        var placed = rules.Place(known, draft.Type, day, draft.Start!.Value, draft.Minutes, draft.OutsideHoursReason);
        if (!placed.Succeeded)
        {
            return await UnlessBookedAsync(draft, placed.Refusal, cancellation);
        }

        var appointment = NewAppointment.Of(draft, draft.Id, placed.Value, user.Id, clock.Now);
        return await writer.WriteAsync([appointment], cancellation) is [true]
            ? BookedVisits.Of(appointment, known.Patient!, clock)
            : await AfterALossAsync(draft, appointment, cancellation);
    }

    public async Task<Result<BookedSeries>> BookSeriesAsync(AppointmentDraft first, Recurrence repeat, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        if (rules.Shape(first) is { } shape)
        {
            return shape;
        }

        if (repeat is { Weeks: < 1 or > 52 } or { Times: < 2 or > 26 })
        {
            return Refusal.Invalid("A series repeats every 1 to 52 weeks, 2 to 26 times.", "Repeat");
        }

        var day = first.Day!.Value;
        var known = await facts.ReadAsync(first.PatientId!.Value, first.DoctorId!.Value, day, day.AddDays(7 * repeat.Weeks * repeat.Times), cancellation);

        // Outside the hours, or in the past, is so for every one of them and stands beside its field; leave and holidays are each one's own.
        return PlacingRules.People(known) is { } people ? people
            : rules.Place(known.WithoutLeave(), first.Type, day, first.Start!.Value, first.Minutes, first.OutsideHoursReason).Refusal is { } refusal ? refusal
            : await series.BookAsync(first, repeat, known, cancellation);
    }

    public async Task<Result<BookedVisit>> WalkInAsync(WalkInDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        if (draft.PatientId is not { } patient || draft.DoctorId is not { } doctor)
        {
            return draft.PatientId is null
                ? Refusal.Invalid("Choose a patient.", nameof(draft.PatientId))
                : Refusal.Invalid("Choose a doctor.", nameof(draft.DoctorId));
        }

        if (PlacingRules.Reason(draft.Reason) is { } reason)
        {
            return reason;
        }

        var known = await facts.ReadAsync(patient, doctor, clock.Today, clock.Today, cancellation);
        return PlacingRules.People(known) is { } people ? people : await walkIns.TakeAsync(draft, known, cancellation);
    }

    public async Task<Result<BookedVisit>> MoveAsync(AppointmentMove move, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        if (rules.Reach(move.Day, move.Start, move.Minutes, move.OutsideHoursReason) is { } reach)
        {
            return reach;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == move.AppointmentId, cancellation) is not { } seen)
        {
            return Refusal.NotFound("Appointment");
        }

        var known = await facts.ReadAsync(seen.PatientId, move.DoctorId, move.Day, move.Day, cancellation);
        if (PlacingRules.People(known) is { } people)
        {
            return people;
        }

        var placed = rules.Place(known, seen.AppointmentType, move.Day, move.Start, move.Minutes, move.OutsideHoursReason, unmoved: move.SeenStart);
        return placed.Succeeded
            ? await acts.DoAsync(move.AppointmentId, Moving(move, placed.Value), cancellation)
            : placed.Refusal;
    }

    public async Task<Result<BookedVisit>> ReviseAsync(AppointmentRevision revision, CancellationToken cancellation)
        => !user.Can(Permissions.WriteAppointments) ? Refusal.Forbidden
            : PlacingRules.Reason(revision.Reason) is { } tooLong ? tooLong
            : await acts.DoAsync(
                revision.AppointmentId,
                new Act("appointment.revise", a => a.Revise(revision.Type, PlacingRules.Text(revision.Reason))) { Nothing = "Nothing was changed." },
                cancellation);

    public async Task<Result<BookedVisit>> ConfirmAsync(Guid appointmentId, CancellationToken cancellation)
        => !user.Can(Permissions.WriteAppointments) ? Refusal.Forbidden
            : await acts.DoAsync(appointmentId, new Act("appointment.confirm", a => a.Confirm(clock.Now, user.Id)), cancellation);

    public async Task<Result<BookedVisit>> CancelAsync(Guid appointmentId, string reason, CancellationToken cancellation)
        => !user.Can(Permissions.WriteAppointments) ? Refusal.Forbidden
            : PlacingRules.Reason(reason) is { } tooLong ? tooLong
            : PlacingRules.Text(reason) is not { } why ? NoReason
            : await acts.DoAsync(appointmentId, new Act("appointment.cancel", a => a.Cancel(clock.Now, user.Id, why)), cancellation);

    public async Task<Result<BookedVisit>> MissAsync(Guid appointmentId, string reason, CancellationToken cancellation)
        => !user.Can(Permissions.WriteAppointments) ? Refusal.Forbidden
            : PlacingRules.Reason(reason) is { } tooLong ? tooLong
            : PlacingRules.Text(reason) is not { } why ? NoReason
            : await acts.DoAsync(appointmentId, new Act("appointment.miss", a => a.Miss(clock.Now, user.Id, why)) { Unless = TooEarly }, cancellation);

    public async Task<Result<BookedVisit>> ReviveAsync(Guid appointmentId, CancellationToken cancellation)
        => !user.Can(Permissions.WriteAppointments) ? Refusal.Forbidden
            : await acts.DoAsync(
                appointmentId,
                new Act("appointment.revive", a => a.Revive(clock.Now, user.Id)) { Unless = AnotherDay, Nothing = "Nothing was changed." },
                cancellation);

    private Act Moving(AppointmentMove move, Placed placed) => new("appointment.move", a =>
    {
        if (a.Move(clock.Now, user.Id, move.DoctorId, placed.Time.From, placed.Time.To) is { } refusal)
        {
            return refusal;
        }

        (a.Room, a.OutsideHoursReason) = (placed.Room, placed.OutsideHoursReason);
        return null;
    })
    {
        Seen = (move.SeenStart, move.SeenDoctorId),
        Nothing = "Nothing was moved.",
    };

    private Refusal? TooEarly(Appointment appointment) => appointment.IsAhead && appointment.StartTime > clock.Now
        ? Refusal.Invalid($"The visit is at {ClinicFormat.DateAndTime(appointment.StartTime, clock)}. Until then nobody has missed it.")
        : null;

    private Refusal? AnotherDay(Appointment appointment) => clock.DayOf(appointment.StartTime) < clock.Today
        ? Refusal.Invalid($"That was on {ClinicFormat.Date(clock.DayOf(appointment.StartTime))}. Book a new appointment.")
        : null;

    /// <summary>Nothing was written: the form was sent twice, or somebody else has the time.</summary>
    private async Task<Result<BookedVisit>> AfterALossAsync(AppointmentDraft draft, Appointment wanted, CancellationToken cancellation)
        => await SentBeforeAsync(draft, cancellation) ?? await lost.TellAsync(wanted, "appointment.book", "Nothing was booked.", cancellation);

    /// <summary>What was booked by this very form stays booked, whatever would be said against it now.</summary>
    private async Task<Result<BookedVisit>> UnlessBookedAsync(AppointmentDraft draft, Refusal otherwise, CancellationToken cancellation)
        => await SentBeforeAsync(draft, cancellation) ?? otherwise;

    private async Task<Result<BookedVisit>?> SentBeforeAsync(AppointmentDraft draft, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await BookedVisits.OneAsync(db, clock, draft.Id, cancellation) is not { } booked ? null
            : booked.PatientId == draft.PatientId ? booked
            : Refusal.Conflict("This form was booked already, for another patient. Begin a new one.");
    }
}
