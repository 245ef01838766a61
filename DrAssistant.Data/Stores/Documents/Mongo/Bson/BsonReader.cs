using System.Buffers.Binary;
using System.Text;

namespace DrAssistant.Data.Stores.Documents.Mongo.Bson;

/// <summary>Reads BSON. Whatever is not well formed is a <see cref="FormatException"/>.</summary>
internal ref struct BsonReader(ReadOnlySpan<byte> bytes)
{
    private const int ObjectIdLength = 12;
    private const int UuidLength = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = 0;
    private int _level = 0;

    public BsonDocument Whole()
    {
        var document = Document();
        return _at == _bytes.Length ? document : throw new FormatException("Something follows the document.");
    }

    private BsonDocument Document()
    {
        var document = new BsonDocument();
        var end = Enter();
        while (Next() is { } type)
        {
            document.Add(Name(), Value(type));
        }

        Leave(end);
        return document;
    }

    private List<object?> Array()
    {
        var list = new List<object?>();
        var end = Enter();
        while (Next() is { } type)
        {
            Name();
            list.Add(Value(type));
        }

        Leave(end);
        return list;
    }

    private int Enter()
    {
        if (++_level > BsonWriter.MostLevels)
        {
            throw new FormatException($"The document is nested more than {BsonWriter.MostLevels} levels deep.");
        }

        var start = _at;
        var length = Int32();
        return length >= 0 && length <= _bytes.Length - start ? start + length : throw CutShort();
    }

    private void Leave(int end)
    {
        _level--;
        if (_at != end)
        {
            throw new FormatException("The document does not end where it says.");
        }
    }

    private BsonType? Next() => Take(1)[0] is var type and not 0 ? (BsonType)type : null;

    private object? Value(BsonType type) => type switch
    {
        BsonType.Null => null,
        BsonType.String => String(),
        BsonType.Boolean => Boolean(),
        BsonType.Int32 => Int32(),
        BsonType.Int64 => Int64(),
        BsonType.Double => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))),
        BsonType.Decimal128 => Decimal(),
        BsonType.DateTime => Instant(),
        BsonType.Binary => Binary(),
        BsonType.Document => Document(),
        BsonType.Array => Array(),
        _ => Opaque(type),
    };

    private BsonOpaque Opaque(BsonType type)
    {
        var start = _at;
        switch (type)
        {
            case BsonType.Undefined or BsonType.MinKey or BsonType.MaxKey: break;
            case BsonType.ObjectId: Take(ObjectIdLength); break;
            case BsonType.Timestamp: Int64(); break;
            case BsonType.JavaScript or BsonType.Symbol: String(); break;
            case BsonType.DbPointer: String(); Take(ObjectIdLength); break;
            case BsonType.RegularExpression: Name(); Name(); break;
            case BsonType.JavaScriptWithScope: Take(Int32() - sizeof(int)); break;
            default: throw new FormatException($"There is no BSON type {(byte)type}.");
        }

        return new BsonOpaque(type, _bytes[start.._at].ToArray());
    }

    private object Binary()
    {
        var start = _at;
        var length = Int32();
        var subtype = Take(1)[0];
        var content = Take(length);
        return subtype switch
        {
            BinarySubtype.Generic => content.ToArray(),
            BinarySubtype.Uuid when length == UuidLength => new Guid(content, bigEndian: true),
            _ => new BsonOpaque(BsonType.Binary, _bytes[start.._at].ToArray()),
        };
    }

    private object Decimal()
    {
        var number = Take(Decimal128.Length);
        return Decimal128.TryRead(number, out var value) ? value : new BsonOpaque(BsonType.Decimal128, number.ToArray());
    }

    private bool Boolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        _ => throw new FormatException("A boolean is neither true nor false."),
    };

    private object Instant()
    {
        var start = _at;
        var milliseconds = Int64();
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : new BsonOpaque(BsonType.DateTime, _bytes[start.._at].ToArray());
    }

    private string Name()
    {
        var length = _bytes[_at..].IndexOf((byte)0);
        return length < 0 ? throw CutShort() : Text(Take(length + 1)[..^1]);
    }

    private string String()
    {
        var text = Take(Int32());
        return text is [.., 0] ? Text(text[..^1]) : throw new FormatException("A text does not end with a NUL.");
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException("A text is not UTF-8.", broken);
        }
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _bytes.Length - _at)
        {
            throw CutShort();
        }

        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    private static FormatException CutShort() => new("The document is cut short.");
}
