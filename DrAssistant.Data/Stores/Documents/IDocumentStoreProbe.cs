namespace DrAssistant.Data.Stores.Documents;

/// <summary>Asks a document store that is a server of its own how it is. Registered only where there is one.</summary>
internal interface IDocumentStoreProbe
{
    /// <summary>Answers, never throws, when the store is away.</summary>
    Task<DocumentStoreState> AskAsync(CancellationToken cancellation);
}

/// <summary>How the store is.</summary>
/// <param name="Product">Such as MongoDB.</param>
/// <param name="Version">Null where it does not answer.</param>
/// <param name="Latency">Of one question and its answer.</param>
/// <param name="Problem">Why it does not answer, without saying where it is.</param>
internal sealed record DocumentStoreState(string Product, string? Version, TimeSpan Latency, string? Problem)
{
    public bool IsWorking => Problem is null;
}
