using System.Globalization;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Tests.Common;

/// <summary>Today is Tuesday 24-Nov-2026.</summary>
public sealed class TypingADate
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData("Tue 24-Nov-2026", "2026-11-24")]
    [InlineData("24-11", "2026-11-24")]
    [InlineData("23/11", "2027-11-23")]
    [InlineData("5.1.27", "2027-01-05")]
    [InlineData("1 dec", "2026-12-01")]
    [InlineData("1 December 2026", "2026-12-01")]
    [InlineData("30", "2026-11-30")]
    [InlineData("5", "2026-12-05")]
    [InlineData("31", "2026-12-31")]
    [InlineData("29-02", null)]
    [InlineData("29-02-2028", "2028-02-29")]
    [InlineData("today", "2026-11-24")]
    [InlineData("Tomorrow", "2026-11-25")]
    [InlineData("mon", "2026-11-30")]
    [InlineData("tuesday", "2026-12-01")]
    [InlineData("+7", "2026-12-01")]
    [InlineData("+ 2 weeks", "2026-12-08")]
    [InlineData("11-24", null)]
    [InlineData("32", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("next week", null)]
    public void gives_the_day_that_is_meant(string? typed, string? day)
        => Assert.Equal(day, TypedTime.Day(typed, Today)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("11:15", "11:15")]
    [InlineData("1115", "11:15")]
    [InlineData("9.05", "09:05")]
    [InlineData("9", "09:00")]
    [InlineData("17h30", "17:30")]
    [InlineData("24:00", null)]
    [InlineData("11:60", null)]
    [InlineData("soon", null)]
    public void gives_the_time_by_the_wall_clock(string typed, string? time)
        => Assert.Equal(time, TypedTime.Time(typed)?.ToString("HH:mm", CultureInfo.InvariantCulture));
}
