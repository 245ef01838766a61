using System.Runtime.InteropServices;

namespace DrAssistant.Data.Stores.Documents.Mongo.Native;

/// <summary>
/// Something that libmongoc gave and wants back. What was made of another keeps that one alive, so that in whatever order they
/// are disposed or finalised, the native order is child first.
/// </summary>
internal abstract class MongoHandle() : SafeHandle(0, ownsHandle: true)
{
    private SafeHandle? _parent;

    public override bool IsInvalid => handle == 0;

    protected void KeepAlive(SafeHandle parent)
    {
        if (!IsInvalid)
        {
            var added = false;
            parent.DangerousAddRef(ref added);
            _parent = parent;
        }
    }

    protected abstract void Free(nint native);

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
        _parent?.DangerousRelease();
        _parent = null;
        return true;
    }
}

internal sealed class UriHandle : MongoHandle
{
    protected override void Free(nint native) => MongoNative.mongoc_uri_destroy(native);
}

internal sealed class PoolHandle : MongoHandle
{
    protected override void Free(nint native) => MongoNative.mongoc_client_pool_destroy(native);
}

/// <summary>A client out of the pool, for one thread at a time. It goes back, and is never destroyed.</summary>
internal sealed class ClientHandle : MongoHandle
{
    private readonly nint _pool;

    public ClientHandle(PoolHandle pool, nint client)
    {
        SetHandle(client);
        KeepAlive(pool);
        _pool = pool.DangerousGetHandle();
    }

    protected override void Free(nint native) => MongoNative.mongoc_client_pool_push(_pool, native);
}

internal sealed class CollectionHandle : MongoHandle
{
    public static CollectionHandle Of(ClientHandle client, string database, string name)
    {
        var collection = MongoNative.mongoc_client_get_collection(client, database, name);
        collection.KeepAlive(client);
        return collection;
    }

    protected override void Free(nint native) => MongoNative.mongoc_collection_destroy(native);
}

internal sealed class CursorHandle : MongoHandle
{
    public static CursorHandle Find(CollectionHandle collection, BsonHandle filter, BsonHandle options)
    {
        var cursor = MongoNative.mongoc_collection_find_with_opts(collection, filter, options, readFrom: 0);
        cursor.KeepAlive(collection);
        return cursor;
    }

    protected override void Free(nint native) => MongoNative.mongoc_cursor_destroy(native);
}

/// <summary>A document on its way to the server.</summary>
internal sealed unsafe class BsonHandle : MongoHandle
{
    public static BsonHandle Of(Bson.BsonDocument document)
    {
        fixed (byte* data = document.ToBytes())
        {
            var copied = MongoNative.bson_new_from_data(data, (nuint)(*(int*)data));
            return copied.IsInvalid ? throw new FormatException("libbson does not take the document.") : copied;
        }
    }

    /// <summary>The bytes of a document that somebody else owns, for as long as that one keeps them.</summary>
    public static ReadOnlySpan<byte> View(nint bson)
    {
        var data = MongoNative.bson_get_data(bson);
        return new ReadOnlySpan<byte>(data, *(int*)data);
    }

    protected override void Free(nint native) => MongoNative.bson_destroy(native);
}
