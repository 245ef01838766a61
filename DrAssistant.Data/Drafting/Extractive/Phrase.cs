using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Finding words that stand together.</summary>
internal static class Phrase
{
    public static int Find(IReadOnlyList<Word> words, string phrase, int from = 0)
    {
        var parts = phrase.Split(' ');
        for (var at = from; at + parts.Length <= words.Count; at++)
        {
            if (Stands(words, at, parts))
            {
                return at;
            }
        }

        return -1;
    }

    public static bool Begins(IReadOnlyList<Word> words, string phrase, int at = 0)
    {
        var parts = phrase.Split(' ');
        return at >= 0 && at + parts.Length <= words.Count && Stands(words, at, parts);
    }

    /// <summary>The longest of the phrases with which the words begin, in words; 0 when none does.</summary>
    public static int Longest(IReadOnlyList<Word> words, IEnumerable<string> phrases, int at = 0)
        => phrases.Where(p => Begins(words, p, at)).Select(p => p.Split(' ').Length).DefaultIfEmpty(0).Max();

    private static bool Stands(IReadOnlyList<Word> words, int at, string[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (words[at + i].Text != parts[i])
            {
                return false;
            }
        }

        return true;
    }
}
