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

    private static readonly (string Code, string Name, string Unit)[] Singles =
    [
        ("8867-4", "pulse", "/min"),
        ("8310-5", "temperature", "°C"),
        ("9279-1", "breathing", "/min"),
        ("59408-5", "SpO₂", "%"),
        ("2708-6", "SpO₂", "%"),
        ("29463-7", "weight", "kg"),
        ("8302-2", "height", "cm"),
        ("39156-5", "BMI", "kg/m²"),
    ];

    /// <summary>Whether <see cref="Of"/> has words for this code.</summary>
    public static bool Knows(string code) => code is Systolic or Diastolic || Singles.Any(single => single.Code == code);

    public static IReadOnlyList<VitalLine> Of(IEnumerable<VitalReading> readings, Age age, Gender gender)
    {
        var byCode = readings.GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.MaxBy(r => r.At)!);
        var lines = new List<VitalLine>();
        if (byCode.TryGetValue(Systolic, out var systolic) && byCode.TryGetValue(Diastolic, out var diastolic))
        {
            lines.Add(new VitalLine(
                "BP",
                $"{ClinicFormat.Number(Math.Round(systolic.Value))}/{ClinicFormat.Number(Math.Round(diastolic.Value))}",
                Worse(Judge(systolic, age, gender), Judge(diastolic, age, gender))));
        }

        lines.AddRange(Singles
            .Where(single => byCode.ContainsKey(single.Code))
            .Select(single => new VitalLine(
                single.Name,
                ClinicFormat.Amount(Math.Round(byCode[single.Code].Value, 1), single.Unit),
                Judge(byCode[single.Code], age, gender))));
        return lines;
    }

    private static ResultFlag Judge(VitalReading reading, Age age, Gender gender)
        => VitalRanges.Judge(reading.Code, reading.Value, age, gender);

    private static ResultFlag Worse(ResultFlag one, ResultFlag other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalLow or ResultFlag.CriticalHigh => 3,
        ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal => 2,
        ResultFlag.Normal => 1,
        _ => 0,
    };
}
