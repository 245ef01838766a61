using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>The pieces that a typed line is made of.</summary>
internal abstract record SigWord
{
    /// <summary>A number, a unit, or both.</summary>
    /// <param name="Amount">Null where only the unit was written: tab 1.</param>
    /// <param name="Unit">Null where only the number was.</param>
    public sealed record Dose(decimal? Amount, DoseUnit? Unit) : SigWord;

    public sealed record Pattern(IReadOnlyList<decimal> Parts) : SigWord;

    public sealed record Phrase(SigPhrase Of) : SigWord;

    public sealed record Times(int ADay) : SigWord;

    public sealed record Most(int ADay) : SigWord;

    public sealed record Duration(SigDuration Of) : SigWord;

    public sealed record Route(string Of) : SigWord;

    public sealed record Site(string Of) : SigWord;

    /// <summary>What means nothing here and nothing wrong: take, and, for.</summary>
    public sealed record Filler : SigWord;

    public sealed record Unknown(string Text) : SigWord;
}

/// <summary>Takes a typed line apart.</summary>
internal static partial class SigWords
{
    private static readonly Dictionary<string, DoseUnit> Units = new(StringComparer.Ordinal)
    {
        ["tab"] = DoseUnit.Tablet, ["tabs"] = DoseUnit.Tablet, ["tablet"] = DoseUnit.Tablet, ["tablets"] = DoseUnit.Tablet,
        ["cap"] = DoseUnit.Capsule, ["caps"] = DoseUnit.Capsule, ["capsule"] = DoseUnit.Capsule, ["capsules"] = DoseUnit.Capsule,
        ["ml"] = DoseUnit.Millilitre, ["mls"] = DoseUnit.Millilitre, ["cc"] = DoseUnit.Millilitre,
        ["drop"] = DoseUnit.Drop, ["drops"] = DoseUnit.Drop, ["gtt"] = DoseUnit.Drop,
        ["puff"] = DoseUnit.Puff, ["puffs"] = DoseUnit.Puff, ["inhalation"] = DoseUnit.Puff, ["inhalations"] = DoseUnit.Puff,
        ["spray"] = DoseUnit.Spray, ["sprays"] = DoseUnit.Spray, ["sachet"] = DoseUnit.Sachet, ["sachets"] = DoseUnit.Sachet,
        ["lozenge"] = DoseUnit.Lozenge, ["lozenges"] = DoseUnit.Lozenge, ["suppository"] = DoseUnit.Suppository, ["suppositories"] = DoseUnit.Suppository,
        ["pessary"] = DoseUnit.Pessary, ["pessaries"] = DoseUnit.Pessary, ["patch"] = DoseUnit.Patch, ["patches"] = DoseUnit.Patch,
        ["application"] = DoseUnit.Application, ["applications"] = DoseUnit.Application,
        ["inj"] = DoseUnit.Injection, ["injection"] = DoseUnit.Injection, ["injections"] = DoseUnit.Injection, ["vial"] = DoseUnit.Injection, ["amp"] = DoseUnit.Injection, ["ampoule"] = DoseUnit.Injection,
        ["mg"] = DoseUnit.Milligram, ["mcg"] = DoseUnit.Microgram, ["ug"] = DoseUnit.Microgram, ["microgram"] = DoseUnit.Microgram, ["micrograms"] = DoseUnit.Microgram,
        ["g"] = DoseUnit.Gram, ["gm"] = DoseUnit.Gram, ["gram"] = DoseUnit.Gram, ["grams"] = DoseUnit.Gram,
        ["unit"] = DoseUnit.Units, ["units"] = DoseUnit.Units, ["iu"] = DoseUnit.Units, ["u"] = DoseUnit.Units,
    };

    private static readonly Dictionary<string, string> Routes = new(StringComparer.Ordinal)
    {
        ["po"] = "oral", ["oral"] = "oral", ["orally"] = "oral", ["by mouth"] = "oral", ["im"] = "intramuscular", ["i/m"] = "intramuscular", ["iv"] = "intravenous", ["i/v"] = "intravenous",
        ["sc"] = "subcutaneous", ["s/c"] = "subcutaneous", ["subcut"] = "subcutaneous", ["pr"] = "rectal", ["rectal"] = "rectal", ["pv"] = "vaginal", ["vaginal"] = "vaginal",
        ["topical"] = "topical", ["inhaled"] = "inhaled", ["inhale"] = "inhaled", ["nasal"] = "nasal",
    };

