using System.Text.RegularExpressions;

namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>What was typed for a diagnosis: words in any order, or the beginning of a code.</summary>
internal sealed partial class DiagnosisQuestion
{
    private const int MostWords = 8;
    private const int LongestWord = 40;

    private DiagnosisQuestion(string text, IReadOnlyList<string> words, string? codeStart)
        => (Text, Words, CodeStart) = (text, words, codeStart);

    /// <summary>As typed, in small letters and with single blanks.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Words { get; }

    /// <summary>The beginning of a code without its point, where it can be one: <c>e11</c> and <c>E11.9</c> are, <c>dm2</c> is not.</summary>
    public string? CodeStart { get; }

    /// <summary>For PostgreSQL: every word has to be there, each as the beginning of one. Letters and digits only, so nothing can be an operator.</summary>
    public string Query => string.Join(" & ", Words.Select(word => $"{word}:*"));

    public static DiagnosisQuestion Of(string? typed)
    {
        var text = (typed ?? "").Trim().ToLowerInvariant();
        var words = NoLetter().Split(text).Where(w => w.Length > 0).Take(MostWords).Select(w => w.Length <= LongestWord ? w : w[..LongestWord]).Distinct().ToList();
        return new DiagnosisQuestion(string.Join(' ', words), words, Code().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant() : null);
    }

    /// <summary>Under which other name a hit was met; null when its title says it, or its code does.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="others">What else it is called.</param>
    public string? FoundAs(string title, IEnumerable<string> others)
    {
        var inTitle = Met(title);
        return CodeStart is not null || inTitle == Words.Count
            ? null
            : others.Select(name => (Name: name, Met: Met(name))).Where(o => o.Met > 0).OrderByDescending(o => o.Met).Select(o => o.Name).FirstOrDefault();
    }

    private int Met(string name)
    {
        var there = NoLetter().Split(name.ToLowerInvariant());
        return Words.Count(word => there.Any(w => w.StartsWith(word, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoLetter();

    [GeneratedRegex(@"^[a-z][0-9]([0-9a-z](\.?[0-9]{0,2})?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
