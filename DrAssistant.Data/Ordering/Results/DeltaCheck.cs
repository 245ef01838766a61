using System.Collections.Frozen;
using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>
/// Whether a value has changed by so much that the specimen may be somebody else's. CLSI EP33 describes the method and leaves the limits
/// to the laboratory; these are the ones commonly quoted for outpatients, by LOINC code, and are to be reviewed by a clinician.
/// </summary>
internal static class DeltaCheck
{
    private static readonly FrozenDictionary<string, (decimal Percent, int Days)> Limits = new (decimal Percent, int Days, string[] Codes)[]
    {
        (7, 30, ["2951-2", "2075-0"]), // sodium, chloride
        (20, 30, ["2823-3", "1963-8"]), // potassium, bicarbonate
        (50, 30, ["2160-0", "3091-6", "3094-0"]), // creatinine, urea
        (15, 30, ["17861-6"]), // calcium
        (25, 30, ["1751-7", "2885-2", "3084-1"]), // albumin, total protein, uric acid
        (25, 30, ["718-7", "789-8", "4544-3"]), // haemoglobin, red cells, packed cells
        (5, 90, ["787-2"]), // mean cell volume hardly moves in a person
        (15, 90, ["785-6", "4548-4"]), // mean cell haemoglobin, HbA1c
        (60, 30, ["777-3"]), // platelets
        (100, 30, ["6690-2", "1975-2", "6768-6", "2324-2"]), // white cells, bilirubin, alkaline phosphatase, gamma-GT
    }.SelectMany(limit => limit.Codes, (limit, code) => (code, limit.Percent, limit.Days)).ToFrozenDictionary(l => l.code, l => (l.Percent, l.Days));

    /// <summary>The change in words, <c>rose 1.4 in 5 weeks</c>; null where it did not change.</summary>
    public static string? Words(decimal value, DateTimeOffset at, decimal last, DateTimeOffset lastAt)
    {
        var change = value - last;
        return change == 0 ? null : $"{(change > 0 ? "rose" : "fell")} {ClinicFormat.Number(Math.Abs(change))} in {Span((at - lastAt).TotalDays)}";
    }

    /// <summary>A sentence where the change is more than this test usually moves in that time.</summary>
    public static string? Question(string code, decimal value, DateTimeOffset at, decimal last, DateTimeOffset lastAt)
    {
        if (!Limits.TryGetValue(code, out var limit) || last == 0 || (at - lastAt).TotalDays > limit.Days || at < lastAt)
        {
            return null;
        }

        var percent = Math.Abs(value - last) / Math.Abs(last) * 100;
        return percent > limit.Percent
            ? string.Create(CultureInfo.InvariantCulture, $"Changed by {Math.Round(percent)} % in {Span((at - lastAt).TotalDays)}. Is it this patient's specimen?")
            : null;
    }

    private static string Span(double days)
    {
        var (number, unit) = days switch
        {
            < 1 => (Math.Max(1, Math.Round(days * 24)), "hour"),
            < 14 => (Math.Round(days), "day"),
            < 90 => (Math.Round(days / 7), "week"),
            < 730 => (Math.Round(days / 30.4), "month"),
            _ => (Math.Round(days / 365.25), "year"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
    }
}
