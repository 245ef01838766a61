using System.Text.RegularExpressions;

namespace DrAssistant.Bench.Drafting;

/// <summary>
/// ROUGE as the papers on drafting notes report it: F1 over small letters and digits, without stemming. Lsum takes a line for a sentence and unites,
/// for each line of the reference, what its longest common subsequences with all lines of the draft cover (Lin 2004, section 3).
/// </summary>
internal static partial class Rouge
{
    public static IReadOnlyList<string> Tokens(string text) => [.. Token().Matches(text.ToLowerInvariant()).Select(m => m.Value)];

    /// <summary>ROUGE-N.</summary>
    public static double N(string draft, string reference, int n)
    {
        var (ours, theirs) = (Grams(Tokens(draft), n), Grams(Tokens(reference), n));
        var hits = ours.Sum(gram => Math.Min(gram.Value, theirs.GetValueOrDefault(gram.Key)));
        return F1(hits, ours.Values.Sum(), theirs.Values.Sum());
    }

    /// <summary>ROUGE-Lsum.</summary>
    public static double Lsum(string draft, string reference)
    {
        var (ours, theirs) = (Lines(draft), Lines(reference));
        var (left, wanted) = (Grams(ours.SelectMany(l => l), 1), Grams(theirs.SelectMany(l => l), 1));
        var hits = 0;
        foreach (var line in theirs)
        {
            var covered = new SortedSet<int>();
            foreach (var candidate in ours)
            {
                covered.UnionWith(CommonIn(line, candidate));
            }

            foreach (var word in covered.Select(at => line[at]).Where(w => left.GetValueOrDefault(w) > 0 && wanted[w] > 0))
            {
                left[word]--;
                wanted[word]--;
                hits++;
            }
        }

        return F1(hits, ours.Sum(l => l.Count), theirs.Sum(l => l.Count));
    }

    /// <summary>Which words of the reference's line a longest common subsequence covers.</summary>
    private static List<int> CommonIn(IReadOnlyList<string> reference, IReadOnlyList<string> draft)
    {
        var longest = new int[reference.Count + 1, draft.Count + 1];
        for (var i = 1; i <= reference.Count; i++)
        {
            for (var j = 1; j <= draft.Count; j++)
            {
                longest[i, j] = reference[i - 1] == draft[j - 1] ? longest[i - 1, j - 1] + 1 : Math.Max(longest[i - 1, j], longest[i, j - 1]);
            }
        }

        var common = new List<int>();
        var (row, column) = (reference.Count, draft.Count);
        while (row > 0 && column > 0)
        {
            if (reference[row - 1] == draft[column - 1])
            {
                common.Add(--row);
                column--;
            }
            else if (longest[row - 1, column] >= longest[row, column - 1])
            {
                row--;
            }
            else
            {
                column--;
            }
        }

        return common;
    }

    private static List<IReadOnlyList<string>> Lines(string text) => [.. text.Split('\n').Select(Tokens).Where(line => line.Count > 0)];

    private static Dictionary<string, int> Grams(IEnumerable<string> tokens, int n)
    {
        var list = tokens as IReadOnlyList<string> ?? [.. tokens];
        return Enumerable.Range(0, Math.Max(0, list.Count - n + 1)).Select(at => string.Join(' ', list.Skip(at).Take(n)))
            .GroupBy(gram => gram, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }

    private static double F1(double hits, double ours, double theirs) => hits == 0 ? 0 : 2 * hits / (ours + theirs);

    [GeneratedRegex("[a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
