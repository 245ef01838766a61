using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Stores.Documents.Mongo.Bson;

/// <summary>Writes BSON. What would be stored as something else than it is, is refused.</summary>
internal sealed class BsonWriter
{
    /// <summary>The limit of the server, and of <see cref="BsonReader"/>.</summary>
    internal const int MostLevels = 100;

    private const int UuidLength = 16;

    // A lone surrogate throws instead of being stored as U+FFFD.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private int _level;

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public void Write(BsonDocument document) => Enclose(document, static (writer, fields) =>
    {
        foreach (var (name, value) in fields)
        {
            writer.Element(name, value);
        }
    });

    private void Write(IEnumerable list) => Enclose(list, static (writer, values) =>
    {
        var index = 0;
        foreach (var value in values)
        {
            writer.Element(index++.ToString(CultureInfo.InvariantCulture), value);
        }
    });

    /// <summary>The length, which is known only at the end; the content; and the byte that closes it.</summary>
    private void Enclose<T>(T content, Action<BsonWriter, T> write)
    {
        if (++_level > MostLevels)
        {
            throw new FormatException($"A document may be nested {MostLevels} levels deep.");
        }

        var outer = _buffer.WrittenCount;
        Int32(0);
        write(this, content);
        Byte(0);
        _level--;
        PatchLength(outer);
    }

    private void PatchLength(int at)
    {
        // Only this class writes into the buffer, whose memory is its own.
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteInt32LittleEndian(written.Span[at..], _buffer.WrittenCount - at);
    }

    private void Element(string name, object? value)
    {
        Byte((byte)TypeOf(value));
        Name(name);
        switch (value)
        {
            case null: break;
            case string text: String(text); break;
            case bool flag: Byte(flag ? (byte)1 : (byte)0); break;
            case int number: Int32(number); break;
            case long number: Int64(number); break;
            case double number: BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), number); break;
            case decimal number: Decimal128.Write(Take(Decimal128.Length), number); break;
            case DateTimeOffset instant: Instant(instant); break;
            case Guid id: Uuid(id); break;
            case byte[] bytes: Binary(bytes); break;
            case BsonDocument document: Write(document); break;
            case BsonOpaque opaque: opaque.Bytes.Span.CopyTo(Take(opaque.Bytes.Length)); break;
            default: Write((IEnumerable)value); break;
        }
    }

    private static BsonType TypeOf(object? value) => value switch
    {
        null => BsonType.Null,
        string => BsonType.String,
        bool => BsonType.Boolean,
        int => BsonType.Int32,
        long => BsonType.Int64,
        double => BsonType.Double,
        decimal => BsonType.Decimal128,
        DateTimeOffset => BsonType.DateTime,
        Guid or byte[] => BsonType.Binary,
        BsonDocument => BsonType.Document,
        BsonOpaque opaque => opaque.Type,
        IEnumerable => BsonType.Array,
        _ => throw new FormatException($"BSON has no {value.GetType().Name}."),
    };

    private void Name(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("The name of a field holds a NUL.");
        }

        Text(name);
    }

    private void String(string text)
    {
        var at = _buffer.WrittenCount;
        Int32(0);
        Text(text);
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteInt32LittleEndian(written.Span[at..], _buffer.WrittenCount - at - sizeof(int));
    }

    private void Text(string text)
    {
        try
        {
            Strict.GetBytes(text, _buffer);
        }
        catch (EncoderFallbackException broken)
        {
            throw new FormatException("A text holds half of a surrogate pair.", broken);
        }

        Byte(0);
    }

    private void Instant(DateTimeOffset instant)
    {
        if (instant.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new FormatException("BSON keeps whole milliseconds.");
        }

        Int64(instant.ToUnixTimeMilliseconds());
    }

    private void Uuid(Guid id)
    {
        Int32(UuidLength);
        Byte(BinarySubtype.Uuid);
        id.TryWriteBytes(Take(UuidLength), bigEndian: true, out _); // the order of RFC 9562
    }

    private void Binary(byte[] bytes)
    {
        Int32(bytes.Length);
        Byte(BinarySubtype.Generic);
        _buffer.Write(bytes);
    }

    private void Byte(byte value) => Take(1)[0] = value;

    private void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    private void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    private Span<byte> Take(int length)
    {
        var taken = _buffer.GetSpan(length)[..length];
        _buffer.Advance(length);
        return taken;
    }
}
