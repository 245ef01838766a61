namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// Where sealed objects lie: the adapter of <see cref="IObjectStore"/>. It sees sealed bytes only. Every failure of the place is an <see cref="IOException"/>.
/// </summary>
internal interface IObjectShelf
{
    /// <summary>The word of the store's measurements, such as objects.files.</summary>
    string Name { get; }

    /// <summary>Makes ready what the shelf needs, and says in one line what it found.</summary>
    Task<string> OpenAsync(CancellationToken cancellation);

    /// <summary>Puts what <paramref name="write"/> writes. Nothing is there under the key until all of it is.</summary>
    Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation);

    /// <summary>How many bytes lie there; null where none do.</summary>
    Task<long?> LengthAsync(string key, CancellationToken cancellation);

    /// <summary>Exactly <paramref name="length"/> bytes from <paramref name="offset"/> on.</summary>
    Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation);

    /// <summary>Whether there was something.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>Everything that lies there, a page at a time, in no order that counts.</summary>
    IAsyncEnumerable<ShelvedObject> ListAsync(CancellationToken cancellation);

    /// <summary>Removes what was begun before <paramref name="before"/> and never came to its end. Says how many.</summary>
    Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Null when it can be written to; otherwise why not.</summary>
    Task<string?> ProblemAsync(CancellationToken cancellation);
}

/// <summary>Something that lies on a shelf.</summary>
/// <param name="Since">When it was put, by the shelf's own clock.</param>
internal sealed record ShelvedObject(string Key, DateTimeOffset Since);
