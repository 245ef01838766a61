using System.Text.RegularExpressions;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>What was typed in one go: <c>ambroxol 30 1-0-1 pc 5d</c> is a name, a strength and how it is taken.</summary>
/// <param name="Name">To look for.</param>
/// <param name="Strength">As typed, such as 30 or 500mg.</param>
/// <param name="Directions">Everything behind them; the server reads it.</param>
internal sealed partial record TypedMedicine(string Name, string? Strength, string? Directions)
{
    public static TypedMedicine Of(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = 1;
        while (name < words.Length && IsOfAName(words[name]))
        {
            name++;
        }

        var strength = StrengthLength(words, name);
        return new TypedMedicine(
            string.Join(' ', words.Take(name)),
            strength == 0 ? null : string.Join(' ', words.Skip(name).Take(strength)),
            words.Length > name + strength ? string.Join(' ', words.Skip(name + strength)) : null);
    }

    /// <summary>The one strength of <paramref name="medicine"/> that was typed, or the only one that there is; null where somebody has to choose.</summary>
    public string? StrengthOf(Medicine medicine)
    {
        if (Strength is null)
        {
            return medicine.Strengths is [var only] ? only : null;
        }

        var typed = Plain(Strength);
        var fitting = medicine.Strengths.Where(s => Plain(s) == typed || (Number().IsMatch(typed) && Plain(s).StartsWith(typed, StringComparison.Ordinal) && !char.IsAsciiDigit(Plain(s)[typed.Length]))).ToList();
        return fitting is [var one] ? one : null;
    }

    /// <summary>
    /// The form that goes with <paramref name="strength"/>: what is measured in mL is a liquid, anything else a tablet before a capsule. Null where that leaves a choice.
    /// </summary>
    public static string? FormOf(Medicine medicine, string? strength)
    {
        if (medicine.Forms is [var only])
        {
            return only;
        }

        if (strength is null)
        {
            return null;
        }

        var measured = Measured().IsMatch(strength);
        var fitting = medicine.Forms.Where(f => Solid().IsMatch(f) != measured).ToList();
        return fitting.Find(f => f == "tablet") ?? fitting.Find(f => f == "capsule") ?? (fitting is [var one] ? one : null);
    }

    /// <summary>How it is taken, of <paramref name="form"/>: <c>tds 5d</c> of a tablet is one each time, as every pharmacist reads it; of a liquid the amount has to be said.</summary>
    public string? DirectionsFor(string? form)
        => Directions is { } said && form is not null && Solid().IsMatch(form) && Often().IsMatch(said) ? $"1 {said}" : Directions;

    private static bool IsOfAName(string word) => (char.IsLetter(word[0]) && !Directing().IsMatch(word)) || word is "+" or "&";

    /// <summary>How many words the strength takes: <c>500</c>, <c>500mg</c>, <c>500 mg</c>. A number with what is taken behind it is a dose: <c>2 tab</c>.</summary>
    private static int StrengthLength(string[] words, int at)
    {
        if (at >= words.Length || !Amount().IsMatch(words[at]))
        {
            return 0;
        }

        var next = at + 1 < words.Length ? words[at + 1] : "";
        return !Number().IsMatch(words[at]) ? 1 : Unit().IsMatch(next) ? 2 : Taken().IsMatch(next) ? 0 : 1;
    }

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    [GeneratedRegex(@"^(od|bd|bid|tds|tid|qid|qds|hs|sos|prn|stat|om|on|ac|pc|q\d+h|daily|weekly|monthly|once|twice|thrice|every|alternate|x\d*|for|tab|tabs|cap|caps|puffs?|drops?)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Directing();

    [GeneratedRegex(@"^(od|bd|bid|tds|tid|qid|qds|hs|sos|prn|stat|om|on|q\d+h|daily|weekly|once|twice|thrice)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Often();

    [GeneratedRegex(@"^\d+(\.\d+)?(mg|mcg|g|ml|%|iu|units?)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^\d+(\.\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(mg|mcg|micrograms?|g|%|iu|units?)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(ml|tabs?|tablets?|caps?|capsules?|puffs?|drops?|tsp|teaspoons?|sachets?|sprays?|x)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Taken();

    [GeneratedRegex(@"\bmL\b|%|\bper\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Measured();

    [GeneratedRegex(@"tablet|capsule", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Solid();
}
