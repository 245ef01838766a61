using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// What may stand on paper: nothing that turns the direction of what follows, hides letters or prints as a box. What joins letters in Indian scripts stays where it joins.
/// </summary>
internal static partial class PrintText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int FirstIndic = 0x0900;
    private const int LastIndic = 0x0DFF;

    /// <summary>One line.</summary>
    public static string Of(string? text)
    {
        var plain = new StringBuilder();
        var before = default(Rune);
        foreach (var rune in Composed(text).EnumerateRunes())
        {
            if (Kept(rune, before) is { } kept)
            {
                plain.Append(kept);
                before = rune;
            }
        }

        return UnitAlone().Replace(string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)), "\u00A0");
    }

    /// <summary>Several lines, without empty ones.</summary>
    public static IEnumerable<string> Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(Of).Where(line => line.Length > 0);

    /// <summary>As a generic name is printed. The micro sign has a capital that reads as M: 50 µg must not become 50 MG.</summary>
    public static string Capitals(string? name)
        => string.Join(' ', Of(name).Split(' ').Select(word => word.AsSpan().ContainsAny('µ', 'μ') ? word : word.ToUpperInvariant()));

    /// <summary>Number and unit never part at the end of a line.</summary>
    [GeneratedRegex("(?<=[0-9½¼¾]) (?=(mg|g|kg|mL|ml|L|micrograms?|mcg|µg|units?|mmol|mEq|%|°C)\\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitAlone();

    private static string? Kept(Rune rune, Rune before) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        UnicodeCategory.Format => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner && before.Value is >= FirstIndic and <= LastIndic ? rune.ToString() : null,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => null,
        UnicodeCategory.SpaceSeparator => rune.Value is '\u00A0' or '\u202F' ? "\u00A0" : " ",
        _ => rune.ToString(),
    };

    /// <summary>Half a surrogate pair cannot be composed, and is no letter.</summary>
    private static string Composed(string? text)
    {
        var whole = string.Concat((text ?? "").EnumerateRunes().Select(rune => rune == Rune.ReplacementChar ? "" : rune.ToString()));
        return whole.Normalize(NormalizationForm.FormC);
    }
}
