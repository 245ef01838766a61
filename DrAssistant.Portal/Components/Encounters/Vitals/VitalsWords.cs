using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>The screens' words for vital signs.</summary>
internal static class VitalsWords
{
    /// <summary>As short as it stands on a chart: "BP", "SpO₂".</summary>
    public static string Short(VitalSign sign, string name) => sign switch
    {
        VitalSign.SystolicPressure => "Systolic",
        VitalSign.DiastolicPressure => "Diastolic",
        VitalSign.HeartRate => "Pulse",
        VitalSign.Temperature => "Temp",
        VitalSign.RespiratoryRate => "Breathing",
        VitalSign.OxygenSaturation => "SpO₂",
        VitalSign.HeadCircumference => "Head",
        VitalSign.Glucose => "Glucose",
        _ => name,
    };

    /// <summary>"60 to 100", "at least 95", "at most 3"; null where no usual range is known.</summary>
    public static string? Range(VitalLimits? limits) => (limits?.UsualLow, limits?.UsualHigh) switch
    {
        (null, null) => null,
        ({ } low, null) => $"at least {ClinicFormat.Number(low)}",
        (null, { } high) => $"at most {ClinicFormat.Number(high)}",

        // A percentage is full at 100, and a score begins at 0: one end says it all.
        ({ } low, 100) when limits.PlausibleHigh == 100 => $"at least {ClinicFormat.Number(low)}",
        (0, { } high) when limits.PlausibleLow == 0 => $"at most {ClinicFormat.Number(high)}",
        ({ } low, { } high) => $"{ClinicFormat.Number(low)} to {ClinicFormat.Number(high)}",
    };

    /// <summary>"+0.8", "−0.8" with a minus as wide as a plus; null for no change and for the first.</summary>
    public static string? Change(decimal? change) => change switch
    {
        null or 0 => null,
        > 0 => $"+{ClinicFormat.Number(Math.Round(change.Value, 1))}",
        _ => $"−{ClinicFormat.Number(Math.Round(-change.Value, 1))}",
    };

    public static string Value(VitalValue value) => ClinicFormat.Number(Math.Round(value.Value, value.Sign is VitalSign.Weight && value.Value < 10 ? 2 : 1));

    /// <summary>The flag of a pair is that of the worse of the two.</summary>
    public static ResultFlag Worse(ResultFlag one, ResultFlag other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalLow or ResultFlag.CriticalHigh => 3,
        ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal => 2,
        ResultFlag.Normal => 1,
        _ => 0,
    };
}
