using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>The laboratory's own reference range, as it is written: two numbers, one bound, or words that stay words.</summary>
internal static partial class ReportedRange
{
    private const int Longest = 255;

    public static (decimal? Low, decimal? High, string? Words) Read(string? written)
    {
        if (written is null)
        {
            return default;
        }

        var words = written.Length <= Longest ? written : written[..Longest];
        if (Between().Match(written) is { Success: true } both)
        {
            var (low, high) = (Number(both.Groups["low"]), Number(both.Groups["high"]));
            return low <= high ? (low, high, words) : (null, null, words);
        }

        return OneBound().Match(written) is { Success: true } one
            ? one.Groups["sign"].ValueSpan[0] == '<' ? (null, Number(one.Groups["bound"]), words) : (Number(one.Groups["bound"]), null, words)
            : (null, null, words);
    }

    /// <summary>A number as a message must write it: with a point, without thousands and without a power of ten.</summary>
    public static bool TryNumber(string written, out decimal number)
    {
        number = 0;
        return Plain().IsMatch(written) && decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static decimal? Number(Group digits) => TryNumber(digits.Value, out var number) ? number : null;

    [GeneratedRegex(@"^\s*(?<low>[+-]?\d+(\.\d+)?)\s*(-|–|to)\s*(?<high>[+-]?\d+(\.\d+)?)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(?<sign><=?|>=?)\s*(?<bound>[+-]?\d+(\.\d+)?)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneBound();

    [GeneratedRegex(@"^[+-]?\d{1,15}(\.\d{1,10})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
