using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Usual limits of a test for a sex and an age. The range printed by the laboratory always wins.</summary>
internal sealed record ReferenceRange(
    string Test, Gender? Sex, decimal FromYears, decimal ToYears, decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh)
{
    public ResultFlag Flag(decimal value) => value switch
    {
        _ when value <= CriticalLow => ResultFlag.CriticalLow,
        _ when value >= CriticalHigh => ResultFlag.CriticalHigh,
        _ when value < Low => ResultFlag.Low,
        _ when value > High => ResultFlag.High,
        _ => ResultFlag.Normal,
    };
}

/// <summary>Finds the range that fits a person. No range is an answer: then the flag is unknown, never normal.</summary>
internal sealed class ReferenceRanges
{
    private const decimal DaysOfYear = 365.25m;

    private readonly ILookup<string, ReferenceRange> _byTest;

    private ReferenceRanges(IEnumerable<ReferenceRange> ranges) => _byTest = ranges.ToLookup(r => r.Test, StringComparer.Ordinal);

    public static ReferenceRanges Starter() => new(ReferenceFile.ReferenceRanges.Read(row => new ReferenceRange(
        row.Needed("test_id"),
        SexOf(row.Needed("sex")),
        row.Number("age_min_years") ?? 0,
        row.Number("age_max_years") ?? decimal.MaxValue,
        row.Number("low"),
        row.Number("high"),
        row.Number("critical_low"),
        row.Number("critical_high"))));

    public ReferenceRange? For(string test, Gender sex, int ageInDays)
    {
        var years = ageInDays / DaysOfYear;
        return _byTest[test].FirstOrDefault(r => (r.Sex is null || r.Sex == sex) && years >= r.FromYears && years < r.ToYears);
    }

    private static Gender? SexOf(string word) => word switch
    {
        "male" => Gender.Male,
        "female" => Gender.Female,
        _ => null,
    };
}
