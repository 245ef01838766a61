namespace DrAssistant.Data.Common;

/// <summary>What was typed for something that has names, and how well a name fits it.</summary>
internal sealed class AskedName
{
    private const int ShortestToGuess = 4;

    private readonly string _whole;
    private readonly string _folded;
    private readonly string[] _foldedWords;

    private AskedName(string[] words)
    {
        Words = words;
        _whole = string.Concat(words);
        _folded = SpokenName.Fold(_whole);
        _foldedWords = [.. words.Select(SpokenName.Fold)];
    }

    public IReadOnlyList<string> Words { get; }

    public static AskedName Of(string? typed) => new(SpokenName.WordsOf(typed ?? ""));

    /// <summary>Null where it does not fit, even misspelt.</summary>
    public Meeting? Meet(SpokenName name) => MeetAsTyped(name) ?? Guess(name);

    /// <summary>Null where it does not fit as it was typed or as one hears it.</summary>
    public Meeting? MeetAsTyped(SpokenName name)
    {
        if (name.Whole == _whole)
        {
            return Meeting.Exact;
        }

        if (name.Whole.StartsWith(_whole, StringComparison.Ordinal))
        {
            return new Meeting(1, 0, Misspelt: false);
        }

        if (EachBegins(Words, name.Words))
        {
            return new Meeting(2, 0, Misspelt: false);
        }

        if (_folded.Length > 2 && name.Folded.StartsWith(_folded, StringComparison.Ordinal))
        {
            return new Meeting(3, Math.Abs(name.Folded.Length - _folded.Length), Misspelt: true);
        }

        return _folded.Length > 2 && EachBegins(_foldedWords, name.FoldedWords) ? new Meeting(4, 0, Misspelt: true) : null;
    }

    private static bool EachBegins(IEnumerable<string> typed, string[] words) => typed.All(t => Array.Exists(words, w => w.StartsWith(t, StringComparison.Ordinal)));

    /// <summary>A letter wrong in four, two at most in ten, counted on the beginning of the name as long as what was typed.</summary>
    private Meeting? Guess(SpokenName name)
    {
        if (_folded.Length < ShortestToGuess || name.Folded.Length == 0 || name.Folded[0] != _folded[0])
        {
            return null;
        }

        var allowed = _folded.Length switch { < 6 => 1, < 10 => 2, _ => 3 };
        var distance = Edits.ToBeginning(_folded, name.Folded, allowed);
        return distance <= allowed ? new Meeting(5, distance, Misspelt: true) : null;
    }
}

/// <summary>How many letters must be changed, added, left out or exchanged with their neighbour.</summary>
internal static class Edits
{
    /// <summary>To make <paramref name="typed"/> the beginning of <paramref name="name"/>; one more than <paramref name="most"/> where it is more.</summary>
    public static int ToBeginning(string typed, string name, int most)
    {
        var width = Math.Min(name.Length, typed.Length + most);
        Span<int> before = stackalloc int[width + 1];
        Span<int> last = stackalloc int[width + 1];
        Span<int> row = stackalloc int[width + 1];
        for (var j = 0; j <= width; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= width; j++)
            {
                var same = typed[i - 1] == name[j - 1];
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == name[j - 2] && typed[i - 2] == name[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least > most)
            {
                return most + 1;
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        var best = most + 1;
        foreach (var end in last)
        {
            best = Math.Min(best, end);
        }

        return best;
    }
}

/// <summary>How well a name fits; less is better.</summary>
internal readonly record struct Meeting(int Rank, int Distance, bool Misspelt)
{
    public static readonly Meeting Exact = new(0, 0, Misspelt: false);
}
