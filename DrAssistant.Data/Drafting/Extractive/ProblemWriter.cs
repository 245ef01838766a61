using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Hears which problem the doctor turns to: "for your second problem, your diabetes".</summary>
internal static class ProblemWriter
{
    private const int LongestName = 7;

    private static readonly string[] Openings =
    [
        "for your", "for the", "for my", "in terms of your", "as far as your", "from a", "regarding your", "with regards to your", "with regard to your", "as for your", "in regards to your", "when it comes to your", "your first problem", "your second problem", "your third problem", "your next problem", "your last problem", "number 1", "number 2", "number 3", "first problem", "problem number", "the first problem", "in terms of the",
    ];

    private static readonly HashSet<string> Ordinals = new(StringComparer.Ordinal)
    {
        "first", "second", "third", "fourth", "fifth", "next", "last", "final", "problem", "problems", "issue", "diagnosis", "of", "your", "the", "is", "for", ",", "1", "2", "3", "4", "other", "here", "and", "number", "would", "be", "concern", "then", "assessment", "plan", "are", "standpoint", "that", "it",
    };

    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "i", "we", "you", "it", "he", "she", "they", "let", "so", "that", "this", "is", "are", "was", "what", "how", "there", "okay", "standpoint", "go", "um", "has", "have", "since", "because", "which", "looks", "seems", "your", "my", "now", "again", "on", "continue", "as", "does", "do", "well", "will", "can", "would", "all", "these",
    };

    public static (string Problem, int After)? Named(List<Word> words)
    {
        var opening = Phrase.Longest(words, Openings);
        if (opening == 0)
        {
            return null;
        }

        var from = opening;
        while (from < words.Count && Ordinals.Contains(words[from].Text))
        {
            from++;
        }

        var to = from;
        while (to < words.Count && !words[to].IsMark && !Ends.Contains(words[to].Text))
        {
            to++;
        }

        if (to == from || to - from > LongestName)
        {
            return null;
        }

        var terms = Lexicon.Instance.Find(words.GetRange(from, to - from));
        if (!terms.Any(t => t.Kind is "condition" or "symptom"))
        {
            return null;
        }

        var rest = to;
        while (rest < words.Count && words[rest].Text is "," or "." or "standpoint" or "so")
        {
            rest++;
        }

        return (Writing.Capital(Writing.Plain(string.Join(' ', words.GetRange(from, to - from).Select(w => w.Text)))), rest);
    }
}
