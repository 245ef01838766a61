using DrAssistant.Data.Stores.Search;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// Brings documents into the index as they are now. A message says only what changed, and the version is drawn before the document is
/// read: whatever comes late, twice or out of order ends with the newest text.
/// </summary>
internal sealed class SearchIndexer(
    ISearchIndex index, SearchBuilds builds, IEnumerable<ISearchSource> sources, SearchVocabulary vocabulary, SearchKeys keys)
{
    /// <summary>Between two texts of a document, so that no phrase reaches across.</summary>
    private const int Gap = 10;

    public ISearchSource SourceOf(SearchKind kind) => sources.Single(source => source.Kind == kind);

    /// <summary>Writes these to every index that is kept up to date; also to the others where one fails.</summary>
    /// <exception cref="SearchIndexException">An index did not answer, or would not take one of them.</exception>
    public async Task WriteAsync(SearchKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var generations = await builds.WrittenAsync(cancellation);
        if (ids.Count == 0 || generations.Count == 0)
        {
            return;
        }

        var documents = await ReadAsync(kind, ids, cancellation);
        SearchIndexException? failed = null;
        foreach (var generation in generations)
        {
            try
            {
                if (await index.WriteAsync(generation, documents, cancellation) is { Count: > 0 } refused)
                {
                    failed = new SearchIndexException($"The index did not take {refused.Count} of {documents.Count} documents.");
                }
            }
            catch (SearchIndexException away)
            {
                failed = away;
            }
        }

        if (failed is not null)
        {
            throw failed;
        }
    }

    /// <summary>These documents as the index is to have them.</summary>
    public async Task<IReadOnlyList<IndexedDocument>> ReadAsync(SearchKind kind, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var version = await builds.NextVersionAsync(cancellation);
        var read = await SourceOf(kind).ReadAsync(ids, cancellation);
        var words = read.SelectMany(d => d.Texts).SelectMany(text => SearchText.WordsOf(text).Select(w => w.Word)).ToHashSet(StringComparer.Ordinal);
        var stems = words.Count == 0 ? new Dictionary<string, string>() : await vocabulary.LearnAsync(words, cancellation);
        return
        [
            .. read.Select(d => new IndexedDocument(
                new DocumentKey(kind, d.Id), d.PatientId, d.VisitId, d.DoctorId, d.At, version, d.IsGone, [.. TermsOf(d.Texts, stems)])),
        ];
    }

    private IEnumerable<PlacedTerm> TermsOf(IReadOnlyList<string> texts, IReadOnlyDictionary<string, string> stems)
    {
        var place = 0;
        foreach (var text in texts)
        {
            foreach (var word in SearchText.WordsOf(text))
            {
                yield return new PlacedTerm(keys.Of(stems[word.Word]), ++place);
            }

            place += Gap;
        }
    }
}
