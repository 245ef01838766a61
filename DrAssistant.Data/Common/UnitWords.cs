using System.Text;

namespace DrAssistant.Data.Common;

/// <summary>
/// A UCUM unit as people read it: <c>m[IU]/L</c> is mIU/L, <c>10*3/uL</c> is ×10³/µL. Only what is shown; what is stored
/// and compared stays UCUM. On prescriptions micrograms are written out instead (ISMP).
/// </summary>
public static class UnitWords
{
    private static readonly (string Ucum, string Words)[] Whole =
    [
        ("Cel", "°C"), ("[degF]", "°F"), ("mm[Hg]", "mmHg"), ("[lb_av]", "lb"), ("[in_i]", "in"), ("{score}", ""), ("1", ""), ("[pH]", ""),
    ];

    public static string? Of(string? ucum)
    {
        if (string.IsNullOrEmpty(ucum))
        {
            return ucum;
        }

        foreach (var (code, words) in Whole)
        {
            if (code == ucum)
            {
                return words;
            }
        }

        return Powers(WithoutAnnotations(ucum))
            .Replace("[IU]", "IU", StringComparison.Ordinal)
            .Replace("[HPF]", "HPF", StringComparison.Ordinal)
            .Replace("[LPF]", "LPF", StringComparison.Ordinal)
            .Replace("[GPL'U]", "GPL", StringComparison.Ordinal)
            .Replace("[MPL'U]", "MPL", StringComparison.Ordinal)
            .Replace("(24.h)", "24 h", StringComparison.Ordinal)
            .Replace("mm[Hg]", "mmHg", StringComparison.Ordinal)
            .Replace("ug", "µg", StringComparison.Ordinal)
            .Replace("uL", "µL", StringComparison.Ordinal)
            .Replace("umol", "µmol", StringComparison.Ordinal)
            .Replace("kg/m2", "kg/m²", StringComparison.Ordinal)
            .Replace("1.73.m2", "1.73 m²", StringComparison.Ordinal)
            .Replace("{1.73_m2}", "1.73 m²", StringComparison.Ordinal);
    }

    /// <summary>What stands in braces has no meaning for the value; the exception is the body surface of a clearance.</summary>
    private static string WithoutAnnotations(string ucum)
    {
        var kept = new StringBuilder(ucum.Length);
        for (var at = 0; at < ucum.Length; at++)
        {
            if (ucum[at] != '{')
            {
                kept.Append(ucum[at]);
                continue;
            }

            var end = ucum.IndexOf('}', at);
            if (end < 0)
            {
                return ucum;
            }

            var annotation = ucum[at..(end + 1)];
            kept.Append(annotation is "{1.73_m2}" ? annotation : annotation is "{INR}" or "{ratio}" or "{titer}" ? "" : $" {annotation[1..^1]}");
            at = end;
        }

        return kept.ToString();
    }

    private static string Powers(string ucum)
        => ucum.StartsWith("10*", StringComparison.Ordinal) && ucum.Length > 3 && char.IsAsciiDigit(ucum[3])
            ? $"×10{"⁰¹²³⁴⁵⁶⁷⁸⁹"[ucum[3] - '0']}{ucum[4..]}"
            : ucum;
}
