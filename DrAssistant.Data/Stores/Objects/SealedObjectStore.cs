using System.Security.Cryptography;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Seals what is put, and opens what is read.</summary>
internal sealed class SealedObjectStore(IObjectShelf shelf, KeyRing ring) : IObjectStore
{
    /// <summary>As much of one object as is held in memory at once.</summary>
    private const int MostAtOnce = 64 * 1024 * 1024;

    private readonly ShelfCalls _calls = new(shelf);

    public async Task<StoredObject> PutAsync(Stream content, string contentType, CancellationToken cancellation)
    {
        var key = Guid.CreateVersion7().ToString("N");
        using var seal = ObjectSeal.New(ring, key, contentType);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await _calls.MeasuredAsync("put", async () =>
        {
            await shelf.PutAsync(key, async (to, token) => length = await WriteAsync(seal, content, hash, to, token), cancellation);
            return true;
        });
        return new StoredObject(key, contentType, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public async Task<ObjectContent?> ReadAsync(string key, string sha256, CancellationToken cancellation)
    {
        var found = await ReadRangeAsync(key, 0, MostAtOnce, cancellation);
        if (found is null)
        {
            return null;
        }

        if (found.TotalLength > found.Bytes.Length)
        {
            throw new ObjectStoreException("The object is too large to be read at once.");
        }

        return Convert.ToHexStringLower(SHA256.HashData(found.Bytes)) == sha256 ? found : throw SealedObject.Damaged(null);
    }

    public Task<ObjectContent?> ReadRangeAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostAtOnce);
        return !IsKey(key) ? Task.FromResult<ObjectContent?>(null) : _calls.MeasuredAsync("read", () => PartAsync(key, offset, length, cancellation));
    }

    public async Task<ObjectReading?> OpenReadAsync(string key, CancellationToken cancellation)
    {
        var content = !IsKey(key) ? null : await _calls.MeasuredAsync("open", () => SealedObject.OpenAsync(shelf, ring, key, cancellation));
        return content is null ? null : new ObjectReading(content.ContentType, content.Length, new ObjectStream(content, _calls));
    }

    public Task<bool> ExistsAsync(string key, CancellationToken cancellation)
        => !IsKey(key) ? Task.FromResult(false) : _calls.MeasuredAsync("exists", async () => await shelf.LengthAsync(key, cancellation) is not null);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation)
        => !IsKey(key) ? Task.FromResult(false) : _calls.MeasuredAsync("delete", () => shelf.DeleteAsync(key, cancellation));

    /// <summary>Keys are made here: anything else is none, and never becomes a path or an address.</summary>
    public static bool IsKey(string key) => key.Length == 32 && key.All(c => char.IsAsciiHexDigitLower(c) || char.IsAsciiDigit(c));

    private static async Task<long> WriteAsync(ObjectSeal seal, Stream content, IncrementalHash hash, Stream to, CancellationToken cancellation)
    {
        await to.WriteAsync(seal.Head, cancellation);
        byte[] plain = new byte[ObjectSeal.ChunkLength], ahead = new byte[ObjectSeal.ChunkLength], box = new byte[ObjectSeal.ChunkLength + ObjectSeal.TagLength];
        var length = 0L;
        var now = await content.ReadAtLeastAsync(plain, plain.Length, throwOnEndOfStream: false, cancellation);

        // One chunk is read ahead: the last one is sealed as the last one.
        for (var number = 0L; ; number++)
        {
            var next = now < plain.Length ? 0 : await content.ReadAtLeastAsync(ahead, ahead.Length, throwOnEndOfStream: false, cancellation);
            hash.AppendData(plain, 0, now);
            length += now;
            seal.SealChunk(number, next == 0, plain.AsSpan(0, now), box);
            await to.WriteAsync(box.AsMemory(0, now + ObjectSeal.TagLength), cancellation);
            if (next == 0)
            {
                CryptographicOperations.ZeroMemory(plain);
                CryptographicOperations.ZeroMemory(ahead);
                return length;
            }

            (plain, ahead, now) = (ahead, plain, next);
        }
    }

    private async Task<ObjectContent?> PartAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        using var content = await SealedObject.OpenAsync(shelf, ring, key, cancellation);
        if (content is null)
        {
            return null;
        }

        var bytes = new byte[Math.Max(0, Math.Min(content.Length, offset + length) - offset)];
        await content.ReadAsync(offset, bytes, cancellation);
        return new ObjectContent(content.ContentType, content.Length, bytes);
    }
}
