using System.Security.Cryptography;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>One object on the shelf that is being read: its seal, and where its content lies. Any part of it is read without the rest.</summary>
internal sealed class SealedObject : IDisposable
{
    /// <summary>What comes with the head, so that a small object is read in one go: a chunk is whole in it.</summary>
    private const int AheadOfHead = ObjectSeal.LongestHead + SealedChunk;
    private const int SealedChunk = ObjectSeal.ChunkLength + ObjectSeal.TagLength;

    /// <summary>How many chunks are asked for at once, so many MiB at the most are held sealed and opened.</summary>
    private const int ChunksAtOnce = 64;

    private readonly IObjectShelf _shelf;
    private readonly string _key;
    private readonly byte[] _start;
    private readonly ObjectSeal _seal;
    private readonly ObjectShape _shape;

    private SealedObject(IObjectShelf shelf, string key, byte[] start, ObjectSeal seal, ObjectShape shape)
        => (_shelf, _key, _start, _seal, _shape) = (shelf, key, start, seal, shape);

    public string ContentType => _seal.ContentType;

    /// <summary>Of the content, in bytes.</summary>
    public long Length => _shape.Length;

    /// <summary>Null where there is none.</summary>
    /// <exception cref="ObjectStoreException">What lies there is no object of this portal's.</exception>
    public static async Task<SealedObject?> OpenAsync(IObjectShelf shelf, KeyRing ring, string key, CancellationToken cancellation)
    {
        if (await shelf.LengthAsync(key, cancellation) is not { } sealedLength)
        {
            return null;
        }

        var start = await shelf.ReadAsync(key, 0, (int)Math.Min(sealedLength, AheadOfHead), cancellation);
        var seal = ObjectSeal.Of(ring, key, start) ?? throw Damaged(null);
        if (seal.Shape(sealedLength) is { } shape)
        {
            return new SealedObject(shelf, key, start, seal, shape);
        }

        seal.Dispose();
        throw Damaged(null);
    }

    /// <summary>Fills <paramref name="into"/> with the content from <paramref name="offset"/> on; less of it at the end of the object. Says how much.</summary>
    /// <exception cref="ObjectStoreException">A chunk is not what was sealed there.</exception>
    public async Task<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellation)
    {
        var end = Math.Min(Length, offset + into.Length);
        if (offset >= end && Length > 0)
        {
            return 0;
        }

        // An empty object has one chunk too, which is asked whether it really is empty.
        var (first, last) = (offset / ObjectSeal.ChunkLength, Math.Max(0, end - 1) / ObjectSeal.ChunkLength);
        var plain = new byte[ObjectSeal.ChunkLength];
        for (var from = first; from <= last; from += ChunksAtOnce)
        {
            var to = Math.Min(last, from + ChunksAtOnce - 1);
            var boxes = await SealedAsync(_shape.At(from), (int)(_shape.At(to) - _shape.At(from)) + _shape.PlainLengthOf(to) + ObjectSeal.TagLength, cancellation);
            for (var chunk = from; chunk <= to; chunk++)
            {
                Open(chunk, boxes.Span[(int)((chunk - from) * SealedChunk)..], plain);
                CopyPart(chunk * ObjectSeal.ChunkLength, plain.AsSpan(0, _shape.PlainLengthOf(chunk)), offset, into.Span[..(int)Math.Max(0, end - offset)]);
            }
        }

        CryptographicOperations.ZeroMemory(plain);
        return (int)Math.Max(0, end - offset);
    }

    public void Dispose() => _seal.Dispose();

    public static ObjectStoreException Damaged(Exception? cause) => new("An object is not what was put.", cause) { IsDamaged = true };

    private async ValueTask<ReadOnlyMemory<byte>> SealedAsync(long at, int length, CancellationToken cancellation)
        => at + length <= _start.Length ? _start.AsMemory((int)at, length) : await _shelf.ReadAsync(_key, at, length, cancellation);

    private void Open(long chunk, ReadOnlySpan<byte> boxes, Span<byte> plain)
    {
        var holds = _shape.PlainLengthOf(chunk);
        try
        {
            _seal.OpenChunk(chunk, chunk == _shape.Chunks - 1, boxes[..(holds + ObjectSeal.TagLength)], plain[..holds]);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Copies what of a chunk that begins at <paramref name="begins"/> was asked for.</summary>
    private static void CopyPart(long begins, ReadOnlySpan<byte> plain, long offset, Span<byte> into)
    {
        var (from, to) = ((int)Math.Max(0, offset - begins), (int)Math.Min(plain.Length, offset + into.Length - begins));
        if (to > from)
        {
            plain[from..to].CopyTo(into[(int)(begins + from - offset)..]);
        }
    }
}
