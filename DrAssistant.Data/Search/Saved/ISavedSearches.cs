using DrAssistant.Data.Common;

namespace DrAssistant.Data.Search.Saved;

/// <summary>The one door to searches that somebody keeps for themselves under a name. Nobody else reads them, and name and words lie encrypted.</summary>
public interface ISavedSearches
{
    /// <summary>One's own, by name.</summary>
    Task<Result<IReadOnlyList<SavedSearch>>> ListAsync(CancellationToken cancellation);

    /// <summary>
    /// Keeps words, group, doctor and days; a chart is not kept. A name that one has already, in whatever case, gets the new search.
    /// </summary>
    Task<Result<SavedSearch>> SaveAsync(string name, SearchQuestion question, CancellationToken cancellation);

    Task<Refusal?> RemoveAsync(Guid id, CancellationToken cancellation);
}

/// <summary>A search that somebody kept.</summary>
public sealed record SavedSearch(Guid Id, string Name, SearchQuestion Question)
{
    public const int LongestName = 60;

    /// <summary>Name and words may say whom or what somebody looks for: they are not for logs.</summary>
    public override string ToString() => $"{nameof(SavedSearch)} {Id}";
}
