using System.Collections.Frozen;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Search;

/// <summary>What is meant by HTN, and what else people write for a heart attack. Asked when a question is read: the index holds what was written.</summary>
internal sealed class MedicalSynonyms
{
    private readonly FrozenDictionary<string, string[][]> _groups;

    public MedicalSynonyms()
        : this(ReferenceFile.SearchSynonyms.Read(row => row.Several("words")!))
    {
    }

    internal MedicalSynonyms(IEnumerable<IReadOnlyList<string>> groups)
    {
        var rows = groups.Select(group => group.Select(words => SearchText.WordsOf(words).Select(w => w.Word).ToArray()).ToArray()).ToList();
        _groups = rows.SelectMany(group => group.Select(words => (Key: Key(words), Group: group)))
            .GroupBy(g => g.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.SelectMany(x => x.Group).DistinctBy(Key).ToArray(), StringComparer.Ordinal);
        Longest = rows.SelectMany(group => group).Max(words => words.Length);
    }

    /// <summary>How many words the longest of them has.</summary>
    public int Longest { get; }

    /// <summary>All that means the same, these words among it; null where nothing else is known for them.</summary>
    public IReadOnlyList<string[]>? Of(IEnumerable<string> words) => _groups.GetValueOrDefault(Key(words));

    private static string Key(IEnumerable<string> words) => string.Join(' ', words);
}
