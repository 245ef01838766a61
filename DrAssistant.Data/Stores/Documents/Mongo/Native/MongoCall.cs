using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo.Native;

/// <summary>A function of libmongoc that answers with a reply, or fails with an error and a reply that says more.</summary>
internal unsafe delegate bool MongoFunction(void* reply, BsonError* error);

/// <summary>Calls what answers with a reply.</summary>
internal static unsafe class MongoCall
{
    // bson_t, of which 128 bytes are aligned to 128.
    private const int Size = 128;
    private const int EmptyLength = 5;
    private const int LengthAt = sizeof(int);
    private const int DataAt = 2 * sizeof(int);
    private const int InlineAndStatic = 1 | 2;

    /// <summary>The reply of a call that succeeded.</summary>
    /// <exception cref="MongoException">It failed.</exception>
    public static BsonDocument Run(MongoFunction function, MongoPatience patience)
    {
        var memory = stackalloc byte[2 * Size];
        var reply = (byte*)(((nint)memory + Size - 1) & ~(nint)(Size - 1));
        MakeEmpty(reply);
        BsonError error = default;
        var started = patience.Now;
        var succeeded = function(reply, &error);
        BsonDocument answer;
        try
        {
            answer = BsonDocument.Parse(BsonHandle.View((nint)reply));
        }
        finally
        {
            MongoNative.bson_destroy((nint)reply);
        }

        return succeeded ? answer : throw MongoException.From(error.Domain, error.Code, error.Text, answer, patience.IsOver(started));
    }

    /// <summary>As bson_init leaves it, so that destroying it is right whatever the callee did.</summary>
    private static void MakeEmpty(byte* reply)
    {
        new Span<byte>(reply, Size).Clear();
        *(int*)reply = InlineAndStatic;
        *(int*)(reply + LengthAt) = EmptyLength;
        reply[DataAt] = EmptyLength;
    }
}

/// <summary>
/// How long a socket waits. libmongoc has one error for a connection that was cut and for an answer that did not come in time:
/// only the clock tells them apart.
/// </summary>
internal sealed class MongoPatience(TimeSpan socketTimeout, TimeProvider time)
{
    private const double Nearly = 0.9;

    public long Now => time.GetTimestamp();

    public bool IsOver(long started) => time.GetElapsedTime(started) >= socketTimeout * Nearly;
}
