using System.Security.Cryptography;
using System.Text;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Objects;

/// <summary>What <see cref="IObjectStore"/> must do over every <see cref="IObjectShelf"/>. A derived class names the adapter.</summary>
public abstract class ObjectStoreContract : IDisposable
{
    private const string Pdf = "application/pdf";
    private const int Chunk = ObjectSeal.ChunkLength;

    private readonly TemporaryFolder _keys = new();

    protected ObjectStoreContract()
        => Ring = KeyRing.Open(_keys["keyring.json"], _keys["master.json"], new StoppedClock(ClinicUnderTest.Eleven));

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal abstract IObjectShelf Shelf { get; }

    internal KeyRing Ring { get; }

    internal IObjectStore Store => new SealedObjectStore(Shelf, Ring);

    /// <summary>Empty, around the end of a chunk, and several chunks.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 17)]
    public async Task What_was_put_comes_back_with_its_type_length_and_hash(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var put = await PutAsync(content);
        var read = await Store.ReadAsync(put.Key, put.Sha256, Cancellation);

        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(content)), Pdf), (put.Length, put.Sha256, put.ContentType));
        Assert.Equal((Pdf, length), (read!.ContentType, read.TotalLength));
        Assert.Equal(content, read.Bytes);
        Assert.True(await Store.ExistsAsync(put.Key, Cancellation));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(Chunk - 5, 10)]
    [InlineData(Chunk, Chunk)]
    [InlineData(100, 2 * Chunk)]
    [InlineData((2 * Chunk) + 90, 1000)]
    [InlineData((2 * Chunk) + 100, 10)]
    [InlineData(10 * Chunk, 10)]
    public async Task A_part_is_read_without_the_rest(long offset, int length)
    {
        var content = RandomNumberGenerator.GetBytes((2 * Chunk) + 100);
        var put = await PutAsync(content);

        var part = await Store.ReadRangeAsync(put.Key, offset, length, Cancellation);

        Assert.Equal(content.Length, part!.TotalLength);
        Assert.Equal(content.Skip((int)offset).Take(length), part.Bytes);
    }

    /// <summary>A document of the largest size that is taken, and a bit: over many ranges of the shelf and many fills of the stream.</summary>
    [Fact]
    public async Task A_large_object_is_read_as_a_stream_byte_for_byte_and_from_any_place()
    {
        var content = RandomNumberGenerator.GetBytes((25 * 1024 * 1024) + 17);
        var put = await PutAsync(content);

        await using var reading = await Store.OpenReadAsync(put.Key, Cancellation);
        Assert.Equal((Pdf, content.Length), (reading!.ContentType, reading.TotalLength));
        Assert.Equal(put.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(reading.Content, Cancellation)));
        Assert.Equal(0, await reading.Content.ReadAsync(new byte[10], Cancellation));
        foreach (var from in new[] { 0, Chunk - 3, (16 * Chunk) - 1, content.Length - 5 })
        {
            var part = new byte[Math.Min(20, content.Length - from)];
            reading.Content.Position = from;
            await reading.Content.ReadExactlyAsync(part, Cancellation);
            Assert.Equal(content[from..(from + part.Length)], part);
        }

        Assert.True((await Store.ReadAsync(put.Key, put.Sha256, Cancellation))!.Bytes.AsSpan().SequenceEqual(content));
    }

    [Fact]
    public async Task An_empty_object_is_an_empty_stream_and_a_missing_one_is_none()
    {
        var put = await PutAsync([]);

        await using var reading = await Store.OpenReadAsync(put.Key, Cancellation);

        Assert.Equal(0, reading!.TotalLength);
        Assert.Equal(0, await reading.Content.ReadAsync(new byte[10], Cancellation));
        Assert.Null(await Store.OpenReadAsync(Guid.CreateVersion7().ToString("N"), Cancellation));
        Assert.Null(await Store.OpenReadAsync("../keys", Cancellation));
    }

    [Fact]
    public async Task A_stream_stops_where_a_chunk_was_changed()
    {
        var put = await PutAsync(RandomNumberGenerator.GetBytes(40 * Chunk));
        var kept = await Shelf.ReadAsync(put.Key, 0, (int)(await Shelf.LengthAsync(put.Key, Cancellation))!.Value, Cancellation);
        kept[^(3 * Chunk)] ^= 1;
        await Shelf.DeleteAsync(put.Key, Cancellation);
        await Shelf.PutAsync(put.Key, async (to, token) => await to.WriteAsync(kept, token), Cancellation);

        await using var reading = await Store.OpenReadAsync(put.Key, Cancellation);
        await reading!.Content.ReadExactlyAsync(new byte[16 * Chunk], Cancellation);

        Assert.True((await Assert.ThrowsAsync<ObjectStoreException>(() => reading.Content.CopyToAsync(Stream.Null, Cancellation))).IsDamaged);
    }

    [Fact]
    public async Task What_comes_in_small_pieces_is_one_object()
    {
        var content = RandomNumberGenerator.GetBytes(Chunk + 1000);
        await using var trickle = new Trickle(content);

        var put = await Store.PutAsync(trickle, Pdf, Cancellation);

        Assert.Equal(content, (await Store.ReadAsync(put.Key, put.Sha256, Cancellation))?.Bytes);
    }

    [Fact]
    public async Task Nothing_of_the_content_lies_on_the_shelf()
    {
        var words = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("take one tablet at night ", 40)));
        var put = await PutAsync(words);

        var kept = await Shelf.ReadAsync(put.Key, 0, (int)(await Shelf.LengthAsync(put.Key, Cancellation))!.Value, Cancellation);

        Assert.DoesNotContain("tablet", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_what_never_was_is_not_there()
    {
        var put = await PutAsync([1, 2, 3]);

        Assert.True(await Store.DeleteAsync(put.Key, Cancellation));
        Assert.False(await Store.DeleteAsync(put.Key, Cancellation));
        Assert.False(await Store.ExistsAsync(put.Key, Cancellation));
        Assert.Null(await Store.ReadAsync(put.Key, put.Sha256, Cancellation));
        Assert.Null(await Store.ReadRangeAsync(put.Key, 0, 1, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../keys/master.json")]
    [InlineData("0190C1B200007000800000000000000A")]
    [InlineData("0190c1b2000070008000000000/../..")]
    public async Task What_is_no_key_names_nothing(string key)
    {
        Assert.False(await Store.ExistsAsync(key, Cancellation));
        Assert.False(await Store.DeleteAsync(key, Cancellation));
        Assert.Null(await Store.ReadRangeAsync(key, 0, 10, Cancellation));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("exchanged")]
    [InlineData("head")]
    public async Task What_was_changed_on_the_shelf_is_refused(string how)
    {
        var put = await PutAsync(RandomNumberGenerator.GetBytes(2 * Chunk));
        var kept = await Shelf.ReadAsync(put.Key, 0, (int)(await Shelf.LengthAsync(put.Key, Cancellation))!.Value, Cancellation);
        const int box = Chunk + ObjectSeal.TagLength;
        var head = kept.Length - (2 * box);
        byte[] other = how switch
        {
            "changed" => [.. kept[..^40], (byte)(kept[^40] ^ 1), .. kept[^39..]],
            "cut" => kept[..^box],
            "longer" => [.. kept, .. kept[^box..]],
            "exchanged" => [.. kept[..head], .. kept[^box..], .. kept[head..^box]],
            _ => [.. kept[..(head - 1)], (byte)'x', .. kept[head..]],
        };
        await Shelf.DeleteAsync(put.Key, Cancellation);
        await Shelf.PutAsync(put.Key, async (to, token) => await to.WriteAsync(other, token), Cancellation);

        var refused = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.ReadAsync(put.Key, put.Sha256, Cancellation));

        Assert.True(refused.IsDamaged);
    }

    [Fact]
    public async Task An_object_under_another_ones_key_is_refused()
    {
        var (one, two) = (await PutAsync([1, 2, 3]), await PutAsync([4, 5, 6]));
        var kept = await Shelf.ReadAsync(one.Key, 0, (int)(await Shelf.LengthAsync(one.Key, Cancellation))!.Value, Cancellation);
        await Shelf.DeleteAsync(two.Key, Cancellation);
        await Shelf.PutAsync(two.Key, async (to, token) => await to.WriteAsync(kept, token), Cancellation);

        Assert.True((await Assert.ThrowsAsync<ObjectStoreException>(() => Store.ReadRangeAsync(two.Key, 0, 3, Cancellation))).IsDamaged);
    }

    [Fact]
    public async Task Another_hash_is_refused()
    {
        var put = await PutAsync([1, 2, 3]);

        Assert.True((await Assert.ThrowsAsync<ObjectStoreException>(() => Store.ReadAsync(put.Key, new string('0', 64), Cancellation))).IsDamaged);
    }

    [Fact]
    public async Task What_was_put_before_the_keys_were_rotated_is_read_after()
    {
        var put = await PutAsync([1, 2, 3]);

        Ring.Rotate();

        Assert.Equal([1, 2, 3], (await Store.ReadAsync(put.Key, put.Sha256, Cancellation))?.Bytes);
    }

    [Fact]
    public async Task What_was_not_written_to_its_end_is_not_there()
    {
        var key = Guid.CreateVersion7().ToString("N");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Shelf.PutAsync(key, async (to, token) =>
        {
            await to.WriteAsync(new byte[100], token);
            throw new InvalidOperationException("The upload broke.");
        }, Cancellation));

        Assert.Null(await Shelf.LengthAsync(key, Cancellation));
    }

    [Fact]
    public async Task Everything_that_lies_there_is_listed_with_its_age_until_it_is_deleted()
    {
        var (kept, gone) = (await PutAsync([1, 2, 3]), await PutAsync([4]));
        await Store.DeleteAsync(gone.Key, Cancellation);

        var lying = await Shelf.ListAsync(Cancellation).ToListAsync(Cancellation);

        Assert.DoesNotContain(lying, found => found.Key == gone.Key);
        var age = TimeProvider.System.GetUtcNow() - Assert.Single(lying, found => found.Key == kept.Key).Since;
        Assert.InRange(age, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(5));
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _keys.Dispose();

    private async Task<StoredObject> PutAsync(byte[] content)
    {
        await using var stream = new MemoryStream(content);
        return await Store.PutAsync(stream, Pdf, Cancellation);
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(buffer.Length, 999)], cancellationToken);
    }
}
