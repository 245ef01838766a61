namespace DrAssistant.Portal.Tests.Search;

/// <summary>The store that a clinic has its search index in; this one is PostgreSQL.</summary>
internal class IndexUnderTest : IAsyncDisposable
{
    /// <summary>What an operator would set.</summary>
    public virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>Waits until what was written can be found.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
