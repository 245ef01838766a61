namespace DrAssistant.Data.Stores.Search;

/// <summary>
/// What is asked of the index: each of <see cref="All"/> must be met and none of <see cref="None"/>. A demand is met by any of its
/// phrases; a phrase is a row of places, and a place is filled by any of its keys.
/// </summary>
internal sealed record SearchTerms(IReadOnlyList<SearchDemand> All, IReadOnlyList<SearchDemand> None)
{
    public bool IsEmpty => All.Count == 0;

    public override string ToString() => nameof(SearchTerms);
}

internal sealed record SearchDemand(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Phrases)
{
    public override string ToString() => nameof(SearchDemand);
}
