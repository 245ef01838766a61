namespace DrAssistant.Data.Stores.Documents;

/// <summary>What a document store that is a server of its own needs before its first document. Registered only where there is one.</summary>
internal interface IDocumentStoreOpening
{
    Task OpenAsync(CancellationToken cancellation);
}
