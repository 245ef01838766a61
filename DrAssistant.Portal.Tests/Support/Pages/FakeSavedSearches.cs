using DrAssistant.Data.Common;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Saved;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeSavedSearches : ISavedSearches
{
    public List<SavedSearch> Kept { get; } = [];

    public Refusal? Refuse { get; set; }

    public Task<Result<IReadOnlyList<SavedSearch>>> ListAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<SavedSearch>>>(Kept.ToList());

    public Task<Result<SavedSearch>> SaveAsync(string name, SearchQuestion question, CancellationToken cancellation)
    {
        if (Refuse is { } refusal)
        {
            return Task.FromResult<Result<SavedSearch>>(refusal);
        }

        var saved = new SavedSearch(Guid.CreateVersion7(), name, question);
        Kept.Add(saved);
        return Task.FromResult<Result<SavedSearch>>(saved);
    }

    public Task<Refusal?> RemoveAsync(Guid id, CancellationToken cancellation)
    {
        Kept.RemoveAll(saved => saved.Id == id);
        return Task.FromResult(Refuse);
    }
}
