namespace DrAssistant.Data.Stores.Search;

/// <summary>Asks the server of the search index how it is. An index in PostgreSQL has none of its own.</summary>
internal interface ISearchIndexProbe
{
    /// <summary>Answers also when nothing answers.</summary>
    Task<SearchIndexState> AskAsync(CancellationToken cancellation);
}

/// <summary>How it is.</summary>
/// <param name="Problem">A word for what is the matter; null when it works.</param>
internal sealed record SearchIndexState(string Product, string? Version, TimeSpan Latency, string? Problem)
{
    public bool IsWorking => Problem is null;
}
