using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Objects;

namespace DrAssistant.Data.Stores.Recordings;

/// <summary>
/// The bucket of the document store, where the sound of a visit lies while it is worked on: GridFS, or tables in PostgreSQL. Sealed as objects are, so that a stretch
/// is read without the rest. A file says nothing of whose it is; the recording that holds its key does, and decides who may have it.
/// </summary>
internal interface IRecordingBucket
{
    /// <summary>Keeps what is read from <paramref name="content"/> to its end, under a key that is made here. It is there as a whole or not at all.</summary>
    /// <exception cref="ObjectStoreException">The bucket does not take it.</exception>
    Task<StoredObject> PutAsync(Stream content, string contentType, CancellationToken cancellation);

    /// <summary>At most <paramref name="length"/> bytes from <paramref name="offset"/> on, fewer at its end; null where there is no such file.</summary>
    /// <exception cref="ObjectStoreException">The bucket does not answer, or what it has is not what was put.</exception>
    Task<ObjectContent?> ReadRangeAsync(string key, long offset, int length, CancellationToken cancellation);

    Task<bool> ExistsAsync(string key, CancellationToken cancellation);

    /// <summary>Whether there was one.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>
    /// The keys of what was put before <paramref name="instant"/>: among them may be some that nobody holds. What was begun before it and never came to its end goes at once.
    /// </summary>
    Task<IReadOnlyList<string>> PutBeforeAsync(DateTimeOffset instant, CancellationToken cancellation);
}

/// <summary>Where the bucket's sealed files lie.</summary>
internal interface IRecordingShelf : IObjectShelf;

/// <summary>Seals what is put and opens what is read, over either shelf.</summary>
internal sealed class SealedRecordingBucket(IRecordingShelf shelf, KeyRing ring) : IRecordingBucket
{
    private readonly SealedObjectStore _sealed = new(shelf, ring);
    private readonly ShelfCalls _calls = new(shelf);

    public Task<StoredObject> PutAsync(Stream content, string contentType, CancellationToken cancellation) => _sealed.PutAsync(content, contentType, cancellation);

    public Task<ObjectContent?> ReadRangeAsync(string key, long offset, int length, CancellationToken cancellation)
        => _sealed.ReadRangeAsync(key, offset, length, cancellation);

    public Task<bool> ExistsAsync(string key, CancellationToken cancellation) => _sealed.ExistsAsync(key, cancellation);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation) => _sealed.DeleteAsync(key, cancellation);

    public Task<IReadOnlyList<string>> PutBeforeAsync(DateTimeOffset instant, CancellationToken cancellation)
        => _calls.MeasuredAsync<IReadOnlyList<string>>("sweep", async () =>
        {
            await shelf.SweepUnfinishedAsync(instant, cancellation);
            var old = new List<string>();
            await foreach (var lying in shelf.ListAsync(cancellation))
            {
                if (lying.Since < instant && SealedObjectStore.IsKey(lying.Key))
                {
                    old.Add(lying.Key);
                }
            }

            return old;
        });
}
