using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Common;

/// <summary>What people type, fit to be kept and asked for: PostgreSQL refuses a NUL and half a surrogate pair.</summary>
internal static class PlainText
{
    private const int Longest = 4_000;

    /// <summary>Without control characters and without blanks around it, and cut to <paramref name="longest"/> UTF-16 units.</summary>
    public static string Of(string? typed, int longest = Longest)
    {
        var plain = new StringBuilder();
        foreach (var rune in (typed ?? "").AsSpan().Trim().EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            // A line break ends up as a blank: what is asked for here is one line.
            plain.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control ? " " : rune.ToString());
        }

        return plain.ToString().Trim();
    }
}
