using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Demo;

/// <summary>The demo practice's days: Monday to Saturday, a holiday and a doctor's leave ahead, and always today.</summary>
internal sealed class DemoCalendar
{
    private const int DaysAhead = 14;
    private const int DaysBack = 56;

    private readonly TimeSpan _moved;

    public DemoCalendar(ClinicClock clock, DemoMoment moment)
    {
        (Clock, Today, _moved) = (clock, moment.Today, moment.Moved);
        var ahead = Enumerable.Range(1, DaysAhead).Select(Today.AddDays).Where(IsWeekday).ToList();
        Holiday = ahead[^3];
        Leave = ahead[4];
        Ahead = [.. ahead.Where(day => day != Holiday)];
        Back = [.. Enumerable.Range(1, DaysBack).Select(days => Today.AddDays(-days)).Where(IsWeekday)];
    }

    public ClinicClock Clock { get; }

    public DateOnly Today { get; }

    /// <summary>The working days of the next two weeks, nearest first.</summary>
    public IReadOnlyList<DateOnly> Ahead { get; }

    /// <summary>The working days of the last eight weeks, latest first; the first of them is "yesterday".</summary>
    public IReadOnlyList<DateOnly> Back { get; }

    public DateOnly Yesterday => Back[0];

    public DateOnly Holiday { get; }

    /// <summary>The dermatologist is away on this day.</summary>
    public DateOnly Leave { get; }

    /// <summary>The weekdays of the working hours; Sunday is one of them only when the demo is made on it.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays
        => [.. Enum.GetValues<DayOfWeek>().Where(day => day != DayOfWeek.Sunday || Today.DayOfWeek == DayOfWeek.Sunday)];

    /// <summary>A day on which the practice works: this one, or the one before a Sunday.</summary>
    public static DateOnly WorkingDayBy(DateOnly day) => IsWeekday(day) ? day : day.AddDays(-1);

    public bool Works(DemoPanel panel, DateOnly day) => panel != DemoPanel.Dermatology || day != Leave;

    public DemoHours Hours(DemoPanel panel, DayOfWeek weekday)
        => DemoHours.Of(panel).Moved(weekday == Today.DayOfWeek ? _moved : TimeSpan.Zero);

    public IReadOnlyList<DemoSlot> Slots(DemoPanel panel, DateOnly day) => Hours(panel, day.DayOfWeek).Slots(Clock, day);

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek != DayOfWeek.Sunday;
}
