using System.Text;
using System.Text.Json;
using DrAssistant.Data.Import.Fhir;

namespace DrAssistant.Portal.Tests.Import;

public sealed class ReadingABundle
{
    private const string Whole = """
        { "resourceType": "Bundle", "meta": { "tag": [ 1, [2], {"entry": []} ] }, "type": "collection",
          "entry": [ {"resource": {"id": "1", "text": "ä ] } \" ,"}}, {"resource": {"id": "2"}}, 3 ], "total": 3 }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Gives_the_same_entries_however_the_bytes_arrive(int piece)
    {
        var (entries, reader) = await ReadAsync(Encoding.UTF8.GetBytes(Whole), piece);

        Assert.Equal(["""{"resource": {"id": "1", "text": "ä ] } \" ,"}}""", """{"resource": {"id": "2"}}""", "3"], entries);
        Assert.Equal(("Bundle", "collection", null), (reader.ResourceType, reader.BundleType, reader.Broken));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_error()
        => Assert.Equal(3, (await ReadAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Whole)], 5)).Entries.Count);

    [Fact]
    public async Task An_entry_larger_than_the_buffer_arrives_whole()
    {
        var large = new string('x', 1_000_000);
        var (entries, _) = await ReadAsync(Encoding.UTF8.GetBytes($$"""{"entry":[{"text":"{{large}}"},{"id":2}]}"""), 10_000);

        Assert.Equal(large, JsonDocument.Parse(entries[0]).RootElement.GetProperty("text").GetString());
        Assert.Equal("""{"id":2}""", entries[1]);
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Bundle\",\n\"entry\":[{\"id\":1},\n{\"id\":]}", 1, "line 3, byte 7")]
    [InlineData("{\"entry\":[{\"id\":1},{\"id\":2},{\"id\"", 2, "line 1")]
    [InlineData("{\"entry\":[{\"id\":1}]} and more", 1, "line 1, byte 22")]
    [InlineData("", 0, "line 1")]
    public async Task Where_it_is_broken_it_stops_and_says_so(string text, int before, string where)
    {
        var (entries, reader) = await ReadAsync(Encoding.UTF8.GetBytes(text), 4);

        Assert.Equal(before, entries.Count);
        Assert.Contains(where, reader.Broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_object_is_no_bundle()
        => Assert.Equal("is not a bundle", (await ReadAsync("[1]"u8.ToArray(), 10)).Reader.Broken);

    private static async Task<(List<string> Entries, BundleReader Reader)> ReadAsync(byte[] bytes, int piece)
    {
        using var reader = new BundleReader(new Pieces(bytes, piece));
        var entries = new List<string>();
        await foreach (var entry in reader.EntriesAsync(Cancellation))
        {
            Assert.Equal(entries.Count, entry.Index);
            entries.Add(Encoding.UTF8.GetString(entry.Json.Span));
        }

        return (entries, reader);
    }

    /// <summary>A stream that gives a few bytes at a time, as a slow disk may.</summary>
    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
