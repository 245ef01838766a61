using System.Runtime.InteropServices;
using static DrAssistant.Data.Stores.Documents.Mongo.Native.MongoLibrary;

namespace DrAssistant.Data.Stores.Documents.Mongo.Native;

/// <summary>
/// What the portal calls of libmongoc and libbson 1.x. C's bool is one byte. A reply is initialised by the callee and destroyed
/// by the caller (<see cref="MongoCall"/>); what belongs to a cursor is never destroyed by anybody else.
/// </summary>
internal static unsafe partial class MongoNative
{
    /// <summary>Errors of the server come with its own codes, and apart from those of the driver.</summary>
    private const int ErrorApi = 2;

    /// <summary>There is no cleanup beside it: nothing may follow one, and the system frees what a process held.</summary>
    private static readonly Lazy<bool> Started = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(MongoNative).Assembly, Resolve);
        mongoc_log_set_handler(0, 0); // errors come back from the calls; its log would go to the console past the portal's own
        mongoc_init();
        return true;
    });

    public static string Version => Marshal.PtrToStringUTF8(mongoc_get_version()) ?? "";

    /// <summary>Before the first call of anything else.</summary>
    /// <exception cref="MongoLibraryMissingException">The system does not have the library.</exception>
    public static void Start() => _ = Started.Value;

    public static PoolHandle NewPool(UriHandle uri, BsonError* error)
    {
        var pool = mongoc_client_pool_new_with_error(uri, error);
        if (!pool.IsInvalid)
        {
            mongoc_client_pool_set_error_api(pool, ErrorApi);
            mongoc_client_pool_set_appname(pool, "dr-assistant");
        }

        return pool;
    }

    [LibraryImport(Codec)]
    internal static partial BsonHandle bson_new_from_data(byte* data, nuint length);

    [LibraryImport(Codec)]
    internal static partial byte* bson_get_data(nint bson);

    [LibraryImport(Codec)]
    internal static partial void bson_destroy(nint bson);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial UriHandle mongoc_uri_new_with_error(string uri, BsonError* error);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_uri_set_option_as_int32(UriHandle uri, string name, int value);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mongoc_uri_get_option_as_int32(UriHandle uri, string name, int otherwise);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_uri_set_option_as_utf8(UriHandle uri, string name, string value);

    [LibraryImport(Driver)]
    internal static partial void mongoc_uri_destroy(nint uri);

    [LibraryImport(Driver)]
    internal static partial void mongoc_client_pool_destroy(nint pool);

    [LibraryImport(Driver)]
    internal static partial nint mongoc_client_pool_pop(PoolHandle pool);

    [LibraryImport(Driver)]
    internal static partial void mongoc_client_pool_push(nint pool, nint client);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial CollectionHandle mongoc_client_get_collection(ClientHandle client, string database, string collection);

    [LibraryImport(Driver)]
    internal static partial void mongoc_collection_destroy(nint collection);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_client_command_with_opts(ClientHandle client, string database, BsonHandle command, nint readFrom, BsonHandle options, void* reply, BsonError* error);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_collection_insert_one(CollectionHandle collection, BsonHandle document, BsonHandle options, void* reply, BsonError* error);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_collection_replace_one(CollectionHandle collection, BsonHandle filter, BsonHandle document, BsonHandle options, void* reply, BsonError* error);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_collection_update_many(CollectionHandle collection, BsonHandle filter, BsonHandle change, BsonHandle options, void* reply, BsonError* error);

    [LibraryImport(Driver)]
    internal static partial long mongoc_collection_count_documents(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint readFrom, void* reply, BsonError* error);

    [LibraryImport(Driver)]
    internal static partial CursorHandle mongoc_collection_find_with_opts(CollectionHandle collection, BsonHandle filter, BsonHandle options, nint readFrom);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_cursor_next(CursorHandle cursor, nint* document);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mongoc_cursor_error_document(CursorHandle cursor, BsonError* error, nint* document);

    [LibraryImport(Driver)]
    internal static partial void mongoc_cursor_destroy(nint cursor);

    [LibraryImport(Driver)]
    private static partial void mongoc_init();

    [LibraryImport(Driver)]
    private static partial nint mongoc_get_version();

    [LibraryImport(Driver)]
    private static partial void mongoc_log_set_handler(nint handler, nint user);

    [LibraryImport(Driver)]
    private static partial PoolHandle mongoc_client_pool_new_with_error(UriHandle uri, BsonError* error);

    [LibraryImport(Driver)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool mongoc_client_pool_set_error_api(PoolHandle pool, int version);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool mongoc_client_pool_set_appname(PoolHandle pool, string name);
}

/// <summary>bson_error_t: domain, code, and a text that ends with NUL; 512 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BsonError
{
    private const int TextLength = 504;

    public uint Domain;
    public uint Code;
    public fixed byte Message[TextLength];

    public readonly string Text
    {
        get
        {
            fixed (byte* text = Message)
            {
                return Marshal.PtrToStringUTF8((nint)text) ?? "";
            }
        }
    }
}
