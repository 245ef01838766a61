using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>What stands around the visits of a doctor's day: open, closed, how many are free, how late it is.</summary>
internal static class WorkingDay
{
    /// <summary>One day of one calendar.</summary>
    /// <param name="read">The calendar, with what is taken.</param>
    /// <param name="day">The day.</param>
    /// <param name="visits">The visits of the day that the person who asks may see.</param>
    /// <param name="seesAll">Whether that is all of them; a doctor does not see a colleague's whole list.</param>
    /// <param name="clock">The practice's.</param>
    public static DoctorHours Of(ReadCalendar read, DateOnly day, IReadOnlyList<BookedVisit> visits, bool seesAll, ClinicClock clock)
    {
        var (now, calendar) = (clock.Now, read.Calendar);
        var slot = calendar.SlotMinutesOn(day);
        var late = day == clock.Today
            ? DoctorCalendar.Lateness(visits.Where(v => v.Status is AppointmentStatus.CheckedIn && v.Type is not AppointmentType.Urgent).Select(v => v.Start), now)
            : null;
        return new DoctorHours(
            slot, calendar.OpenOn(day), [.. calendar.ClosedOn(day), .. seesAll ? [] : Unseen(read, day, visits, clock)],
            calendar.FreeOn(day, slot, read.Booked, now).Count(), late);
    }

    /// <summary>What a colleague has booked with patients whom the asking doctor may not see: taken, and no more is said.</summary>
    private static IEnumerable<ClosedPeriod> Unseen(ReadCalendar read, DateOnly day, IReadOnlyList<BookedVisit> visits, ClinicClock clock)
    {
        var (from, to) = clock.DayBounds(day);
        return from booked in read.Booked
               where booked.From >= @from && booked.From < to && !visits.Any(v => v.Start == booked.From && v.End == booked.To)
               select new ClosedPeriod(booked.From, booked.To, "Taken");
    }
}
