using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>Whether a symptom, a condition or a finding is said to be there or not to be.</summary>
internal static class Polarity
{
    private const int Reach = 12;

    private static readonly HashSet<string> No = new(StringComparer.Ordinal) { "no", "not", "never", "without", "denies", "denied", "deny", "none", "nor", "neither", "negative", "absent", "free", "nothing", "cannot", "non" };

    private static readonly HashSet<string> Turns = new(StringComparer.Ordinal) { "but", ".", ";", "?", "however", "except", "although", "reports", "endorses", "positive", "though", "because" };

    /// <summary>For each term what is said of it: true where it is said to be there.</summary>
    public static Dictionary<string, HashSet<bool>> Of(IReadOnlyList<Word> words)
    {
        var said = new Dictionary<string, HashSet<bool>>(StringComparer.Ordinal);
        foreach (var term in Lexicon.Instance.Find(words).Where(t => t.Kind is "symptom" or "condition" or "exam" && t.Part != "General"))
        {
            var name = Synonyms.Of(term.Text);
            if (!said.TryGetValue(name, out var states))
            {
                said[name] = states = [];
            }

            states.Add(!IsDenied(words, term.At));
        }

        return said;
    }

    private static bool IsDenied(IReadOnlyList<Word> words, int at)
    {
        for (var i = at - 1; i >= Math.Max(0, at - Reach); i--)
        {
            if (Turns.Contains(words[i].Text))
            {
                return false;
            }

            if (No.Contains(words[i].Text))
            {
                return true;
            }
        }

        return false;
    }
}
