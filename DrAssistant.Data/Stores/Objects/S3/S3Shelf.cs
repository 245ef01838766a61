using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Objects.S3;

/// <summary>Objects in a bucket of a server that speaks S3. The bucket holds them under their keys and nothing else.</summary>
internal sealed class S3Shelf : IObjectShelf, IDisposable
{
    private readonly S3Options _options;
    private readonly S3Calls _calls;
    private volatile string? _lastPutRefused;

    public S3Shelf(IOptions<ObjectStoreOptions> options, TimeProvider time)
    {
        _options = options.Value.S3;
        _calls = new S3Calls(_options, time);
    }

    public string Name => "objects.s3";

    public async Task<string> OpenAsync(CancellationToken cancellation)
    {
        await CheckBucketAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"bucket {_options.Bucket} at {_options.Endpoint}");
    }

    public async Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        await using var upload = new S3Upload(_calls, _options, key);
        try
        {
            await write(upload, cancellation);
            await CompleteAsync(upload, key, cancellation);
            _lastPutRefused = null;
        }
        catch (Exception e)
        {
            _lastPutRefused = e is ShelfException { IsOutage: false } ? "puts are refused" : null;
            await AbandonAsync(upload, key);
            throw;
        }
    }

    public async Task<long?> LengthAsync(string key, CancellationToken cancellation)
    {
        var found = await _calls.AskAsync(
            async (s3, token) =>
            {
                try
                {
                    return (long?)(await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key }, token)).ContentLength;
                }
                catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellation);
        if (found is null)
        {
            // The answer to HEAD has no words: without its bucket, every object looks like one that is not there.
            await CheckBucketAsync(cancellation);
        }

        return found;
    }

    public Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation)
        => _calls.CarryAsync(
            async (s3, token) =>
            {
                var asked = new GetObjectRequest { BucketName = _options.Bucket, Key = key, ByteRange = new ByteRange(offset, offset + length - 1) };
                using var answer = await s3.GetObjectAsync(asked, token);
                if (answer.ContentLength != length)
                {
                    throw new ShelfException("The S3 server gave another part of an object than it was asked for.");
                }

                var bytes = new byte[length];
                await answer.ResponseStream.ReadExactlyAsync(bytes, token);
                return bytes;
            },
            cancellation);

    public async Task<bool> DeleteAsync(string key, CancellationToken cancellation)
    {
        // The server says the same whether there was something or not.
        if (await LengthAsync(key, cancellation) is null)
        {
            return false;
        }

        await _calls.AskAsync(
            async (s3, token) =>
            {
                try
                {
                    await s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = key }, token);
                }
                catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
                {
                    // Somebody else was faster, or an earlier try that broke was not.
                }

                return true;
            },
            cancellation);
        return true;
    }

    public async IAsyncEnumerable<ShelvedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var asked = new ListObjectsV2Request { BucketName = _options.Bucket, ContinuationToken = next };
            var page = await _calls.AskAsync((s3, token) => s3.ListObjectsV2Async(asked, token), cancellation);
            foreach (var found in page.S3Objects ?? [])
            {
                // What has no time is new, so that nothing is taken for old that is not known to be.
                yield return new ShelvedObject(found.Key, found.LastModified is { } since ? new DateTimeOffset(since.ToUniversalTime()) : DateTimeOffset.MaxValue);
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    public async Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (swept, asked) = (0, new ListMultipartUploadsRequest { BucketName = _options.Bucket });
        while (true)
        {
            var page = await _calls.AskAsync((s3, token) => s3.ListMultipartUploadsAsync(asked, token), cancellation);
            foreach (var left in (page.MultipartUploads ?? []).Where(upload => upload.Initiated is { } since && since.ToUniversalTime() < before.UtcDateTime))
            {
                await AbortAsync(left.Key, left.UploadId, cancellation);
                swept++;
            }

            if (page.IsTruncated != true)
            {
                return swept;
            }

            (asked.KeyMarker, asked.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
    }

    public async Task<string?> ProblemAsync(CancellationToken cancellation)
    {
        try
        {
            await _calls.ProbeAsync(FindBucketAsync, cancellation);
            return _lastPutRefused;
        }
        catch (ShelfException e)
        {
            return e.Message;
        }
    }

    public void Dispose() => _calls.Dispose();

    /// <summary>An answer that was lost on the way does not make a whole upload a failed one.</summary>
    private async Task CompleteAsync(S3Upload upload, string key, CancellationToken cancellation)
    {
        try
        {
            await upload.CompleteAsync(cancellation);
        }
        catch (ShelfException) when (upload.Number is not null)
        {
            if (await LengthAsync(key, cancellation) != upload.Written)
            {
                throw;
            }
        }
    }

    /// <summary>What was sent in parts is taken back. Where that fails as well, it is swept away a day later.</summary>
    private async Task AbandonAsync(S3Upload upload, string key)
    {
        try
        {
            if (upload.Number is { } number)
            {
                await AbortAsync(key, number, CancellationToken.None);
            }
        }
        catch (ShelfException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private Task<bool> AbortAsync(string key, string upload, CancellationToken cancellation)
        => _calls.AskAsync(
            async (s3, token) =>
            {
                try
                {
                    await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = _options.Bucket, Key = key, UploadId = upload }, token);
                }
                catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
                {
                    // It is gone already.
                }

                return true;
            },
            cancellation);

    private Task<bool> CheckBucketAsync(CancellationToken cancellation) => _calls.AskAsync(FindBucketAsync, cancellation);

    private async Task<bool> FindBucketAsync(AmazonS3Client s3, CancellationToken cancellation)
    {
        try
        {
            await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _options.Bucket, MaxKeys = 1 }, cancellation);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ShelfException($"The S3 server has no bucket {_options.Bucket}. Make it, or correct {S3Options.BucketKey}.", e);
        }
    }
}
