using DrAssistant.Data.Stores.Search;
using Npgsql;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>Whether the index has what the stores have: counts both sides, and compares some documents of each.</summary>
internal sealed class SearchCheck(ISearchIndex index, SearchBuilds builds, SearchIndexer indexer)
{
    private const int Sample = 50;

    /// <summary>Nothing where there is no index yet.</summary>
    public async Task<IReadOnlyList<SearchCheckLine>> RunAsync(CancellationToken cancellation)
    {
        if (await builds.LiveAsync(cancellation) is not { } live)
        {
            return [];
        }

        var lines = new List<SearchCheckLine>();
        foreach (var kind in Enum.GetValues<SearchKind>())
        {
            lines.Add(await LineAsync(live.Generation, kind, cancellation));
        }

        return lines;
    }

    private async Task<SearchCheckLine> LineAsync(int generation, SearchKind kind, CancellationToken cancellation)
    {
        var source = indexer.SourceOf(kind);
        var kept = (await source.PageAsync(after: null, Sample, cancellation)).Select(place => place.Id);
        Guid[] ids = [.. (await index.SampleAsync(generation, kind, Sample, cancellation)).Union(kept)];
        var (documents, unreadable) = await ReadAsync(kind, ids, cancellation);
        var differing = await index.DifferingAsync(generation, documents, cancellation);
        return new SearchCheckLine(
            kind, await source.CountAsync(cancellation), await index.CountAsync(generation, kind, cancellation), documents.Count + unreadable, differing.Count + unreadable);
    }

    /// <summary>What cannot be read cannot be compared either, and is not right.</summary>
    private async Task<(List<IndexedDocument> Documents, int Unreadable)> ReadAsync(SearchKind kind, Guid[] ids, CancellationToken cancellation)
    {
        try
        {
            return ([.. (await indexer.ReadAsync(kind, ids, cancellation)).Where(d => !d.IsGone)], 0);
        }
        catch (Exception poison) when (poison is not OperationCanceledException && ids.Length > 1)
        {
            var one = new List<(List<IndexedDocument> Documents, int Unreadable)>();
            foreach (var id in ids)
            {
                one.Add(await ReadAsync(kind, [id], cancellation));
            }

            return ([.. one.SelectMany(o => o.Documents)], one.Sum(o => o.Unreadable));
        }
        catch (Exception poison) when (poison is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            return ([], 1);
        }
    }
}
