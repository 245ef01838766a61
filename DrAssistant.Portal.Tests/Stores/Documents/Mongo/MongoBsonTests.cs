using System.Text.Json;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>The portal's codec against libbson: the same document is the same bytes, and they are read as what they are.</summary>
public sealed class MongoBsonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, 250, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

    private static readonly Dictionary<string, (object? Value, string Json)> Values = new()
    {
        ["text"] = ("Röntgen नमस्ते 😀", "\"Röntgen नमस्ते 😀\""),
        ["empty text"] = ("", "\"\""),
        ["text with a NUL"] = ("a\0b", "\"a\\u0000b\""),
        ["true"] = (true, "true"),
        ["false"] = (false, "false"),
        ["nothing"] = (null, "null"),
        ["int"] = (int.MinValue, """{"$numberInt": "-2147483648"}"""),
        ["long"] = (long.MaxValue, """{"$numberLong": "9223372036854775807"}"""),
        ["double"] = (0.1, """{"$numberDouble": "0.1"}"""),
        ["endless"] = (double.NegativeInfinity, """{"$numberDouble": "-Infinity"}"""),
        ["decimal"] = (-12.50m, """{"$numberDecimal": "-12.50"}"""),
        ["smallest decimal"] = (0.0000000000000000000000000001m, """{"$numberDecimal": "1E-28"}"""),
        ["largest decimal"] = (decimal.MaxValue, """{"$numberDecimal": "79228162514264337593543950335"}"""),
        ["instant"] = (Noon, """{"$date": {"$numberLong": "1793860200250"}}"""),
        ["instant before 1970"] = (DateTimeOffset.UnixEpoch.AddMilliseconds(-1), """{"$date": {"$numberLong": "-1"}}"""),
        ["id"] = (Id, """{"$binary": {"base64": "ABEiM0RVZneImaq7zN3u/w==", "subType": "04"}}"""),
        ["bytes"] = (new byte[] { 1, 2, 255 }, """{"$binary": {"base64": "AQL/", "subType": "00"}}"""),
        ["no bytes"] = (Array.Empty<byte>(), """{"$binary": {"base64": "", "subType": "00"}}"""),
        ["list"] = (new List<object?> { 1, "two", null, new List<object?>() }, """[{"$numberInt": "1"}, "two", null, []]"""),
        ["document"] = (new BsonDocument { { "a", new BsonDocument { { "", 1 } } } }, """{"a": {"": {"$numberInt": "1"}}}"""),
    };

    public static TheoryData<string> Kinds => [.. Values.Keys];

    /// <summary>Kept from libbson, so that a change of it or of the codec shows: lengths, types and order are those of the specification.</summary>
    [Fact]
    public void A_document_has_the_bytes_that_were_written_down()
    {
        var document = new BsonDocument { { "_id", Id }, { "version", 2 }, { "status", "draft" }, { "createdAt", Noon }, { "size", 12.50m }, { "tags", new[] { "a" } } };

        Assert.Equal(
            "7b000000055f696400100000000400112233445566778899aabbccddeeff1076657273696f6e000200000002737461747573000600000064726166740009"
            + "637265617465644174003a6766aaa10100001373697a6500e2040000000000000000000000003c300474616773000e0000000230000200000061000000",
            Convert.ToHexStringLower(document.ToBytes()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_is_written_as_libbson_writes_it_and_read_as_it_was(string kind)
    {
        var (value, json) = Values[kind];
        var theirs = LibBson.Bytes($"{{\"before\": true, \"ключ\": {json}, \"after\": true}}");

        var ours = new BsonDocument { { "before", true }, { "ключ", value }, { "after", true } };

        Assert.Equal(Convert.ToHexString(theirs), Convert.ToHexString(ours.ToBytes()));
        Assert.Equal(Convert.ToHexString(theirs), Convert.ToHexString(BsonDocument.Parse(theirs).ToBytes()));
        Assert.Equivalent(value, BsonDocument.Parse(theirs)["ключ"], strict: true);
    }

    /// <summary>A server's answer holds types that the portal never uses.</summary>
    [Theory]
    [InlineData("""{"$oid": "5f0000000000000000000001"}""")]
    [InlineData("""{"$timestamp": {"t": 42, "i": 1}}""")]
    [InlineData("""{"$regularExpression": {"pattern": "a.b", "options": "i"}}""")]
    [InlineData("""{"$code": "f()"}""")]
    [InlineData("""{"$code": "f()", "$scope": {"a": 1}}""")]
    [InlineData("""{"$symbol": "s"}""")]
    [InlineData("""{"$dbPointer": {"$ref": "c", "$id": {"$oid": "5f0000000000000000000001"}}}""")]
    [InlineData("""{"$minKey": 1}""")]
    [InlineData("""{"$maxKey": 1}""")]
    [InlineData("""{"$undefined": true}""")]
    [InlineData("""{"$numberDecimal": "NaN"}""")]
    [InlineData("""{"$numberDecimal": "1E+6000"}""")]
    [InlineData("""{"$date": {"$numberLong": "9223372036854775807"}}""")]
    [InlineData("""{"$binary": {"base64": "AQL/", "subType": "80"}}""")]
    [InlineData("""{"$binary": {"base64": "AQL/", "subType": "04"}}""")]
    public void What_the_portal_does_not_use_is_kept_as_it_came(string json)
    {
        var theirs = LibBson.Bytes($"{{\"a\": {json}, \"b\": 1}}");

        var read = BsonDocument.Parse(theirs);

        Assert.IsType<BsonOpaque>(read["a"]);
        Assert.Equal(1, read["b"]);
        Assert.Equal(Convert.ToHexString(theirs), Convert.ToHexString(read.ToBytes()));
    }

    [Fact]
    public void What_would_be_stored_as_something_else_is_refused()
    {
        Refused(new BsonDocument { { "a\0b", 1 } });
        Refused(new BsonDocument { { "a", "\ud800" } });
        Refused(new BsonDocument { { "a", Noon.AddTicks(1) } });
        Refused(new BsonDocument { { "a", new Version(1, 0) } });
        Refused(Nested(101));
        Assert.Equal(1, BsonDocument.Parse(Nested(100).ToBytes()).Count);

        static void Refused(BsonDocument document) => Assert.Throws<FormatException>(() => document.ToBytes());
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("0.12345678901234567890123456789012345")]
    [InlineData("123456789012345678901234567890123")]
    public void A_number_with_more_digits_than_can_be_kept_is_refused(string number)
    {
        using var json = JsonDocument.Parse(number);

        Assert.Throws<FormatException>(() => BsonJson.ToBson(json.RootElement));
    }

    /// <summary>A server that sends rubbish is an error of one kind and nothing worse.</summary>
    [Fact]
    public void Broken_bytes_are_read_or_refused()
    {
        var whole = new BsonDocument();
        foreach (var (kind, (value, _)) in Values)
        {
            whole.Add(kind, value);
        }

        var bytes = whole.ToBytes();
        var random = new Random(20261105);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var broken = bytes.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            refused += IsRead(broken[..random.Next(broken.Length / 2, broken.Length + 1)]) ? 0 : 1;
        }

        Assert.True(refused > 1_000, $"{refused} of the broken documents were refused.");
    }

    private static bool IsRead(byte[] bytes)
    {
        try
        {
            BsonDocument.Parse(bytes);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static BsonDocument Nested(int levels) => levels == 1 ? [] : new BsonDocument { { "d", Nested(levels - 1) } };
}