    private static readonly HashSet<string> Sites = new(StringComparer.Ordinal)
    {
        "right eye", "left eye", "both eyes", "each eye", "right ear", "left ear", "both ears", "each ear", "right nostril", "left nostril", "each nostril", "both nostrils",
    };

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal) { "take", "give", "apply", "use", "instil", "and", "for", "x", "of", "in", "into", "the", "at", "a", "to" };

    private const int LongestPhrase = 6;

    public static List<SigWord> Of(string text)
    {
        var words = new List<SigWord>();
        var (rest, passed) = (text, "");
        while ((rest = rest.TrimStart(' ', '(', ')', '.', ':')).Length > 0)
        {
            var (word, length) = First(rest);
            if (word is not SigWord.Filler)
            {
                words.Add(word is SigWord.Unknown unknown ? new SigWord.Unknown(passed + unknown.Text) : word);
            }

            passed = word is SigWord.Filler ? $"{passed}{rest[..length]} " : "";
            rest = rest[length..];
        }

        return words;
    }

    /// <summary>Numbers are parts of what follows them, and some phrases begin with one: 8 hourly.</summary>
    private static (SigWord Word, int Length) First(string text)
        => (char.IsAsciiDigit(text[0]) ? Worded(text) : null) ?? Numbered(text) ?? Worded(text) ?? (new SigWord.Unknown(Plain().Match(text).Value), Plain().Match(text).Length);

    private static (SigWord, int)? Numbered(string text)
    {
        if (PatternShape().Match(text) is { Success: true } pattern)
        {
            var parts = pattern.Value.Split('-').Select(p => Number(p)).ToList();
            return parts.TrueForAll(p => p is not null) ? (new SigWord.Pattern([.. parts.Select(p => p!.Value)]), pattern.Length) : null;
        }

        if (MostShape().Match(text) is { Success: true } most)
        {
            return (new SigWord.Most(Int(most)), most.Length);
        }

        if (TimesShape().Match(text) is { Success: true } times)
        {
            return (new SigWord.Times(Int(times)), times.Length);
        }

        if (DurationShape().Match(text) is { Success: true } length)
        {
            return (new SigWord.Duration(new SigDuration(Int(length), UnitOf(length))), length.Length);
        }

        return DoseOf(text);
    }

    private static (SigWord, int)? DoseOf(string text)
    {
        var dose = DoseShape().Match(text);
        if (!dose.Success || Number(dose.Groups["n"].Value) is not { } amount)
        {
            return null;
        }

        var unit = dose.Groups["u"].Value;
        return unit.Length == 0 || Units.ContainsKey(unit)
            ? (new SigWord.Dose(amount, unit.Length == 0 ? null : Units[unit]), dose.Length)
            : unit is "tsp" or "teaspoon" or "teaspoons" ? (new SigWord.Dose(amount * 5, DoseUnit.Millilitre), dose.Length)
            : (new SigWord.Dose(amount, null), dose.Groups["n"].Length);
    }

    /// <summary>The longest phrase that is known.</summary>
    private static (SigWord, int)? Worded(string text)
    {
        var ends = WordEnd().Matches(text).Select(m => m.Index).Where(i => i > 0).Take(LongestPhrase).Reverse();
        foreach (var end in ends)
        {
            var phrase = text[..end];
            SigWord? word = SigPhrases.Starter.Meant(phrase) is { } known ? new SigWord.Phrase(known)
                : Routes.TryGetValue(phrase, out var route) ? new SigWord.Route(route)
                : Sites.Contains(phrase) ? new SigWord.Site(phrase)
                : Units.TryGetValue(phrase, out var unit) ? new SigWord.Dose(null, unit)
                : Fillers.Contains(phrase) ? new SigWord.Filler() : null;
            if (word is not null)
            {
                return (word, end);
            }
        }

        return null;
    }

    /// <summary><c>1</c>, <c>0.5</c>, <c>1/2</c>, <c>1 1/2</c>.</summary>
    internal static decimal? Number(string text)
    {
        var parts = text.Split([' ', '+'], StringSplitOptions.RemoveEmptyEntries);
        decimal sum = 0;
        foreach (var part in parts)
        {
            var halves = part.Split('/');
            if (!decimal.TryParse(halves[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || (halves.Length == 2 && (halves[1] is not ("2" or "3" or "4") || number == 0)))
            {
                return null;
            }

            sum += halves.Length == 2 ? number / (halves[1][0] - '0') : number;
        }

        return sum;
    }

    private static int Int(Match match) => int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);

    private static SigDurationUnit UnitOf(Match match) => match.Groups["u"].Value[0] switch
    {
        'w' => SigDurationUnit.Weeks,
        'm' => SigDurationUnit.Months,
        '/' when match.Groups["u"].Value == "/52" => SigDurationUnit.Weeks,
        '/' when match.Groups["u"].Value == "/12" => SigDurationUnit.Months,
        _ => SigDurationUnit.Days,
    };

    [GeneratedRegex(@"^(\d{1,3}(\.\d+)?(/[234])?)(-(\d{1,3}(\.\d+)?(/[234])?)){2,4}(?![\d/.-])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PatternShape();

    [GeneratedRegex(@"^(max|maximum|up to|upto|at most|not more than) *(?<n>\d{1,2})( *(times|tabs?|tablets?|doses?))?( *(/|a|per|in a)? *(day|24 *h(ours)?|daily))?(?![a-z0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MostShape();

    [GeneratedRegex(@"^(?<n>\d{1,2})( *times|x)( *(a|per|/)? *(day|daily))(?![a-z0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimesShape();

    [GeneratedRegex(@"^((x|for) *)?(?<n>\d{1,3})( *(?<u>d|days?|w|wks?|weeks?|mo|mths?|months?)(?![a-z0-9])|(?<u>/7|/52|/12)(?!\d))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationShape();

    [GeneratedRegex(@"^(?<n>\d+( \d/[234]|(\.\d+)?(/[234])?|\.\d+)|\.\d+)(?![\d./]) *(?<u>[a-z]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DoseShape();

    [GeneratedRegex(@"$|(?=[ ().:])", RegexOptions.None, 1000)]
    private static partial Regex WordEnd();

    [GeneratedRegex("^[^ ]+", RegexOptions.None, 1000)]
    private static partial Regex Plain();
}
