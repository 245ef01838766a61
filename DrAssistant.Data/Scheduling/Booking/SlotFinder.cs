using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Calendar;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>Finds free times: "the next 15 minutes with any dermatologist", and what is offered to whoever lost a slot.</summary>
internal sealed class SlotFinder(CalendarReader calendars, ClinicClock clock)
{
    /// <summary>Most questions are answered by the next days, and only the others read on.</summary>
    private const int NearDays = 6;
    private const int DaysAhead = 60;
    private const int OfTheDoctor = 3;

    /// <summary>The soonest of all who are asked for, in at most two round trips.</summary>
    public Task<List<FreeSlot>> SoonestAsync(
        WhoseCalendars whose, int minutes, DateTimeOffset from, int count, CancellationToken cancellation)
        => SearchAsync(
            whose,
            from,
            (read, last) => [.. read.SelectMany(c => Free(c, minutes, from, last, count)).OrderBy(s => s.Start).ThenBy(s => s.DoctorName, StringComparer.Ordinal).Take(count)],
            (_, found) => found.Count >= count,
            cancellation);

    /// <summary>The next three of a doctor, then the next of a colleague of the same specialty.</summary>
    public Task<List<FreeSlot>> InsteadAsync(Guid doctorId, int minutes, DateTimeOffset from, CancellationToken cancellation)
    {
        var start = from > clock.Now ? from : clock.Now;
        return SearchAsync(
            new WhoseCalendars(doctorId, Colleagues: true),
            start,
            (read, last) => [
                .. read.Where(c => c.DoctorId == doctorId).SelectMany(c => Free(c, minutes, start, last, OfTheDoctor)),
                .. read.Where(c => c.DoctorId != doctorId).SelectMany(c => Free(c, minutes, start, last, 1)).OrderBy(s => s.Start).Take(1)],
            (read, found) => found.Count == OfTheDoctor + Math.Min(1, read.Count(c => c.DoctorId != doctorId)),
            cancellation);
    }

    /// <summary>The free times of one doctor nearest to an instant, soonest first.</summary>
    public static IReadOnlyList<FreeSlot> Nearest(ReadCalendar calendar, int minutes, DateTimeOffset to, DateOnly first, DateOnly last, DateTimeOffset now)
        => [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
            .SelectMany(day => calendar.Calendar.FreeOn(day, minutes, calendar.Booked, now))
            .OrderBy(free => (free.Time.From - to).Duration()).Take(OfTheDoctor).OrderBy(free => free.Time.From)
            .Select(free => Slot(calendar, free))];

    private async Task<List<FreeSlot>> SearchAsync(
        WhoseCalendars whose, DateTimeOffset from, Func<List<ReadCalendar>, DateOnly, List<FreeSlot>> find,
        Func<List<ReadCalendar>, List<FreeSlot>, bool> isEnough, CancellationToken cancellation)
    {
        var first = clock.DayOf(from);
        var read = await calendars.ReadAsync(whose, first, first.AddDays(NearDays), cancellation);
        var near = find(read, first.AddDays(NearDays));
        if (isEnough(read, near))
        {
            return near;
        }

        return find(await calendars.ReadAsync(whose, first, first.AddDays(DaysAhead), cancellation), first.AddDays(DaysAhead));
    }

    private static IEnumerable<FreeSlot> Free(ReadCalendar calendar, int minutes, DateTimeOffset from, DateOnly last, int count)
        => calendar.Calendar.FreeFrom(from, last, minutes, calendar.Booked).Take(count).Select(free => Slot(calendar, free));

    private static FreeSlot Slot(ReadCalendar calendar, (Period Time, string? Room) free)
        => new(calendar.DoctorId, calendar.DoctorName, calendar.Specialty, free.Time.From, free.Time.To, free.Room);
}
