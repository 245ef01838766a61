namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// Keeps files: signed PDFs, documents, recordings. What is kept is sealed before it leaves the portal and cannot be changed, only put and deleted.
/// An object says nothing of whose it is; the row that holds its key does, and decides who may have it.
/// </summary>
internal interface IObjectStore
{
    /// <summary>Keeps what is read from <paramref name="content"/> to its end, under a key that is made here. It is there as a whole or not at all.</summary>
    /// <exception cref="ObjectStoreException">The store does not take it.</exception>
    Task<StoredObject> PutAsync(Stream content, string contentType, CancellationToken cancellation);

    /// <summary>The whole of it, compared with <paramref name="sha256"/>, the hash that <see cref="PutAsync"/> gave; null where there is none.</summary>
    /// <exception cref="ObjectStoreException">The store does not answer, or what it has is not what was put.</exception>
    Task<ObjectContent?> ReadAsync(string key, string sha256, CancellationToken cancellation);

    /// <summary>A part of it: at most <paramref name="length"/> bytes from <paramref name="offset"/> on, fewer at its end; null where there is none.</summary>
    /// <exception cref="ObjectStoreException">The store does not answer, or what it has is not what was put.</exception>
    Task<ObjectContent?> ReadRangeAsync(string key, long offset, int length, CancellationToken cancellation);

    /// <summary>
    /// Its content as a stream that is read part after part, from wherever it is set to, without being held in memory; null where there is none.
    /// Each part is authenticated; the hash of the whole is not compared.
    /// </summary>
    /// <exception cref="ObjectStoreException">The store does not answer, or what it has is not what was put; reading the stream throws it as well.</exception>
    Task<ObjectReading?> OpenReadAsync(string key, CancellationToken cancellation);

    Task<bool> ExistsAsync(string key, CancellationToken cancellation);

    /// <summary>Whether there was one.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellation);
}

/// <summary>What was put.</summary>
/// <param name="Length">Of the content, before it was sealed.</param>
/// <param name="Sha256">Of the content, 64 hexadecimal digits.</param>
internal sealed record StoredObject(string Key, string ContentType, long Length, string Sha256);

/// <summary>Content that was read.</summary>
/// <param name="TotalLength">Of the whole object.</param>
internal sealed record ObjectContent(string ContentType, long TotalLength, byte[] Bytes);

/// <summary>An object that is being read. Whoever has it closes it.</summary>
/// <param name="TotalLength">In bytes.</param>
/// <param name="Content">It can be set to any place, and be read without blocking only.</param>
internal sealed record ObjectReading(string ContentType, long TotalLength, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The object store did not do what it was asked. The message holds nothing of the content.</summary>
internal sealed class ObjectStoreException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>It answers, and what it has is not what was put: changed, cut short, exchanged, or sealed with a key that is gone.</summary>
    public bool IsDamaged { get; init; }
}
