using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Usual limits of a test for a sex and an age. The range printed by the laboratory always wins.</summary>
internal sealed record ReferenceRange(
    string Test, Gender? Sex, decimal FromYears, decimal ToYears, decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh)
{
    /// <summary>A range up to here has no upper age.</summary>
    public const decimal OldestYears = 120;

    /// <summary>UCUM; the limits are in it.</summary>
    public string? Unit { get; init; }

    public string? Note { get; init; }

    public ResultFlag Flag(decimal value) => value switch
    {
        _ when value <= CriticalLow => ResultFlag.CriticalLow,
        _ when value >= CriticalHigh => ResultFlag.CriticalHigh,
        _ when value < Low => ResultFlag.Low,
        _ when value > High => ResultFlag.High,
        _ => ResultFlag.Normal,
    };

    public bool Fits(Gender sex, decimal years) => (Sex is null || Sex == sex) && years >= FromYears && (years < ToYears || ToYears >= OldestYears);
}

/// <summary>Finds the range that fits a person. No range is an answer: then the flag is unknown, never normal.</summary>
internal sealed class ReferenceRanges
{
    private const decimal DaysOfYear = 365.25m;

    private readonly ILookup<string, ReferenceRange> _byTest;

    /// <summary>A practice that wrote ranges of a test wrote all of them: those of the starter list are then left out.</summary>
    public ReferenceRanges(IEnumerable<RangeRow> rows)
        => _byTest = rows.GroupBy(r => r.TestId, StringComparer.Ordinal)
            .SelectMany(test => test.Any(r => !IsOfTheStarterList(r)) ? test.Where(r => !IsOfTheStarterList(r)) : test)
            .Where(r => r.IsActive)
            .OrderBy(r => r.Sex is null).ThenBy(r => r.FromYears).ThenBy(r => r.Id, StringComparer.Ordinal)
            .Select(Range).ToLookup(r => r.Test, StringComparer.Ordinal);

    public static ReferenceRanges Starter()
        => new(ReferenceFile.ReferenceRanges.Read(row => RangeRow.Of(row, ReferenceFile.ReferenceRanges.Version)));

    /// <summary>Those of one sex come before those of everybody.</summary>
    public ReferenceRange? For(string test, Gender sex, int ageInDays)
    {
        var years = ageInDays / DaysOfYear;
        return _byTest[test].FirstOrDefault(r => r.Fits(sex, years));
    }

    public IReadOnlyList<ReferenceRange> Of(string test) => [.. _byTest[test]];

    private static bool IsOfTheStarterList(RangeRow row) => row.Source.StartsWith($"{ReferenceFile.ReferenceRanges.Name} ", StringComparison.Ordinal);

    private static ReferenceRange Range(RangeRow row)
        => new(row.TestId, SexOf(row.Sex), row.FromYears, row.ToYears, row.Low, row.High, row.CriticalLow, row.CriticalHigh) { Unit = row.Unit, Note = row.Note };

    private static Gender? SexOf(string? word) => word switch
    {
        "male" => Gender.Male,
        "female" => Gender.Female,
        _ => null,
    };
}
