using DrAssistant.Data.Stores.Search;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>Where documents of one kind are kept, read as background work.</summary>
internal interface ISearchSource
{
    SearchKind Kind { get; }

    /// <summary>These documents as they are now. What is not there, or has nothing to be found by, is left out.</summary>
    Task<IReadOnlyList<SourceDocument>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <summary>A page of all of them, from one end to the other.</summary>
    Task<IReadOnlyList<SourcePlace>> PageAsync(SourcePlace? after, int take, CancellationToken cancellation);

    /// <summary>Those of one patient.</summary>
    Task<IReadOnlyList<Guid>> OfPatientAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>How many can be found.</summary>
    Task<long> CountAsync(CancellationToken cancellation);
}

/// <summary>A document's place in its source.</summary>
internal sealed record SourcePlace(DateTimeOffset? At, Guid Id);

/// <summary>What a document is found by.</summary>
/// <param name="IsGone">It is there and not to be found any more.</param>
/// <param name="Texts">Whole texts; no phrase reaches from one into the next.</param>
internal sealed record SourceDocument(
    Guid Id, Guid PatientId, Guid? VisitId, Guid? DoctorId, DateTimeOffset At, bool IsGone, IReadOnlyList<string> Texts)
{
    public override string ToString() => $"{nameof(SourceDocument)} {Id}";
}
