namespace DrAssistant.Data.Documents;

/// <summary>Bytes that are fetched a window at a time, from any place on; at most one window is held.</summary>
/// <param name="length">In bytes.</param>
/// <param name="windowLength">In bytes; the last window is what is left.</param>
/// <param name="fetch">The bytes of a window by its number, from 0 on.</param>
internal sealed class WindowedStream(long length, int windowLength, Func<int, CancellationToken, Task<byte[]>> fetch) : Stream
{
    private byte[] _window = [];
    private int _number = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length || buffer.Length == 0)
        {
            return 0;
        }

        var number = (int)(Position / windowLength);
        if (number != _number)
        {
            _window = await fetch(number, cancellationToken);
            _number = number;
        }

        var at = (int)(Position % windowLength);
        var count = Math.Min(buffer.Length, _window.Length - at);
        if (count <= 0)
        {
            throw new EndOfStreamException("A document ends too early.");
        }

        _window.AsMemory(at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A document is read without holding a thread.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
