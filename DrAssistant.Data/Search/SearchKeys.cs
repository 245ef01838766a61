using System.Buffers.Text;
using System.Collections.Concurrent;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Search;

/// <summary>What stands in the index for a word stem: a keyed hash, so that an index that is stolen tells nobody what is in a note.</summary>
internal sealed class SearchKeys(BlindIndex index)
{
    /// <summary>72 bits: among all words of a language no two meet.</summary>
    private const int Length = 9;
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    public string Of(string stem)
    {
        if (_kept.TryGetValue(stem, out var known))
        {
            return known;
        }

        var key = Base64Url.EncodeToString(index.Of(BlindIndexPurpose.SearchTerm, stem).AsSpan(0, Length));
        if (_kept.Count < MostKept)
        {
            _kept.TryAdd(stem, key);
        }

        return key;
    }
}
