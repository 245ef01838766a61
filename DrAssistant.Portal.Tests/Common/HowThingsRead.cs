using DrAssistant.Data.Common;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Common;

public sealed class HowThingsRead
{
    private const string Arabic = "ar-SA"; // another calendar
    private const string Thai = "th-TH"; // another era
    private const string German = "de-DE"; // comma for point
    private const string Hindi = "hi-IN"; // thousands in lakhs

    [Theory]
    [InlineData("")]
    [InlineData(Arabic)]
    [InlineData(Thai)]
    [InlineData(German)]
    [InlineData(Hindi)]
    public void is_the_same_in_every_culture(string culture)
    {
        using var server = new InCulture(culture);
        var clock = new ClinicClock(TimeProvider.System, Options.Create(new ClinicOptions()));

        Assert.Equal("05-Nov-2026", ClinicFormat.Date(new(2026, 11, 5)));
        Assert.Equal("Thu 05-Nov-2026", ClinicFormat.DateWithWeekday(new(2026, 11, 5)));
        Assert.Equal("09:05", ClinicFormat.Time(new(9, 5)));
        Assert.Equal("23:59", ClinicFormat.Time(new(23, 59, 59)));
        Assert.Equal("9:05 AM", ClinicFormat.TimeForPatients(new(9, 5)));
        Assert.Equal("12:00 PM", ClinicFormat.TimeForPatients(new(12, 0)));
        Assert.Equal("05-Nov-2026 00:10", ClinicFormat.DateAndTime(new(2026, 11, 4, 18, 40, 0, TimeSpan.Zero), clock));
        Assert.Equal("100,000\u00A0units", ClinicFormat.Amount(100_000, "units"));
        Assert.Equal("0.5\u00A0mg", ClinicFormat.Amount(0.5m, "mg"));
    }

    [Theory]
    [InlineData(-90, "0\u00A0min")]
    [InlineData(0, "0\u00A0min")]
    [InlineData(59, "0\u00A0min")]
    [InlineData(60, "1\u00A0min")]
    [InlineData((22 * 60) + 59, "22\u00A0min")]
    [InlineData((60 * 60) - 1, "59\u00A0min")]
    [InlineData(60 * 60, "1\u00A0h\u00A000\u00A0min")]
    [InlineData(65 * 60, "1\u00A0h\u00A005\u00A0min")]
    [InlineData(26 * 60 * 60, "26\u00A0h\u00A000\u00A0min")]
    public void gives_waiting_in_whole_minutes(int seconds, string words)
        => Assert.Equal(words, ClinicFormat.Waiting(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("5.0", "5")]
    [InlineData("5.00", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("0.125", "0.125")]
    [InlineData("1234567.50", "1,234,567.5")]
    [InlineData("-2.50", "-2.5")]
    [InlineData("0", "0")]
    public void gives_no_zero_after_the_point_and_one_before_it(string number, string read)
        => Assert.Equal(read, ClinicFormat.Number(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
}
