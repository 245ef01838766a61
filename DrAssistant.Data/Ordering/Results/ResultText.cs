using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A result as it reads in a line.</summary>
public static class ResultText
{
    private const int MostPlaces = 4;
    private const int FewestPlaces = 2;
    private const int Significant = 4;

    /// <summary><c>6.3 mmol/L</c>, <c>&lt;0.5 mg/L</c>, or the words.</summary>
    public static string Value(decimal? number, string? comparator, string? text, string? unit)
        => number is { } value ? $"{comparator}{Number(value)} {UnitWords.Of(unit)}".TrimEnd() : text ?? "";

    /// <summary>As it was reported; digits that only a conversion or another system's arithmetic brought are left out, and never those that count.</summary>
    public static string Number(decimal number)
    {
        if (number.Scale <= MostPlaces || number == 0)
        {
            return ClinicFormat.Number(number);
        }

        var places = Significant - 1 - (int)Math.Floor(Math.Log10((double)Math.Abs(number)));
        return ClinicFormat.Number(Math.Round(number, Math.Clamp(places, FewestPlaces, 12), MidpointRounding.AwayFromZero));
    }

    /// <summary>Arrows say the direction where there is one; the word stands beside them for those who do not see colours.</summary>
    public static string Arrow(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalHigh => "↑↑",
        ResultFlag.CriticalLow => "↓↓",
        ResultFlag.High => "↑",
        ResultFlag.Low => "↓",
        _ => "",
    };

    public static string Words(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalHigh => "critically high",
        ResultFlag.CriticalLow => "critically low",
        ResultFlag.High => "high",
        ResultFlag.Low => "low",
        ResultFlag.Abnormal => "abnormal",
        ResultFlag.Normal => "normal",
        _ => "no range",
    };

    /// <summary><c>3.5 to 5.1</c>, <c>over 60</c>, <c>up to 5</c>.</summary>
    public static string Range(decimal? low, decimal? high, string? text) => (low, high) switch
    {
        ({ } from, { } to) => $"{ClinicFormat.Number(from)} to {ClinicFormat.Number(to)}",
        ({ } from, null) => $"over {ClinicFormat.Number(from)}",
        (null, { } to) => $"up to {ClinicFormat.Number(to)}",
        _ => text ?? "",
    };

    internal static string Value(OrderResult result) => Value(result.ValueNumber, result.Comparator, result.ValueText, result.Unit);
}
