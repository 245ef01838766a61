using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters;

/// <summary>A measured vital sign: LOINC code, value, UCUM unit, when and by whom.</summary>
internal sealed record VitalReading(Guid PatientId, string Code, string Name, decimal Value, string? Unit, DateTimeOffset At, string? By);

/// <summary>Vital signs as one reads them out: pressure as one pair, then pulse, temperature, breathing, oxygen, weight.</summary>
internal static class VitalWords
{
    private const string Systolic = "8480-6";
    private const string Diastolic = "8462-4";

    private static readonly (string Code, string Name)[] Singles =
    [
        ("8867-4", "pulse"),
        ("8310-5", "temperature"),
        ("9279-1", "breathing"),
        ("59408-5", "SpO₂"),
        ("2708-6", "SpO₂"),
        ("29463-7", "weight"),
        ("8302-2", "height"),
        ("39156-5", "BMI"),
    ];

    /// <summary>Whether <see cref="Of"/> has words for this code.</summary>
    public static bool Knows(string code) => code is Systolic or Diastolic || Singles.Any(single => single.Code == code);

    public static IReadOnlyList<VitalLine> Of(IEnumerable<VitalReading> readings, Age age, Gender gender)
    {
        var byCode = readings.GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.MaxBy(r => r.At)!);
        return [.. Pressure(byCode, age, gender), .. Singles.Where(single => byCode.ContainsKey(single.Code)).Select(single => Line(single.Name, byCode[single.Code], age, gender))];
    }

    /// <summary>Two numbers of one measurement; those of two measurements never make a pair.</summary>
    private static IEnumerable<VitalLine> Pressure(Dictionary<string, VitalReading> byCode, Age age, Gender gender)
    {
        var (systolic, diastolic) = (byCode.GetValueOrDefault(Systolic), byCode.GetValueOrDefault(Diastolic));
        if (systolic is not null && diastolic is not null && systolic.At == diastolic.At)
        {
            var pair = $"{ClinicFormat.Number(Math.Round(systolic.Value))}/{ClinicFormat.Number(Math.Round(diastolic.Value))}";
            return [new VitalLine("BP", pair, Worse(Judge(systolic, age, gender), Judge(diastolic, age, gender)))];
        }

        return new[] { ("systolic", systolic), ("diastolic", diastolic) }
            .Where(one => one.Item2 is not null)
            .Select(one => Line(one.Item1, one.Item2!, age, gender));
    }

    private static VitalLine Line(string name, VitalReading reading, Age age, Gender gender) => new(
        name,
        Plain(reading.Unit) is { } unit
            ? ClinicFormat.Amount(Math.Round(reading.Value, 1), Shown(unit))
            : ClinicFormat.Number(Math.Round(reading.Value, 1)),
        Judge(reading, age, gender));

    /// <summary>UCUM as the practice writes it; any other unit stands as it was measured.</summary>
    private static string Shown(string ucum) => ucum switch
    {
        "Cel" => "°C",
        "[degF]" => "°F",
        "kg/m2" => "kg/m²",
        "mm[Hg]" => "mmHg",
        "[lb_av]" => "lb",
        "[in_i]" => "in",
        _ => ucum,
    };

    /// <summary>The same unit is written in more ways than one, by people and by other systems.</summary>
    internal static string? Plain(string? unit) => unit switch
    {
        "{beats}/min" or "{breaths}/min" => "/min",
        "mmHg" => "mm[Hg]",
        "°C" => "Cel",
        "1" => "{score}",
        _ => unit,
    };

    // SpO₂ by either of its two codes is judged alike.
    private static ResultFlag Judge(VitalReading reading, Age age, Gender gender)
        => VitalRanges.Judge(reading.Code is "2708-6" ? "59408-5" : reading.Code, reading.Value, Plain(reading.Unit), age, gender);

    private static ResultFlag Worse(ResultFlag one, ResultFlag other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalLow or ResultFlag.CriticalHigh => 3,
        ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal => 2,
        ResultFlag.Normal => 1,
        _ => 0,
    };
}
