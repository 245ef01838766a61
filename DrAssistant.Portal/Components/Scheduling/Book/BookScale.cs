using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>From which minute of the day to which the grid goes, and how many pixels a minute takes.</summary>
public sealed record BookScale(int From, int To, double PixelsPerMinute)
{
    private const int Hour = 60;
    private const int DayEnd = 24 * Hour;

    /// <summary>An hour of fifteen-minute slots: a block of one line each.</summary>
    private const double UsualHour = 80;

    /// <summary>So low is a slot at the least, that a name can be read in it.</summary>
    private const double LeastSlot = 19.75;
    private const double TallestHour = 240;

    public double Height => (To - From) * PixelsPerMinute;

    /// <summary>The full hours at which the gutter names the time.</summary>
    public IEnumerable<int> Hours
    {
        get
        {
            for (var at = From; at < To; at += Hour)
            {
                yield return at;
            }
        }
    }

    public static BookScale Of(IReadOnlyList<BookColumn> columns, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(clock);
        var spans = columns.SelectMany(column => column.Hours.Open.Select(o => (o.From, o.To))
            .Concat(column.Visits.Select(v => (From: v.Start, To: v.End)))
            .Select(span => (From: BookTime.MinuteOf(span.From, column.Day, clock), To: BookTime.MinuteOf(span.To, column.Day, clock)))).ToList();
        var from = spans.Count == 0 ? 9 * Hour : spans.Min(s => s.From) / Hour * Hour;
        var to = spans.Count == 0 ? 17 * Hour : spans.Max(s => s.To);

        // Half an hour of what is closed shows that the day is over, and not that the page was cut.
        to = Math.Min(DayEnd, (to + Hour - 1) / (Hour / 2) * (Hour / 2));
        to = Math.Max(to, from + (4 * Hour));
        return new BookScale(from, Math.Min(DayEnd, to), PixelsOf(columns));
    }

    public double Top(int minute) => (Math.Clamp(minute, From, To) - From) * PixelsPerMinute;

    public double Span(int from, int to) => Top(to) - Top(from);

    private static double PixelsOf(IReadOnlyList<BookColumn> columns)
    {
        var slot = columns.Where(c => c.Hours.Open.Count > 0).Select(c => c.Hours.SlotMinutes).Where(m => m > 0).DefaultIfEmpty(15).Min();
        return Math.Clamp(LeastSlot / slot * Hour, UsualHour - 1, TallestHour) / Hour;
    }
}

/// <summary>Minutes from midnight by the practice's wall clock, in which the grid is measured.</summary>
internal static class BookTime
{
    private const int DayEnd = 24 * 60;

    /// <summary>The minute of <paramref name="day"/> at which an instant stands; before it 0, after it the day's end.</summary>
    public static int MinuteOf(DateTimeOffset instant, DateOnly day, ClinicClock clock)
    {
        var local = clock.Local(instant).DateTime;
        var behind = (local.Date - day.ToDateTime(TimeOnly.MinValue)).Days;
        return behind switch
        {
            < 0 => 0,
            > 0 => DayEnd,
            _ => (local.Hour * 60) + local.Minute,
        };
    }

    public static TimeOnly Of(int minute) => new TimeOnly(0, 0).AddMinutes(Math.Clamp(minute, 0, DayEnd - 1));

    public static string Words(int minute) => minute >= DayEnd ? "24:00" : ClinicFormat.Time(Of(minute));

    public static string Words(DateTimeOffset instant, ClinicClock clock) => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(instant).DateTime));
}
