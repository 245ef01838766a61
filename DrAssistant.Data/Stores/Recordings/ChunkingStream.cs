namespace DrAssistant.Data.Stores.Recordings;

/// <summary>Cuts what is written to it into chunks of one length, the last one excepted, and hands each on.</summary>
internal sealed class ChunkingStream(int chunkLength, Func<int, ReadOnlyMemory<byte>, CancellationToken, Task> take) : Stream
{
    private readonly byte[] _chunk = new byte[chunkLength];
    private int _filled;
    private int _number;

    /// <summary>How much has been written.</summary>
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    /// <summary>Hands on what is left.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        if (_filled > 0)
        {
            await take(_number++, _chunk.AsMemory(0, _filled), cancellation);
            _filled = 0;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var fits = Math.Min(buffer.Length, _chunk.Length - _filled);
            buffer[..fits].CopyTo(_chunk.AsMemory(_filled));
            (_filled, Written, buffer) = (_filled + fits, Written + fits, buffer[fits..]);
            if (_filled == _chunk.Length)
            {
                await CompleteAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // What fills no chunk yet waits for more.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Where a stretch of a file lies in its chunks.</summary>
internal static class Chunks
{
    /// <summary>The length of a chunk that GridFS proposes.</summary>
    public const int Length = 255 * 1024;

    public static (int First, int Last) Of(long offset, int length) => ((int)(offset / Length), (int)((offset + Math.Max(1, length) - 1) / Length));

    /// <summary>The stretch, out of the chunks from <paramref name="first"/> on in their order.</summary>
    /// <exception cref="EndOfStreamException">There are not enough of them.</exception>
    public static byte[] Cut(IReadOnlyList<byte[]> chunks, int first, long offset, int length)
    {
        var bytes = new byte[length];
        var from = (int)(offset - ((long)first * Length));
        var filled = 0;
        foreach (var chunk in chunks)
        {
            var takes = Math.Min(chunk.Length - from, length - filled);
            if (takes < 0)
            {
                break;
            }

            chunk.AsSpan(from, takes).CopyTo(bytes.AsSpan(filled));
            (filled, from) = (filled + takes, 0);
        }

        return filled == length ? bytes : throw new EndOfStreamException("The file ends too early.");
    }
}
