using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class JudgingAVitalSign
{
    private static readonly DateOnly Today = new(2026, 11, 5);
    private static readonly DateTimeOffset Ten = new(2026, 11, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2006-01-01", "8480-6", 90, ResultFlag.CriticalLow)] // critical limits are inclusive
    [InlineData("2006-01-01", "8480-6", 99, ResultFlag.Low)]
    [InlineData("2006-01-01", "8480-6", 100, ResultFlag.Normal)]
    [InlineData("2006-01-01", "8480-6", 129, ResultFlag.Normal)]
    [InlineData("2006-01-01", "8480-6", 130, ResultFlag.High)]
    [InlineData("2006-01-01", "8480-6", 180, ResultFlag.CriticalHigh)]
    [InlineData("1966-11-05", "8480-6", 139, ResultFlag.Normal)] // sixty today: an older adult
    [InlineData("1966-11-06", "8480-6", 139, ResultFlag.High)] // sixty tomorrow
    [InlineData("2008-11-05", "9279-1", 9, ResultFlag.Low)] // eighteen today: an adult
    [InlineData("2008-11-06", "9279-1", 9, ResultFlag.CriticalLow)]
    [InlineData("2026-10-20", "8867-4", 165, ResultFlag.Normal)] // a newborn
    [InlineData("1990-01-01", "99999-9", 1, ResultFlag.Unknown)]
    [InlineData("2027-01-01", "8867-4", 100, ResultFlag.Unknown)] // not yet born, says the record
    public void follows_the_range_of_the_age(string born, string code, int value, ResultFlag flag)
        => Assert.Equal(flag, VitalRanges.Judge(code, value, Unit(code), Age.On(Today, DateOnly.Parse(born, null)), Gender.Female));

    [Fact]
    public void in_another_unit_is_not_attempted()
    {
        var adult = Age.On(Today, new DateOnly(1990, 1, 1));
        Assert.Equal(ResultFlag.Normal, VitalRanges.Judge("8310-5", 37, "Cel", adult, Gender.Male));
        Assert.Equal(ResultFlag.Unknown, VitalRanges.Judge("8310-5", 98.6m, "[degF]", adult, Gender.Male));
        Assert.Equal(ResultFlag.Unknown, VitalRanges.Judge("8310-5", 37, null, adult, Gender.Male));
    }

    [Fact]
    public void reads_as_one_says_it_and_never_in_a_unit_it_was_not_measured_in()
    {
        var lines = VitalWords.Of(
            [
                Reading("8310-5", 98.6m, "[degF]"), Reading("8480-6", 118, "mm[Hg]"), Reading("8462-4", 76, "mm[Hg]"),
                Reading("29463-7", 61.26m, "kg"), Reading("8867-4", 72, "/min"), Reading("39156-5", 22.14m, "kg/m2"),
            ],
            Age.On(Today, new DateOnly(1990, 1, 1)), Gender.Male);

        Assert.Equal(
            ["BP 118/76", "pulse 72\u00A0/min", "temperature 98.6\u00A0°F", "weight 61.3\u00A0kg", "BMI 22.1\u00A0kg/m²"],
            lines.Select(l => $"{l.Name} {l.Value}"));
    }

    [Fact]
    public void never_makes_one_blood_pressure_of_two_measurements()
    {
        var lines = VitalWords.Of(
            [Reading("8480-6", 190, "mm[Hg]") with { At = Ten.AddHours(1) }, Reading("8480-6", 118, "mm[Hg]"), Reading("8462-4", 76, "mm[Hg]")],
            Age.On(Today, new DateOnly(1990, 1, 1)), Gender.Male);

        Assert.Equal(
            [("systolic", "190\u00A0mmHg", ResultFlag.CriticalHigh), ("diastolic", "76\u00A0mmHg", ResultFlag.Normal)],
            lines.Select(l => (l.Name, l.Value, l.Flag)));
    }

    private static string Unit(string code) => code is "8480-6" ? "mm[Hg]" : "/min";

    private static VitalReading Reading(string code, decimal value, string unit) => new(Guid.Empty, code, code, value, unit, Ten, null);
}
