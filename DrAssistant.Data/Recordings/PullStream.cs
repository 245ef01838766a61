using DrAssistant.Data.Stores.Objects;

namespace DrAssistant.Data.Recordings;

/// <summary>A stream of stretches that are asked for one after another, until there is none.</summary>
internal sealed class PullStream(Func<CancellationToken, Task<byte[]?>> next) : Stream
{
    private byte[] _now = [];
    private int _at;
    private bool _isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>So many parts, each by its number.</summary>
    public static PullStream OfParts(int parts, Func<int, CancellationToken, Task<byte[]>> read)
    {
        var number = 0;
        return new PullStream(async cancellation => number < parts ? await read(number++, cancellation) : null);
    }

    /// <summary>An object, a stretch at a time.</summary>
    public static PullStream OfObject(Func<long, int, CancellationToken, Task<ObjectContent?>> read)
    {
        const int stretch = 1024 * 1024;
        var (at, isOver) = (0L, false);
        return new PullStream(async cancellation =>
        {
            if (isOver)
            {
                return null;
            }

            var content = await read(at, stretch, cancellation) ?? throw new ObjectStoreException("The sound is not where it should be.");
            at += content.Bytes.Length;
            isOver = at >= content.TotalLength || content.Bytes.Length == 0;
            return content.Bytes;
        });
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _now.Length && !_isOver && !buffer.IsEmpty)
        {
            var more = await next(cancellationToken);
            (_now, _at, _isOver) = (more ?? [], 0, more is null);
        }

        var takes = Math.Min(buffer.Length, _now.Length - _at);
        _now.AsSpan(_at, takes).CopyTo(buffer.Span);
        _at += takes;
        return takes;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
