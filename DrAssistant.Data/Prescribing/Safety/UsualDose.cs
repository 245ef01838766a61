using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>The smallest and the largest amount that the formulary's reminder of the usual dose names, in milligrams.</summary>
internal static partial class UsualDose
{
    private static readonly ConcurrentDictionary<string, (decimal Least, decimal Most)?> Known = new(StringComparer.Ordinal);

    /// <summary>Null where it names none that is one dose: by weight, in units, in words.</summary>
    public static (decimal Least, decimal Most)? Of(string? text) => text is null ? null : Known.GetOrAdd(text, Read);

    private static (decimal, decimal)? Read(string text)
    {
        if (text.Contains("/kg", StringComparison.Ordinal) || text.Contains("/m2", StringComparison.Ordinal) || OfADay().IsMatch(text))
        {
            return null;
        }

        var amounts = Amount().Matches(text).Select(Milligrams).ToList();
        return amounts.Count == 0 ? null : (amounts.Min(), amounts.Max());
    }

    private static decimal Milligrams(Match match)
    {
        var number = decimal.Parse(match.Groups["n"].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return match.Groups["u"].Value switch { "g" => number * 1000, "mg" => number, _ => number / 1000 };
    }

    [GeneratedRegex("(mg|g|micrograms?) a (day|week|month)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfADay();

    [GeneratedRegex(@"(?<n>\d[\d,]*(\.\d+)?) (?<u>mg|g|micrograms?)(?![a-z/])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Amount();
}
