using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>What went wrong, as far as anybody here does something about it.</summary>
internal enum MongoFault
{
    Other = 0,
    DuplicateKey,
    Invalid,
    TooLarge,
    AlreadyThere,
    NotThere,

    /// <summary>Wrong name or password, or none.</summary>
    Unauthenticated,

    /// <summary>The user may not do this.</summary>
    Unauthorized,

    /// <summary>No server was found, or the connection broke.</summary>
    Unreachable,

    /// <summary>A server was there and did not answer in time.</summary>
    TimedOut,

    /// <summary>Written on one server, and not known to be on the majority.</summary>
    NotOnMajority,

    /// <summary>Too many calls wait here.</summary>
    Busy,
}

/// <summary>libmongoc or the server said no. The message is theirs, for the log.</summary>
internal sealed class MongoException(MongoFault fault, string message, int code = 0) : Exception(message)
{
    // mongoc-error.h
    private const uint ClientDomain = 1;
    private const uint StreamDomain = 2;
    private const uint BsonDomain = 8;
    private const uint ServerSelectionDomain = 15;
    private const uint WriteConcernDomain = 16;
    private const uint ServerDomain = 17;
    private const uint AuthenticationFailed = 11;
    private const uint TooBigForTheDriver = 8;
    private const uint TooBigForBson = 18;

    public MongoFault Fault => fault;

    /// <summary>The server's code, or libmongoc's.</summary>
    public int Code => code;

    /// <summary>The call was sent, and what came of it is not known: what it should have written may be there.</summary>
    public bool IsOutcomeUnknown { get; private init; }

    /// <summary>The store is away, as opposed to having answered with a no.</summary>
    public bool IsOutage => fault is MongoFault.Unreachable or MongoFault.TimedOut or MongoFault.NotOnMajority or MongoFault.Busy;

    /// <summary>Of a bson_error_t and the reply that came with it.</summary>
    public static MongoException From(uint errorDomain, uint errorCode, string message, BsonDocument? reply, bool timedOut)
    {
        var (domain, code) = Where(errorDomain, (int)errorCode, reply);
        var fault = domain switch
        {
            ServerDomain => OfServer(code),
            WriteConcernDomain => MongoFault.NotOnMajority,
            ServerSelectionDomain => MongoFault.Unreachable,
            StreamDomain => timedOut ? MongoFault.TimedOut : MongoFault.Unreachable,
            ClientDomain when errorCode == AuthenticationFailed => MongoFault.Unauthenticated,
            ClientDomain when errorCode == TooBigForTheDriver => MongoFault.TooLarge,
            BsonDomain when errorCode == TooBigForBson => MongoFault.TooLarge,
            _ => MongoFault.Other,
        };
        return new MongoException(fault, message, code)
        {
            // What could not be sent to any server was not done.
            IsOutcomeUnknown = domain != ServerSelectionDomain && fault is MongoFault.Unreachable or MongoFault.TimedOut or MongoFault.NotOnMajority,
        };
    }

    /// <summary>Writes report their own errors inside a reply that is otherwise one of success.</summary>
    private static (uint Domain, int Code) Where(uint domain, int code, BsonDocument? reply)
    {
        if (First(reply, "writeErrors") is { } write)
        {
            return (ServerDomain, (int)write.Number("code"));
        }

        return First(reply, "writeConcernErrors") is { } concern ? (WriteConcernDomain, (int)concern.Number("code")) : (domain, code);
    }

    private static BsonDocument? First(BsonDocument? reply, string name)
        => reply?.Get<List<object?>>(name) is [BsonDocument first, ..] ? first : null;

    /// <summary>The codes of the server's error_codes.yml.</summary>
    private static MongoFault OfServer(int code) => code switch
    {
        11000 or 11001 => MongoFault.DuplicateKey,
        121 => MongoFault.Invalid,
        10334 or 17280 => MongoFault.TooLarge,
        48 => MongoFault.AlreadyThere,
        26 or 27 => MongoFault.NotThere, // NamespaceNotFound, IndexNotFound
        18 => MongoFault.Unauthenticated,
        13 => MongoFault.Unauthorized,
        50 or 89 or 262 => MongoFault.TimedOut, // MaxTimeMSExpired, NetworkTimeout, ExceededTimeLimit
        64 or 100 => MongoFault.NotOnMajority, // WriteConcernFailed, UnsatisfiableWriteConcern

        // It steps down, shuts down or has lost the others: InterruptedAtShutdown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk,
        // NotPrimaryOrSecondary, NotWritablePrimary, PrimarySteppedDown, ShutdownInProgress, HostUnreachable, HostNotFound, SocketException.
        11600 or 11602 or 13435 or 13436 or 10107 or 189 or 91 or 6 or 7 or 9001 => MongoFault.Unreachable,
        _ => MongoFault.Other,
    };
}
