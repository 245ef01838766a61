using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Encounters;

/// <summary>
/// Where a vital sign lies for somebody of this age and sex. From <c>ReferenceData/vital_ranges.csv</c>, whose notes
/// name its sources and that a clinician must review it. Critical limits are inclusive; no range, no judgement.
/// </summary>
internal static class VitalRanges
{
    private const decimal DaysOfYear = 365.25m;

    private static readonly ILookup<string, VitalRange> ByCode = ReferenceFile.VitalRanges.Read(Of).Where(range => range.Code.Length > 0).ToLookup(range => range.Code, StringComparer.Ordinal);

    /// <summary>A value in another unit than the ranges' has no judgement either: 98.6 is a fever in one unit and health in the other.</summary>
    public static ResultFlag Judge(string loincCode, decimal value, string? unit, Age age, Gender gender)
        => For(loincCode, unit, age, gender) switch
        {
            null or { Low: null, High: null } => ResultFlag.Unknown,
            { } range when value <= range.CriticalLow => ResultFlag.CriticalLow,
            { } range when value >= range.CriticalHigh => ResultFlag.CriticalHigh,
            { } range when value < range.Low => ResultFlag.Low,
            { } range when value > range.High => ResultFlag.High,
            _ => ResultFlag.Normal,
        };

    /// <summary>The limits at this age; null where the sign is not measured at it, or the unit is another.</summary>
    public static VitalRange? For(string loincCode, string? unit, Age age, Gender gender)
    {
        // From the first birthday on, birthdays count: a year of 365.25 days makes somebody eighteen a day early or late.
        var years = age.Years >= 1 ? age.Years : age.Days / DaysOfYear;
        return Of(loincCode, gender).FirstOrDefault(r => r.Unit == unit && r.FromYears <= years && years < r.ToYears);
    }

    /// <summary>The bands of a life, the youngest first.</summary>
    public static IEnumerable<VitalRange> Of(string loincCode, Gender gender)
        => ByCode[loincCode].Where(r => r.Sex is null || r.Sex == gender).OrderBy(r => r.FromYears);

    /// <summary>The first day of life on which a band of this age begins.</summary>
    public static DateOnly FirstDay(DateOnly born, decimal fromYears)
        => fromYears >= 1 ? FirstDayOfYear(born, (int)fromYears) : born.AddDays((int)Math.Ceiling(fromYears * DaysOfYear));

    // Who was born on 29-Feb is a year older on 01-Mar of a year without one, as Age counts.
    private static DateOnly FirstDayOfYear(DateOnly born, int years)
    {
        var day = born.AddYears(years);
        return day.Day < born.Day ? day.AddDays(1) : day;
    }

    private static VitalRange Of(ReferenceRow row) => new(
        row.Text("loinc_code") ?? "",
        row.Needed("name"),
        row.Needed("unit"),
        row.Number("age_min_years") ?? 0,
        row.Number("age_max_years") is { } to and < 120 ? to : decimal.MaxValue,
        row.Needed("sex") switch { "male" => Gender.Male, "female" => Gender.Female, _ => null },
        row.Number("plausible_min"), row.Number("plausible_max"), row.Number("normal_low"), row.Number("normal_high"),
        row.Number("critical_low"), row.Number("critical_high"));
}

/// <summary>Limits of a sign between two ages, the lower one included and the upper one not.</summary>
internal sealed record VitalRange(
    string Code,
    string Name,
    string Unit,
    decimal FromYears,
    decimal ToYears,
    Gender? Sex,
    decimal? PlausibleLow,
    decimal? PlausibleHigh,
    decimal? Low,
    decimal? High,
    decimal? CriticalLow,
    decimal? CriticalHigh)
{
    /// <summary>As they are handed over.</summary>
    public VitalLimits Limits => new(PlausibleLow, PlausibleHigh, Low, High, CriticalLow, CriticalHigh);
}
