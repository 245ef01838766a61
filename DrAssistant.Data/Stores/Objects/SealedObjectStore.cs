using System.Diagnostics;
using System.Security.Cryptography;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Seals what is put, opens what is read, and measures how long the shelf took.</summary>
internal sealed class SealedObjectStore(IObjectShelf shelf, KeyRing ring) : IObjectStore
{
    /// <summary>As much of one object as is held in memory at once.</summary>
    private const int MostAtOnce = 64 * 1024 * 1024;

    public async Task<StoredObject> PutAsync(Stream content, string contentType, CancellationToken cancellation)
    {
        var key = Guid.CreateVersion7().ToString("N");
        using var seal = ObjectSeal.New(ring, key, contentType);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await MeasuredAsync("put", async () =>
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

        return Convert.ToHexStringLower(SHA256.HashData(found.Bytes)) == sha256 ? found : throw Damaged(null);
    }

    public Task<ObjectContent?> ReadRangeAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostAtOnce);
        return !IsKey(key) ? Task.FromResult<ObjectContent?>(null) : MeasuredAsync("read", () => OpenAsync(key, offset, length, cancellation));
    }

    public Task<bool> ExistsAsync(string key, CancellationToken cancellation)
        => !IsKey(key) ? Task.FromResult(false) : MeasuredAsync("exists", async () => await shelf.LengthAsync(key, cancellation) is not null);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation)
        => !IsKey(key) ? Task.FromResult(false) : MeasuredAsync("delete", () => shelf.DeleteAsync(key, cancellation));

    /// <summary>Keys are made here: anything else is none, and never becomes a path or an address.</summary>
    private static bool IsKey(string key) => key.Length == 32 && key.All(c => char.IsAsciiHexDigitLower(c) || char.IsAsciiDigit(c));

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

    private async Task<ObjectContent?> OpenAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        if (await shelf.LengthAsync(key, cancellation) is not { } sealedLength)
        {
            return null;
        }

        var start = await shelf.ReadAsync(key, 0, (int)Math.Min(sealedLength, ObjectSeal.LongestHead), cancellation);
        using var seal = ObjectSeal.Of(ring, key, start) ?? throw Damaged(null);
        var shape = seal.Shape(sealedLength) ?? throw Damaged(null);
        var end = Math.Min(shape.Length, offset + length);
        if (offset >= end && shape.Length > 0)
        {
            return new ObjectContent(seal.ContentType, shape.Length, []);
        }

        // An empty object has one chunk too, which is asked whether it really is empty.
        var (first, last) = (offset / ObjectSeal.ChunkLength, Math.Max(0, end - 1) / ObjectSeal.ChunkLength);
        var bytes = new byte[end - Math.Min(offset, end)];
        var plain = new byte[ObjectSeal.ChunkLength];
        for (var chunk = first; chunk <= last; chunk++)
        {
            var holds = shape.PlainLengthOf(chunk);
            var box = await shelf.ReadAsync(key, shape.At(chunk), holds + ObjectSeal.TagLength, cancellation);
            try
            {
                seal.OpenChunk(chunk, chunk == shape.Chunks - 1, box, plain.AsSpan(0, holds));
            }
            catch (AuthenticationTagMismatchException e)
            {
                throw Damaged(e);
            }

            var begins = chunk * ObjectSeal.ChunkLength;
            var (from, to) = ((int)Math.Max(0, offset - begins), (int)Math.Min(holds, end - begins));
            plain.AsSpan(from, to - from).CopyTo(bytes.AsSpan((int)(begins + from - offset)));
        }

        return new ObjectContent(seal.ContentType, shape.Length, bytes);
    }

    private async Task<T> MeasuredAsync<T>(string operation, Func<Task<T>> act)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "unavailable";
        try
        {
            var answer = await act();
            outcome = "ok";
            return answer;
        }
        catch (ObjectStoreException)
        {
            outcome = "refused";
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStoreException("The object store does not answer.", e);
        }
        finally
        {
            StoreMetrics.Record(shelf.Name, operation, outcome, Stopwatch.GetElapsedTime(started));
        }
    }

    private static ObjectStoreException Damaged(Exception? cause) => new("An object is not what was put.", cause) { IsDamaged = true };
}
