using Amazon.S3.Model;

namespace DrAssistant.Data.Stores.Objects.S3;

/// <summary>
/// Takes what is written and puts it under one key: at once where it is small, part after part where it is not, so that a part is all that is held in memory.
/// Each body goes with a checksum of its own (CRC-32, or the SHA-256 in its signature), which the server compares. It is there when <see cref="CompleteAsync"/> is done, and not before.
/// </summary>
internal sealed class S3Upload(S3Calls calls, S3Options options, string key) : Stream
{
    /// <summary>A server takes parts of 5 MiB and more, up to 10,000 of them.</summary>
    public const int PartLength = 8 * 1024 * 1024;

    private const string SealedBytes = "application/octet-stream";

    private readonly MemoryStream _held = new();
    private readonly List<PartETag> _parts = [];
    private string? _upload;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    /// <summary>Bytes so far.</summary>
    public long Written { get; private set; }

    /// <summary>The number of the upload at the server; null where everything went, or will go, at once.</summary>
    public string? Number => _upload;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            if (_held.Length == PartLength)
            {
                await SendPartAsync(cancellationToken);
            }

            var fits = Math.Min(rest.Length, PartLength - (int)_held.Length);
            _held.Write(rest.Span[..fits]);
            Written += fits;
            rest = rest[fits..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        if (_upload is null)
        {
            await calls.CarryAsync((s3, token) => s3.PutObjectAsync(Whole(), token), cancellation);
            return;
        }

        await SendPartAsync(cancellation);
        await calls.CarryAsync(
            (s3, token) => s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = _upload, PartETags = _parts }, token),
            cancellation);
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Use the async methods: the bytes go over a network.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Parts go when they are full.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _held.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SendPartAsync(CancellationToken cancellation)
    {
        _upload ??= (await calls.AskAsync(
            (s3, token) => s3.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = key, ContentType = SealedBytes }, token),
            cancellation)).UploadId;
        var number = _parts.Count + 1;
        var sent = await calls.CarryAsync((s3, token) => s3.UploadPartAsync(Part(number), token), cancellation);
        _parts.Add(new PartETag(sent));
        _held.SetLength(0);
    }

    private PutObjectRequest Whole() => new()
    {
        BucketName = options.Bucket,
        Key = key,
        ContentType = SealedBytes,
        InputStream = Held(),
        UseChunkEncoding = !options.PlainBodies,
        DisablePayloadSigning = options.PlainBodies ? false : null,
    };

    private UploadPartRequest Part(int number) => new()
    {
        BucketName = options.Bucket,
        Key = key,
        UploadId = _upload,
        PartNumber = number,
        PartSize = _held.Length,
        InputStream = Held(),
        UseChunkEncoding = !options.PlainBodies,
        DisablePayloadSigning = options.PlainBodies ? false : null,
    };

    /// <summary>Made anew for each try, since the client closes what it is given.</summary>
    private MemoryStream Held() => new(_held.GetBuffer(), 0, (int)_held.Length, writable: false);
}
