namespace DrAssistant.Data.Notes;

/// <summary>What changed between two texts, word by word, with the blanks between them.</summary>
internal static class WordDifference
{
    /// <summary>More pairs of words than this are not compared one by one: the middle counts as rewritten.</summary>
    private const int MostPairs = 4_000_000;

    /// <summary>Together, what stayed and was added is the newer text; what stayed and was removed the older.</summary>
    public static IReadOnlyList<WordRun> Between(string older, string newer)
    {
        var (before, after) = (Split(older), Split(newer));
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start])
        {
            start++;
        }

        var end = 0;
        while (end < before.Count - start && end < after.Count - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        List<WordRun> runs = [];
        Add(runs, WordChange.Same, before.Take(start));
        Compare(runs, before[start..^end], after[start..^end]);
        Add(runs, WordChange.Same, before.Skip(before.Count - end));
        return runs;
    }

    private static void Compare(List<WordRun> runs, List<string> before, List<string> after)
    {
        if ((long)before.Count * after.Count > MostPairs)
        {
            Add(runs, WordChange.Removed, before);
            Add(runs, WordChange.Added, after);
            return;
        }

        var common = Common(before, after);
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                Add(runs, WordChange.Same, [before[i]]);
                (i, j) = (i + 1, j + 1);
            }
            else if (i < before.Count && (j == after.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                Add(runs, WordChange.Removed, [before[i++]]);
            }
            else
            {
                Add(runs, WordChange.Added, [after[j++]]);
            }
        }
    }

    /// <summary>How many words from here on the two have in common, in order.</summary>
    private static int[,] Common(List<string> before, List<string> after)
    {
        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static void Add(List<WordRun> runs, WordChange change, IEnumerable<string> words)
    {
        var text = string.Concat(words);
        if (text.Length == 0)
        {
            return;
        }

        if (runs is [.., var last] && last.Change == change)
        {
            runs[^1] = last with { Text = last.Text + text };
        }
        else
        {
            runs.Add(new WordRun(change, text));
        }
    }

    /// <summary>Words and blanks in turn.</summary>
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || char.IsWhiteSpace(text[i]) != char.IsWhiteSpace(text[start]))
            {
                parts.Add(text[start..i]);
                start = i;
            }
        }

        return parts;
    }
}
