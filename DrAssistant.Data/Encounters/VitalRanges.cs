using System.Globalization;
using System.Reflection;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters;

/// <summary>
/// Where a vital sign lies for somebody of this age and sex. From <c>ReferenceData/vital_ranges.csv</c>, whose notes
/// name its sources and that a clinician must review it. Critical limits are inclusive; no range, no judgement.
/// </summary>
internal static class VitalRanges
{
    private static readonly ILookup<string, Range> ByCode = Load();

    /// <summary>A value in another unit than the ranges' has no judgement either: 98.6 is a fever in one unit and health in the other.</summary>
    public static ResultFlag Judge(string loincCode, decimal value, string? unit, Age age, Gender gender)
    {
        // From the first birthday on, birthdays count: a year of 365.25 days makes somebody eighteen a day early or late.
        var years = age.Years >= 1 ? age.Years : age.Days / 365.25m;
        var range = ByCode[loincCode].FirstOrDefault(r => r.Unit == unit && r.From <= years && years < r.To && (r.Sex is null || r.Sex == gender));
        return range switch
        {
            null or { Low: null, High: null } => ResultFlag.Unknown,
            _ when value <= range.CriticalLow => ResultFlag.CriticalLow,
            _ when value >= range.CriticalHigh => ResultFlag.CriticalHigh,
            _ when value < range.Low => ResultFlag.Low,
            _ when value > range.High => ResultFlag.High,
            _ => ResultFlag.Normal,
        };
    }

    private static ILookup<string, Range> Load()
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("ReferenceData/vital_ranges.csv")!);
        var lines = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // vital_id,name,loinc_code,loinc_verified,unit,age_band,sex,age_min,age_max,plausible_min,plausible_max,low,high,critical_low,critical_high
        // counted from the end, because a name may hold a comma
        return lines.Skip(1).Select(line => line.Split(',')).ToLookup(c => c[^13], c => new Range(
            c[^11],
            Number(c[^8]) ?? 0,
            Number(c[^7]) ?? decimal.MaxValue,
            c[^9] switch { "male" => Gender.Male, "female" => Gender.Female, _ => null },
            Number(c[^4]), Number(c[^3]), Number(c[^2]), Number(c[^1])));
    }

    private static decimal? Number(string cell) => cell.Length == 0 ? null : decimal.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Range(
        string Unit, decimal From, decimal To, Gender? Sex, decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh);
}
