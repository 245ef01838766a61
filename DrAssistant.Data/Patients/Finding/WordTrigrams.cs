using System.Buffers;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// The words that names are made of, by their runs of three letters. Two words are as much alike as they have runs in common among all that either has, from 0 to 1, two blanks
/// before the word and one behind it: what PostgreSQL's pg_trgm says of them too.
/// </summary>
internal sealed class WordTrigrams
{
    private const float LeastLikeness = 0.3f;

    private readonly IReadOnlyList<NameWord> _words;
    private readonly byte[] _runs;
    private readonly Dictionary<ulong, List<int>> _having = [];

    public WordTrigrams(IReadOnlyList<NameWord> words)
    {
        _words = words;
        _runs = new byte[words.Count];
        for (var number = 0; number < words.Count; number++)
        {
            var runs = RunsOf(words[number].Word);
            _runs[number] = (byte)runs.Count;
            foreach (var run in runs)
            {
                (_having.TryGetValue(run, out var having) ? having : _having[run] = []).Add(number);
            }
        }
    }

    /// <summary>The words that are most like this one, the likest first.</summary>
    /// <param name="word">In the letters of the index: Latin, lower case, at most 60.</param>
    /// <param name="butNot">Beginnings of words that are not wanted.</param>
    /// <param name="most">No more than so many.</param>
    public IReadOnlyList<LikeWord> LikeTo(string word, IReadOnlyList<string> butNot, int most)
    {
        var runs = RunsOf(word);
        var like = new List<LikeWord>();
        foreach (var (number, shared) in Sharing(runs))
        {
            var likeness = shared / (float)(runs.Count + _runs[number] - shared);
            if (likeness >= LeastLikeness && !butNot.Any(start => _words[number].Word.StartsWith(start, StringComparison.Ordinal)))
            {
                like.Add(new LikeWord(_words[number], likeness));
            }
        }

        like.Sort((one, other) => other.Likeness.CompareTo(one.Likeness) is var order and not 0 ? order : string.CompareOrdinal(one.Known.Word, other.Known.Word));
        return like.Count <= most ? like : like.GetRange(0, most);
    }

    private static HashSet<ulong> RunsOf(string word)
    {
        var padded = $"  {word} ";
        var runs = new HashSet<ulong>(padded.Length);
        for (var at = 2; at < padded.Length; at++)
        {
            runs.Add(((ulong)padded[at - 2] << 32) | ((ulong)padded[at - 1] << 16) | padded[at]);
        }

        return runs;
    }

    /// <summary>The words that have one of these runs, and how many.</summary>
    private List<(int Number, byte Shared)> Sharing(HashSet<ulong> runs)
    {
        var shared = ArrayPool<byte>.Shared.Rent(_words.Count);
        shared.AsSpan(0, _words.Count).Clear();
        var numbers = new List<int>();
        foreach (var number in runs.SelectMany(run => _having.GetValueOrDefault(run) ?? []))
        {
            if (shared[number]++ == 0)
            {
                numbers.Add(number);
            }
        }

        var sharing = numbers.ConvertAll(number => (number, shared[number]));
        ArrayPool<byte>.Shared.Return(shared);
        return sharing;
    }
}

/// <summary>A word of names, and whether many have it.</summary>
internal readonly record struct NameWord(string Word, bool IsOften);

/// <summary>A word of names that is written much like another.</summary>
/// <param name="Known">The word.</param>
/// <param name="Likeness">From 0.3 to 1.</param>
internal readonly record struct LikeWord(NameWord Known, float Likeness);
