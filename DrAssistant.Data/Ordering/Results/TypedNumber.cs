using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A number as somebody typed it or a laboratory sent it: <c>6.3</c>, <c>&lt;0.5</c>, a titre as <c>1:80</c>. A comma is never guessed.</summary>
internal static partial class TypedNumber
{
    private const int LongestNumber = 20;

    /// <summary>The number, or a question in <paramref name="question"/>.</summary>
    public static (string? Comparator, decimal Number)? Read(string typed, out string? question)
    {
        var text = typed.Trim().Replace('−', '-').Replace("≤", "<=", StringComparison.Ordinal).Replace("≥", ">=", StringComparison.Ordinal);
        question = null;
        if (text.Contains(',', StringComparison.Ordinal))
        {
            question = Comma(text);
            return null;
        }

        var match = Number().Match(text);
        if (text.Length > LongestNumber || !match.Success
            || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            question = "Write a number, such as 7.2 or <0.5.";
            return null;
        }

        return (match.Groups["comparator"].Value is { Length: > 0 } comparator ? comparator : null, number);
    }

    /// <summary>1,200 is twelve hundred here and one point two elsewhere; the person who reads the paper knows.</summary>
    private static string Comma(string text)
    {
        var sign = Number().Match(text.Replace(",", "", StringComparison.Ordinal)).Groups["comparator"].Value;
        var bare = text[sign.Length..].Trim();
        if (OneGroup().IsMatch(bare))
        {
            var parts = bare.Split(',');
            var point = parts[1].TrimEnd('0') is { Length: > 0 } rest ? $".{rest}" : "";
            return $"Write {sign}{parts[0]}{parts[1]} or {sign}{parts[0]}{point}: a comma can mean either.";
        }

        return Groups().IsMatch(bare)
            ? $"Write {sign}{bare.Replace(",", "", StringComparison.Ordinal)} without commas."
            : OneComma().IsMatch(bare) ? $"Write {sign}{bare.Replace(',', '.')} with a point, if that is meant."
            : "Write the number with a point and without commas.";
    }

    [GeneratedRegex(@"^(?<comparator><=|>=|<|>)?\s*(1:)?(?<number>-?\d+(\.\d+)?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^-?\d{1,3},\d{3}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneGroup();

    [GeneratedRegex(@"^-?\d{1,3}(,\d{2,3})+(\.\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Groups();

    [GeneratedRegex(@"^-?\d+,\d+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneComma();
}
