namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// The content of an object, read a MiB at a time wherever it is asked for, so that a large one is never in memory as a whole.
/// Each part is authenticated before it is given out, and so is where the object ends. It can only be read, and only without blocking.
/// </summary>
internal sealed class ObjectStream(SealedObject content, ShelfCalls calls) : Stream
{
    private const int AtOnce = 16 * ObjectSeal.ChunkLength;

    private byte[] _held = [];
    private long _heldFrom;
    private int _heldLength;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position >= Length)
        {
            return 0;
        }

        if (_position < _heldFrom || _position >= _heldFrom + _heldLength)
        {
            await FetchAsync(_position - (_position % ObjectSeal.ChunkLength), cancellationToken);
        }

        var at = (int)(_position - _heldFrom);
        var given = Math.Min(buffer.Length, _heldLength - at);
        _held.AsMemory(at, given).CopyTo(buffer);
        _position += given;
        return given;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Use the async methods: the bytes come over a network.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("An object is never changed.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("An object is never changed.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.Clear(_held);
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FetchAsync(long from, CancellationToken cancellation)
    {
        if (_held.Length == 0)
        {
            _held = new byte[(int)Math.Min(AtOnce, Math.Max(1, Length))];
        }

        _heldLength = 0; // what is held is not valid while it is being replaced
        var read = await calls.MeasuredAsync("read", () => content.ReadAsync(from, _held, cancellation));
        (_heldFrom, _heldLength) = (from, read);
    }
}
