using System.Security.Cryptography;
using Amazon.S3.Model;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Objects.S3;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Objects;

public sealed class S3ObjectStoreTests(S3UnderTest server) : ObjectStoreContract, IClassFixture<S3UnderTest>
{
    private const int Large = (2 * S3Upload.PartLength) + 17;

    private readonly S3Shelf _shelf = server.Shelf();

    internal override IObjectShelf Shelf => _shelf;

    [Fact]
    public async Task It_says_which_bucket_it_found()
    {
        Assert.Equal($"bucket {S3UnderTest.Bucket} at {server.Endpoint}", await Shelf.OpenAsync(Cancellation));
        Assert.Null(await Shelf.ProblemAsync(Cancellation));
    }

    [Fact]
    public async Task A_missing_bucket_is_a_store_that_cannot_be_used_and_is_not_made()
    {
        using var elsewhere = server.Shelf(options => options.Bucket = "nobody-made-this");
        var key = Guid.CreateVersion7().ToString("N");

        Assert.Equal(
            "The S3 server has no bucket nobody-made-this. Make it, or correct Stores:Objects:S3:Bucket.",
            (await Assert.ThrowsAsync<ShelfException>(() => elsewhere.OpenAsync(Cancellation))).Message);
        await Assert.ThrowsAsync<ShelfException>(() => elsewhere.LengthAsync(key, Cancellation));
        await Assert.ThrowsAsync<ShelfException>(() => elsewhere.DeleteAsync(key, Cancellation));
        await Assert.ThrowsAsync<ShelfException>(() => elsewhere.PutAsync(key, async (to, token) => await to.WriteAsync(new byte[10], token), Cancellation));
        Assert.NotNull(await elsewhere.ProblemAsync(Cancellation));
        using var client = server.Client();
        Assert.DoesNotContain((await client.ListBucketsAsync(Cancellation)).Buckets, bucket => bucket.BucketName == "nobody-made-this");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_in_words_that_name_the_setting_and_nothing_is_put()
    {
        using var stranger = server.Shelf(options => options.SecretKey = "not the secret");
        var key = Guid.CreateVersion7().ToString("N");

        var refused = await Assert.ThrowsAsync<ShelfException>(() => stranger.OpenAsync(Cancellation));
        Assert.Contains("Stores:Objects:S3:SecretKey", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not the secret", refused.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ShelfException>(() => stranger.PutAsync(key, async (to, token) => await to.WriteAsync(new byte[10], token), Cancellation));
        await Assert.ThrowsAsync<ObjectStoreException>(() => new SealedObjectStore(stranger, Ring).ExistsAsync(key, Cancellation));
        Assert.NotNull(await stranger.ProblemAsync(Cancellation));
        Assert.Null(await Shelf.LengthAsync(key, Cancellation));
    }

    /// <summary>Empty, just under, at and over the length of a part, and several.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(S3Upload.PartLength - 1)]
    [InlineData(S3Upload.PartLength)]
    [InlineData(S3Upload.PartLength + 1)]
    [InlineData(Large)]
    public async Task What_is_put_in_parts_is_one_object(int length)
    {
        var (key, content) = (Guid.CreateVersion7().ToString("N"), RandomNumberGenerator.GetBytes(length));

        await Shelf.PutAsync(key, (to, token) => to.WriteAsync(content, token).AsTask(), Cancellation);

        Assert.Equal(length, await Shelf.LengthAsync(key, Cancellation));
        Assert.True(length == 0 || (await Shelf.ReadAsync(key, 0, length, Cancellation)).AsSpan().SequenceEqual(content));
        Assert.True(await Shelf.DeleteAsync(key, Cancellation));
    }

    [Fact]
    public async Task Parts_of_what_was_not_written_to_its_end_are_taken_back()
    {
        var key = Guid.CreateVersion7().ToString("N");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Shelf.PutAsync(key, async (to, token) =>
        {
            await to.WriteAsync(new byte[Large], token);
            Assert.Equal([key], await UnfinishedAsync(key));
            throw new InvalidOperationException("The upload broke.");
        }, Cancellation));

        Assert.Empty(await UnfinishedAsync(key));
        Assert.Null(await Shelf.LengthAsync(key, Cancellation));
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_a_put_has_nothing_of_it_afterwards()
    {
        await using var mortal = new S3UnderTest();
        Assert.SkipUnless(mortal.IsOurs, "The server is somebody else's.");
        await mortal.InitializeAsync();
        using var shelf = mortal.Shelf();
        var store = new SealedObjectStore(shelf, Ring);
        await using var content = new Interrupted(new byte[Large + S3Upload.PartLength], at: Large, mortal.KillAsync);

        Assert.False((await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync(content, "application/pdf", Cancellation))).IsDamaged);
        Assert.NotNull(await shelf.ProblemAsync(Cancellation));

        await mortal.RunAsync();
        Assert.Null(await shelf.ProblemAsync(Cancellation));
        using var after = mortal.Shelf(); // whose breaker knows nothing of it yet
        Assert.Empty(await after.ListAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal(0, await after.SweepUnfinishedAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Cancellation));
        Assert.Equal(1, await after.SweepUnfinishedAsync(TimeProvider.System.GetUtcNow().AddHours(1), Cancellation));
        Assert.Equal(0, await after.SweepUnfinishedAsync(TimeProvider.System.GetUtcNow().AddHours(1), Cancellation));
    }

    [Fact]
    public async Task A_server_that_is_away_is_left_alone_for_a_while_and_found_when_it_is_back()
    {
        await using var mortal = new S3UnderTest();
        Assert.SkipUnless(mortal.IsOurs, "The server is somebody else's.");
        await mortal.InitializeAsync();
        using var shelf = mortal.Shelf();
        var store = new SealedObjectStore(shelf, Ring);
        await using var content = new MemoryStream([1, 2, 3]);
        var put = await store.PutAsync(content, "application/pdf", Cancellation);
        await mortal.KillAsync();

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<ObjectStoreException>(() => store.ReadAsync(put.Key, put.Sha256, Cancellation));
        }

        var alone = await Assert.ThrowsAsync<ShelfException>(() => shelf.LengthAsync(put.Key, Cancellation));
        Assert.Contains("left alone", alone.Message, StringComparison.Ordinal);
        await mortal.RunAsync();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(30);
        ObjectContent? found = null;
        while (found is null && TimeProvider.System.GetUtcNow() < until)
        {
            try
            {
                found = await store.ReadAsync(put.Key, put.Sha256, Cancellation);
            }
            catch (ObjectStoreException)
            {
                await Task.Delay(200, Cancellation);
            }
        }

        Assert.Equal([1, 2, 3], found?.Bytes);
    }

    protected override void Dispose(bool disposing)
    {
        _shelf.Dispose();
        base.Dispose(disposing);
    }

    private async Task<IEnumerable<string>> UnfinishedAsync(string key)
    {
        using var client = server.Client();
        var uploads = await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = S3UnderTest.Bucket }, Cancellation);
        return (uploads.MultipartUploads ?? []).Select(upload => upload.Key).Where(found => found == key);
    }

    /// <summary>Does something else, once, when so many bytes were read.</summary>
    private sealed class Interrupted(byte[] content, long at, Func<Task> act) : MemoryStream(content)
    {
        private bool _done;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= at && !_done)
            {
                _done = true;
                await act();
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
