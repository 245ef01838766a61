using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>Somebody who came without an appointment: into the next free slot of today, or now where it is urgent, and checked in at once.</summary>
internal sealed class WalkIns(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, BookingWriter writer, CalendarReader calendars, SlotFinder slots, TokenCounter tokens,
    OutboxSignal signal, LostSlot lost, ClinicClock clock)
{
    public async Task<Result<BookedVisit>> TakeAsync(WalkInDraft draft, BookingFacts facts, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await BookedVisits.OneAsync(db, clock, draft.Id, cancellation) is { } already)
        {
            return already; // the form was sent twice
        }

        var minutes = await LengthAsync(db, draft, facts, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // The token first: nobody else gets one until this is over, and where no slot is left it goes back unused.
        var token = await tokens.NextAsync(db, draft.DoctorId!.Value, clock.Now, cancellation);
        var times = draft.Urgent ? [Now(minutes, facts)] : await FreeTodayAsync(draft.DoctorId.Value, minutes, cancellation);
        Appointment? wanted = null;
        foreach (var time in times)
        {
            wanted = Checked(draft, time, token);
            if (await writer.WriteAsync(wanted, (NpgsqlConnection)db.Database.GetDbConnection(), cancellation))
            {
                await transaction.CommitAsync(cancellation);
                signal.Wake();
                return BookedVisits.Of(wanted, facts.Patient!, clock);
            }

            if (await LostSlot.InTheWay(db, wanted).AnyAsync(a => a.PatientId == wanted.PatientId && a.DoctorId != wanted.DoctorId, cancellation))
            {
                break; // with another doctor then: another desk's being faster is not the reason, and a later slot is not the answer
            }
        }

        await transaction.RollbackAsync(cancellation);
        return await NoneAsync(db, draft, wanted, minutes, facts, cancellation);
    }

    private async Task<Result<BookedVisit>> NoneAsync(
        ClinicDb db, WalkInDraft draft, Appointment? wanted, int minutes, BookingFacts facts, CancellationToken cancellation)
    {
        if (await BookedVisits.OneAsync(db, clock, draft.Id, cancellation) is { } already)
        {
            return already;
        }

        return wanted is not null
            ? await lost.TellAsync(wanted, "appointment.book", "Nothing was booked.", cancellation)
            : new SlotTaken(
                $"{facts.Doctor!.Short} has no free time left today. Nothing was booked. Mark the visit as urgent, or choose another time or a colleague.",
                await slots.InsteadAsync(draft.DoctorId!.Value, minutes, clock.Now, cancellation));
    }

    private Appointment Checked(WalkInDraft draft, Placed time, string token)
    {
        var (now, by) = (clock.Now, user.Id);
        var appointment = new Appointment
        {
            Id = draft.Id,
            DoctorId = draft.DoctorId!.Value,
            PatientId = draft.PatientId!.Value,
            StartTime = time.Time.From,
            EndTime = time.Time.To,
            AppointmentType = draft.Urgent ? AppointmentType.Urgent : AppointmentType.InPerson,
            Reason = PlacingRules.Text(draft.Reason),
            Room = time.Room,
            CreatedBy = by,
            PlacedAt = now,
            PlacedBy = by,
            WalkIn = true,
        };
        appointment.CheckIn(now, by, token);
        return appointment;
    }

    private Placed Now(int minutes, BookingFacts facts)
    {
        var now = clock.Now.AddTicks(-(clock.Now.Ticks % TimeSpan.TicksPerMinute));
        var time = new Period(now, now.AddMinutes(minutes));
        return new Placed(time, facts.Calendar.HoursOn(clock.Today).FirstOrDefault(h => h.Time.Overlaps(time))?.Room, null);
    }

    private async Task<IReadOnlyList<Placed>> FreeTodayAsync(Guid doctorId, int minutes, CancellationToken cancellation)
        => await calendars.ReadAsync(new WhoseCalendars(doctorId), clock.Today, clock.Today, cancellation) is [var read]
            ? [.. read.Calendar.FreeOn(clock.Today, minutes, read.Booked, clock.Now).Select(free => new Placed(free.Time, free.Room, null))]
            : [];

    /// <summary>What the practice has set for such visits, otherwise a slot of the doctor.</summary>
    private async Task<int> LengthAsync(ClinicDb db, WalkInDraft draft, BookingFacts facts, CancellationToken cancellation)
    {
        var type = draft.Urgent ? AppointmentType.Urgent : AppointmentType.InPerson;
        var set = await db.VisitLengths.AsNoTracking().Where(l => l.AppointmentType == type).Select(l => (int?)l.Minutes).SingleOrDefaultAsync(cancellation);
        return set ?? facts.Calendar.SlotMinutesOn(clock.Today);
    }
}
