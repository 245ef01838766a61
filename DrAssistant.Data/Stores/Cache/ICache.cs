namespace DrAssistant.Data.Stores.Cache;

/// <summary>
/// Short-lived copies of what PostgreSQL holds. A copy may be gone at any moment, and one that was not taken away in time may be old: whoever reads one has to know
/// from elsewhere whether it still holds. It never decides who may see anything.
/// </summary>
internal interface ICache
{
    /// <summary>Null where there is none, or nobody to ask.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>False where nobody took it.</summary>
    Task<bool> SetAsync(string key, byte[] value, TimeSpan life, CancellationToken cancellation);

    /// <summary>False where it may still be there.</summary>
    Task<bool> RemoveAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation);
}
