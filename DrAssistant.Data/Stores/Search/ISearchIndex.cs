
using System.Runtime.InteropServices;

namespace DrAssistant.Data.Stores.Search;

/// <summary>
/// Finds documents by keyed hashes of their words: tables of PostgreSQL, or Elasticsearch. An answer is ids; what is shown is read where it is
/// kept. Each adapter asks itself whose documents the current user may find, and there is no way to ask without that.
/// </summary>
internal interface ISearchIndex
{
    /// <summary>Makes room for an index beside the one that is asked. Done twice, it is done once.</summary>
    Task PrepareAsync(int generation, CancellationToken cancellation);

    /// <summary>Whether an index that was prepared is still there.</summary>
    Task<bool> IsThereAsync(int generation, CancellationToken cancellation);

    /// <summary>
    /// Writes documents. What is there with the same or a higher version stays, so a late or repeated message brings nothing old back.
    /// The answer are those that the index would not take. What was written is found within a second.
    /// </summary>
    Task<IReadOnlyList<DocumentKey>> WriteAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation);

    /// <summary>Newest first, of each kind at most <see cref="IndexQuestion.Most"/>.</summary>
    Task<IndexAnswer> FindAsync(IndexQuestion question, CancellationToken cancellation);

    /// <summary>From here on this is the index that is asked.</summary>
    Task SwitchAsync(int generation, CancellationToken cancellation);

    /// <summary>Takes an index away that nobody asks any more.</summary>
    Task DropAsync(int generation, CancellationToken cancellation);

    /// <summary>How many documents of a kind can be found.</summary>
    Task<long> CountAsync(int generation, SearchKind kind, CancellationToken cancellation);

    /// <summary>Some of the documents that can be found, whichever.</summary>
    Task<IReadOnlyList<Guid>> SampleAsync(int generation, SearchKind kind, int count, CancellationToken cancellation);

    /// <summary>Those of these that the index does not have, or has otherwise.</summary>
    Task<IReadOnlyList<DocumentKey>> DifferingAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation);
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentKey(SearchKind Kind, Guid Id);

/// <summary>A document as the index has it.</summary>
/// <param name="Version">Drawn before the document was read.</param>
/// <param name="IsGone">Not to be found any more.</param>
/// <param name="Terms">Its words, hashed, each in a place of its own.</param>
internal sealed record IndexedDocument(
    DocumentKey Key, Guid PatientId, Guid? VisitId, Guid? DoctorId, DateTimeOffset At, long Version, bool IsGone, IReadOnlyList<PlacedTerm> Terms);

internal readonly record struct PlacedTerm(string Key, int Place);

/// <summary>What is asked; what is null does not filter.</summary>
internal sealed record IndexQuestion(SearchTerms Terms, IReadOnlyCollection<SearchKind> Kinds, int Most)
{
    public Guid? PatientId { get; init; }

    public Guid? DoctorId { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}

internal sealed record IndexHit(DocumentKey Key, Guid PatientId, Guid? VisitId, DateTimeOffset At);

/// <summary>What was found, and how much of each kind there is.</summary>
internal sealed record IndexAnswer(IReadOnlyList<IndexHit> Hits, IReadOnlyDictionary<SearchKind, long> Totals)
{
    public static IndexAnswer Nothing { get; } = new([], new Dictionary<SearchKind, long>());
}

/// <summary>The index does not answer. The sentence is for the log; people are told that search is away.</summary>
internal sealed class SearchIndexException(string message, Exception? inner = null) : Exception(message, inner);
