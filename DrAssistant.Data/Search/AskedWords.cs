namespace DrAssistant.Data.Search;

/// <summary>
/// What somebody typed, taken apart: words that must all be there, "words in quotes" side by side, -words that must not be there,
/// and OR between two of which one is enough. The last word may only be begun.
/// </summary>
internal sealed record AskedWords(IReadOnlyList<AskedDemand> Demands)
{
    private const int MostWords = 24;

    public static AskedWords Of(string text)
    {
        var demands = new List<AskedDemand>();
        var either = false;
        foreach (var part in PartsOf(text))
        {
            if (!part.Quoted && part.Text is "OR" or "|")
            {
                either = demands.Count > 0;
                continue;
            }

            if (part.Words.Count == 0 || demands.Sum(d => d.Phrases.Sum(p => p.Words.Count)) + part.Words.Count > MostWords)
            {
                continue;
            }

            var phrase = new AskedPhrase(part.Words, part.Quoted, part.IsBegun);
            if (either && !part.Not && !demands[^1].Not)
            {
                demands[^1] = demands[^1] with { Phrases = [.. demands[^1].Phrases, phrase] };
            }
            else
            {
                demands.Add(new AskedDemand([phrase], part.Not));
            }

            either = false;
        }

        return new AskedWords(demands);
    }

    /// <summary>What stands between blanks, or between quotation marks.</summary>
    private static IEnumerable<Part> PartsOf(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var not = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
            at += not ? 1 : 0;
            var quoted = text[at] is '"' or '“' or '”';
            at += quoted ? 1 : 0;
            var end = at;
            while (end < text.Length && !(quoted ? text[end] is '"' or '“' or '”' : char.IsWhiteSpace(text[end])))
            {
                end++;
            }

            yield return new Part(text[at..end], quoted, not, end == text.Length && !quoted);
            at = end + (quoted ? 1 : 0);
        }
    }

    private sealed record Part(string Text, bool Quoted, bool Not, bool IsBegun)
    {
        public List<string> Words { get; } = [.. SearchText.WordsOf(Text).Select(w => w.Word)];
    }
}

/// <summary>One of these phrases, or with <see cref="Not"/> none of them.</summary>
internal sealed record AskedDemand(IReadOnlyList<AskedPhrase> Phrases, bool Not);

/// <summary>One or more words that belong together.</summary>
/// <param name="Words">Side by side.</param>
/// <param name="IsQuoted">As it stands: nothing else that means the same.</param>
/// <param name="IsBegun">The last word may go on.</param>
internal sealed record AskedPhrase(IReadOnlyList<string> Words, bool IsQuoted, bool IsBegun);
