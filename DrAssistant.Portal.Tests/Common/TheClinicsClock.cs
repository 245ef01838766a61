using DrAssistant.Data.Common;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Common;

public sealed class TheClinicsClock
{
    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-24", "2026-11-23T18:30Z", "2026-11-24T18:30Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00Z", "2026-03-09T04:00Z")] // 23 hours
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z")] // 25 hours
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z", "2018-11-05T02:00Z")] // begins at 01:00
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z")] // 00:00 comes twice
    [InlineData("UTC", "2024-02-29", "2024-02-29T00:00Z", "2024-03-01T00:00Z")]
    public void knows_where_a_day_begins_and_ends(string zone, string day, string from, string to)
    {
        var bounds = Clock(zone, "2026-01-01T00:00Z").DayBounds(DateOnly.Parse(day));

        Assert.Equal(DateTimeOffset.Parse(from), bounds.From);
        Assert.Equal(DateTimeOffset.Parse(to), bounds.To);
        Assert.Equal(TimeSpan.Zero, bounds.From.Offset);
        Assert.Equal(TimeSpan.Zero, bounds.To.Offset);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-23T18:29:59Z", "2026-11-23")]
    [InlineData("Asia/Kolkata", "2026-11-23T18:30:00Z", "2026-11-24")]
    [InlineData("America/New_York", "2026-11-02T04:59:59Z", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-02T05:00:00Z", "2026-11-02")]
    public void calls_today_the_practices_day(string zone, string now, string today)
        => Assert.Equal(DateOnly.Parse(today), Clock(zone, now).Today);

    [Fact]
    public void puts_every_instant_of_a_year_into_the_day_whose_bounds_hold_it()
    {
        foreach (var zone in new[] { "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu" })
        {
            var clock = Clock(zone, "2026-01-01T00:00Z");
            for (var instant = DateTimeOffset.Parse("2026-01-01T00:00Z"); instant.Year == 2026; instant = instant.AddMinutes(30))
            {
                var (from, to) = clock.DayBounds(clock.DayOf(instant));
                Assert.True(from <= instant && instant < to, $"{zone} {instant:O}");
            }
        }
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-24", "09:05", "2026-11-24T03:35Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00Z")] // is skipped: when the clock goes on
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z")] // comes twice: the first
    public void knows_when_a_time_of_day_comes(string zone, string day, string time, string instant)
        => Assert.Equal(DateTimeOffset.Parse(instant), Clock(zone, "2026-01-01T00:00Z").At(DateOnly.Parse(day), TimeOnly.Parse(time)));

    [Fact]
    public void shows_the_practices_time()
    {
        var local = Clock("Asia/Kolkata", "2026-01-01T00:00Z").Local(DateTimeOffset.Parse("2026-11-24T03:35Z"));

        Assert.Equal("2026-11-24 09:05 +05:30", local.ToString("yyyy-MM-dd HH:mm zzz"));
    }

    private static ClinicClock Clock(string zone, string now)
        => new(new StoppedClock(DateTimeOffset.Parse(now)), Options.Create(new ClinicOptions { TimeZone = zone }));
}
