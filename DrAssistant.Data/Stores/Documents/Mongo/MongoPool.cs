using DrAssistant.Data.Stores.Documents.Mongo.Native;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// Connections to MongoDB. libmongoc's own defaults are for batch programs: half a minute until it says that there is no server,
/// five minutes for an answer, no limit on those who wait.
/// </summary>
internal sealed unsafe class MongoPool : IDisposable
{
    private const string SocketTimeout = "sockettimeoutms";
    private const string PoolSize = "maxpoolsize";

    private static readonly (string Option, int Value)[] Defaults =
    [
        (PoolSize, 16),
        ("serverselectiontimeoutms", 5_000),
        ("connecttimeoutms", 5_000),
        (SocketTimeout, 10_000),
        ("waitqueuetimeoutms", 5_000),
    ];

    private readonly PoolHandle _pool;
    private readonly MongoPatience _patience;

    /// <summary>Reads the address; the first lease connects.</summary>
    /// <exception cref="MongoLibraryMissingException">The C driver is not installed.</exception>
    public MongoPool(MongoOptions options, TimeProvider time)
    {
        MongoNative.Start();
        using var uri = Parse(options);
        BsonError error = default;
        _pool = MongoNative.NewPool(uri, &error); // copies the address
        if (_pool.IsInvalid)
        {
            throw new MongoException(MongoFault.Other, error.Text);
        }

        Database = options.Database;
        MaxSize = MongoNative.mongoc_uri_get_option_as_int32(uri, PoolSize, 0);
        SocketWait = TimeSpan.FromMilliseconds(MongoNative.mongoc_uri_get_option_as_int32(uri, SocketTimeout, 0));
        _patience = new MongoPatience(SocketWait, time);
    }

    public string Database { get; }

    public int MaxSize { get; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan SocketWait { get; }

    public MongoSession Lease()
    {
        var client = MongoNative.mongoc_client_pool_pop(_pool);
        return client == 0
            ? throw new MongoException(MongoFault.Busy, "No connection became free in time.")
            : new MongoSession(new ClientHandle(_pool, client), Database, _patience);
    }

    /// <summary>A lease that is still out keeps the native pool until it comes back.</summary>
    public void Dispose() => _pool.Dispose();

    private static UriHandle Parse(MongoOptions options)
    {
        BsonError error = default;
        var uri = MongoNative.mongoc_uri_new_with_error(options.Uri, &error);
        if (uri.IsInvalid)
        {
            throw new MongoException(MongoFault.Other, error.Text);
        }

        foreach (var (option, value) in Defaults)
        {
            if (MongoNative.mongoc_uri_get_option_as_int32(uri, option, 0) == 0)
            {
                MongoNative.mongoc_uri_set_option_as_int32(uri, option, value);
            }
        }

        if (options.CaFile is { Length: > 0 } file)
        {
            MongoNative.mongoc_uri_set_option_as_utf8(uri, "tlscafile", Path.GetFullPath(file));
        }

        return uri;
    }
}
