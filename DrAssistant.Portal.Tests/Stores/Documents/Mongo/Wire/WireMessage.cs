using System.Buffers.Binary;
using System.Text;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>OP_MSG, and the OP_QUERY in which libmongoc 1.x still says hello.</summary>
internal sealed class WireMessage
{
    private const int HeaderLength = 16;
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;
    private const int LongestMessage = 48_000_000;
    private const uint ChecksumPresent = 1;

    private readonly int _id;
    private readonly int _operation;

    private WireMessage(int id, int operation, BsonDocument command) => (_id, _operation, Command) = (id, operation, command);

    public BsonDocument Command { get; }

    /// <summary>Null at the end of the connection.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellation) < HeaderLength)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        var operation = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        if (length is < HeaderLength or > LongestMessage)
        {
            throw new IOException("No message of MongoDB's.");
        }

        var body = new byte[length - HeaderLength];
        await stream.ReadExactlyAsync(body, cancellation);
        return new WireMessage(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), operation, operation switch
        {
            OpMsg => ReadSections(body),
            OpQuery => ReadQuery(body),
            _ => throw new IOException($"Operation {operation} is not spoken here."),
        });
    }

    public async Task AnswerAsync(Stream stream, BsonDocument answer, CancellationToken cancellation)
    {
        byte[] head = _operation == OpMsg
            ? [0, 0, 0, 0, 0] // no flags, then a section of kind 0
            : [.. new byte[16], 1, 0, 0, 0]; // flags, cursor, starting from, one document
        var document = answer.ToBytes();
        var message = new byte[HeaderLength + head.Length + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), _id);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), _operation == OpMsg ? OpMsg : OpReply);
        head.CopyTo(message, HeaderLength);
        document.CopyTo(message, HeaderLength + head.Length);
        await stream.WriteAsync(message, cancellation);
    }

    private static BsonDocument ReadSections(byte[] body)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(body);
        var end = body.Length - ((flags & ChecksumPresent) != 0 ? sizeof(uint) : 0);
        BsonDocument command = [];
        var sequences = new BsonDocument();
        for (var at = sizeof(uint); at < end;)
        {
            var kind = body[at++];
            var section = body.AsSpan(at, BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)));
            at += section.Length;
            if (kind == 0)
            {
                command = BsonDocument.Parse(section);
            }
            else
            {
                AddSequence(sequences, section[sizeof(int)..]);
            }
        }

        foreach (var (name, documents) in sequences)
        {
            command.Add(name, documents);
        }

        return command;
    }

    private static void AddSequence(BsonDocument to, ReadOnlySpan<byte> section)
    {
        var name = section[..section.IndexOf((byte)0)];
        var documents = new List<object?>();
        for (var rest = section[(name.Length + 1)..]; rest.Length > 0;)
        {
            var document = rest[..BinaryPrimitives.ReadInt32LittleEndian(rest)];
            documents.Add(BsonDocument.Parse(document));
            rest = rest[document.Length..];
        }

        to.Add(Encoding.UTF8.GetString(name), documents);
    }

    private static BsonDocument ReadQuery(ReadOnlySpan<byte> body)
    {
        var afterName = body[sizeof(int)..][(body[sizeof(int)..].IndexOf((byte)0) + 1)..];
        return BsonDocument.Parse(afterName[(2 * sizeof(int))..]);
    }
}
