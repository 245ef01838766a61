using System.Collections.Frozen;
using System.Globalization;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>
/// A unit in UCUM as laboratories use it: what it measures, and how much of the base of that it is. What UCUM calls arbitrary
/// (<c>[IU]</c>, <c>U</c>) measures only itself here, and so does a count: a general converter takes 5 mmol/L for 3 × 10²¹ cells a litre,
/// because a mole is a number to it.
/// </summary>
internal sealed class UcumUnit
{
    private static readonly FrozenDictionary<string, (string Of, decimal Factor, bool TakesPrefix)> Atoms = new Dictionary<string, (string, decimal, bool)>
    {
        ["g"] = ("g", 1, true),
        ["L"] = ("L", 1, true),
        ["l"] = ("L", 1, true),
        ["mol"] = ("mol", 1, true),
        ["eq"] = ("eq", 1, true),
        ["osm"] = ("osm", 1, true),
        ["m"] = ("m", 1, true),
        ["s"] = ("s", 1, true),
        ["min"] = ("s", 60, false),
        ["h"] = ("s", 3_600, false),
        ["d"] = ("s", 86_400, false),
        ["U"] = ("U", 1, true),
        ["kat"] = ("U", 60_000_000, true), // a katal is a mole a second, a unit a micromole a minute
        ["[IU]"] = ("[IU]", 1, true),
        ["[iU]"] = ("[IU]", 1, true),
        ["Pa"] = ("Pa", 1, true),
        ["m[Hg]"] = ("Pa", 133_322, true),
        ["[pH]"] = ("[pH]", 1, false),
        ["[HPF]"] = ("[HPF]", 1, false),
        ["[LPF]"] = ("[LPF]", 1, false),
        ["[GPL'U]"] = ("[GPL'U]", 1, false),
        ["[MPL'U]"] = ("[MPL'U]", 1, false),
        ["%"] = ("", 0.01m, false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // No mega: "Mg/dL" is somebody's milligram, not a thousand kilograms.
    private static readonly FrozenDictionary<char, decimal> Prefixes = new Dictionary<char, decimal>
    {
        ['k'] = 1_000, ['d'] = 0.1m, ['c'] = 0.01m, ['m'] = 0.001m, ['u'] = 0.000_001m, ['n'] = 0.000_000_001m, ['p'] = 0.000_000_000_001m,
        ['f'] = 0.000_000_000_000_001m,
    }.ToFrozenDictionary();

    private readonly SortedDictionary<string, int> _measures = new(StringComparer.Ordinal);

    private UcumUnit()
    {
    }

    /// <summary>What it is of the base: above and below the line apart, so that nothing is rounded on the way.</summary>
    public decimal Numerator { get; private set; } = 1;

    public decimal Denominator { get; private set; } = 1;

    /// <summary>What it measures, such as <c>L^-1 g^1</c>; empty for a bare number.</summary>
    public IReadOnlyDictionary<string, int> Measures => _measures;

    /// <summary>The unit, or null where the text is no UCUM that is known here.</summary>
    public static UcumUnit? Parse(string ucum)
    {
        var unit = new UcumUnit();
        try
        {
            var at = 0;
            return unit.Term(WithoutAnnotations(ucum), ref at, 1) && at == WithoutAnnotations(ucum).Length ? unit : null;
        }
        catch (OverflowException)
        {
            return null; // no laboratory measures in it
        }
    }

    public bool MeasuresTheSameAs(UcumUnit other) => _measures.SequenceEqual(other._measures);

    /// <summary>The same unit where so much of one base stands for another: a mole of glucose for 180 g.</summary>
    public UcumUnit With(string of, string becomes, decimal factor)
    {
        var unit = new UcumUnit { Numerator = Numerator, Denominator = Denominator };
        foreach (var (measure, power) in _measures)
        {
            unit.Multiply(measure == of ? becomes : measure, measure == of ? factor : 1, power);
        }

        return unit;
    }

    private bool Term(string text, ref int at, int sign)
    {
        var side = sign;
        if (at < text.Length && text[at] == '/')
        {
            side = -sign;
            at++;
        }

        while (Component(text, ref at, side))
        {
            if (at == text.Length || text[at] == ')')
            {
                return true;
            }

            // UCUM reads from left to right: a/b.c is (a/b).c
            if (text[at] is not ('.' or '/'))
            {
                return false;
            }

            side = text[at++] == '/' ? -sign : sign;
        }

        return false;
    }

    private bool Component(string text, ref int at, int side)
    {
        if (at < text.Length && text[at] == '(')
        {
            at++;
            return Term(text, ref at, side) && at < text.Length && text[at++] == ')';
        }

        var end = at;
        while (end < text.Length && text[end] is not ('.' or '/' or ')' or '('))
        {
            end++;
        }

        var part = text[at..end];
        at = end;
        return Number(part, side) || Atom(part, side);
    }

    private bool Number(string part, int side)
    {
        if (part.StartsWith("10*", StringComparison.Ordinal) || part.StartsWith("10^", StringComparison.Ordinal))
        {
            if (!int.TryParse(part.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 15)
            {
                return false;
            }

            Scale(10, power * side);
            return true;
        }

        if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return false;
        }

        Scale(number, side);
        return true;
    }

    private bool Atom(string part, int side)
    {
        if (part.Length == 0)
        {
            return true; // only an annotation stood here, as in {copies}/mL: the number one
        }

        var digits = part.Length;
        while (digits > 0 && (char.IsAsciiDigit(part[digits - 1]) || part[digits - 1] == '-'))
        {
            digits--;
        }

        var power = 1;
        if (digits < part.Length && (!int.TryParse(part.AsSpan(digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power) || Math.Abs(power) > 3))
        {
            return false;
        }

        var name = part[..digits];
        if (Atoms.TryGetValue(name, out var whole))
        {
            Multiply(whole.Of, whole.Factor, power * side);
            return true;
        }

        if (name.Length < 2 || !Prefixes.TryGetValue(name[0], out var prefix) || !Atoms.TryGetValue(name[1..], out var atom) || !atom.TakesPrefix)
        {
            return false;
        }

        Multiply(atom.Of, atom.Factor * prefix, power * side);
        return true;
    }

    private void Multiply(string of, decimal factor, int power)
    {
        Scale(factor, power);
        if (of.Length == 0)
        {
            return;
        }

        var sum = _measures.GetValueOrDefault(of) + power;
        if (sum == 0)
        {
            _measures.Remove(of);
        }
        else
        {
            _measures[of] = sum;
        }
    }

    private void Scale(decimal factor, int power)
    {
        for (var n = 0; n < Math.Abs(power); n++)
        {
            (Numerator, Denominator) = power > 0 ? (Numerator * factor, Denominator) : (Numerator, Denominator * factor);
        }
    }

    private static string WithoutAnnotations(string ucum)
    {
        var kept = ucum;
        while (kept.IndexOf('{', StringComparison.Ordinal) is >= 0 and var from && kept.IndexOf('}', from) is >= 0 and var to)
        {
            kept = kept.Remove(from, to - from + 1);
        }

        return kept;
    }
}
