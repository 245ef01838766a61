using System.Collections;

namespace DrAssistant.Data.Stores.Documents.Mongo.Bson;

/// <summary>
/// MongoDB's document: fields in order. A value is null, a bool, an int, a long, a double, a decimal, a string, a
/// <see cref="DateTimeOffset"/> of whole milliseconds, a <see cref="Guid"/> (binary, subtype 4), a <c>byte[]</c> (subtype 0),
/// a document, a list, or what the portal never makes itself, a <see cref="BsonOpaque"/>.
/// </summary>
internal sealed class BsonDocument : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _fields = [];

    public int Count => _fields.Count;

    public object? this[string name] => _fields.Find(field => field.Key == name).Value;

    public static BsonDocument Parse(ReadOnlySpan<byte> bytes) => new BsonReader(bytes).Whole();

    public void Add(string name, object? value) => _fields.Add(new(name, value));

    public bool Has(string name) => _fields.Exists(field => field.Key == name);

    public T? Get<T>(string name) => this[name] is T value ? value : default;

    /// <summary>A number of a reply, which servers send as int, long or double.</summary>
    public long Number(string name) => this[name] switch
    {
        int i => i,
        long l => l,
        double d => (long)d,
        _ => 0,
    };

    public byte[] ToBytes()
    {
        var writer = new BsonWriter();
        writer.Write(this);
        return writer.ToArray();
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says nothing of what is in it: it may be a patient's.</summary>
    public override string ToString() => $"{Count} fields";
}

/// <summary>A value of a type that the portal does not use, such as a server's timestamp: kept as it came.</summary>
internal sealed record BsonOpaque(BsonType Type, ReadOnlyMemory<byte> Bytes);

/// <summary>The types of bsonspec.org, version 1.1.</summary>
internal enum BsonType : byte
{
    Double = 0x01,
    String = 0x02,
    Document = 0x03,
    Array = 0x04,
    Binary = 0x05,
    Undefined = 0x06,
    ObjectId = 0x07,
    Boolean = 0x08,
    DateTime = 0x09,
    Null = 0x0A,
    RegularExpression = 0x0B,
    DbPointer = 0x0C,
    JavaScript = 0x0D,
    Symbol = 0x0E,
    JavaScriptWithScope = 0x0F,
    Int32 = 0x10,
    Timestamp = 0x11,
    Int64 = 0x12,
    Decimal128 = 0x13,
    MaxKey = 0x7F,
    MinKey = 0xFF,
}

/// <summary>The two kinds of binary that the portal writes.</summary>
internal static class BinarySubtype
{
    public const byte Generic = 0;
    public const byte Uuid = 4;
}
