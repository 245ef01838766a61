using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Data.Stores.Documents.Mongo.Native;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>One connection, lent to one thread for one piece of work. Every call blocks.</summary>
internal sealed unsafe class MongoSession(ClientHandle client, string database, MongoPatience patience) : IDisposable
{
    private readonly Dictionary<string, CollectionHandle> _collections = new(StringComparer.Ordinal);

    /// <summary>A command without a method of its own, on the portal's database.</summary>
    public BsonDocument Run(BsonDocument command, BsonDocument? options = null)
    {
        using var sent = BsonHandle.Of(command);
        using var with = BsonHandle.Of(options ?? []);
        return MongoCall.Run((reply, error) => MongoNative.mongoc_client_command_with_opts(client, database, sent, readFrom: 0, with, reply, error), patience);
    }

    public void Insert(string collection, BsonDocument document, BsonDocument options)
    {
        using var sent = BsonHandle.Of(document);
        using var with = BsonHandle.Of(options);
        var into = Collection(collection);
        MongoCall.Run((reply, error) => MongoNative.mongoc_collection_insert_one(into, sent, with, reply, error), patience);
    }

    /// <summary>Whether there was one to replace.</summary>
    public bool Replace(string collection, BsonDocument filter, BsonDocument document, BsonDocument options)
    {
        using var which = BsonHandle.Of(filter);
        using var sent = BsonHandle.Of(document);
        using var with = BsonHandle.Of(options);
        var of = Collection(collection);
        var answer = MongoCall.Run((reply, error) => MongoNative.mongoc_collection_replace_one(of, which, sent, with, reply, error), patience);
        return answer.Number("matchedCount") == 1;
    }

    /// <summary>How many were changed.</summary>
    public long Update(string collection, BsonDocument filter, BsonDocument change, BsonDocument options)
    {
        using var which = BsonHandle.Of(filter);
        using var sent = BsonHandle.Of(change);
        using var with = BsonHandle.Of(options);
        var of = Collection(collection);
        return MongoCall.Run((reply, error) => MongoNative.mongoc_collection_update_many(of, which, sent, with, reply, error), patience).Number("modifiedCount");
    }

    public long Count(string collection, BsonDocument filter, BsonDocument options)
    {
        using var which = BsonHandle.Of(filter);
        using var with = BsonHandle.Of(options);
        var of = Collection(collection);
        long count = 0;
        MongoCall.Run(
            (reply, error) => (count = MongoNative.mongoc_collection_count_documents(of, which, with, readFrom: 0, reply, error)) >= 0,
            patience);
        return count;
    }

    public List<BsonDocument> Find(string collection, BsonDocument filter, BsonDocument options)
    {
        using var which = BsonHandle.Of(filter);
        using var with = BsonHandle.Of(options);
        using var cursor = CursorHandle.Find(Collection(collection), which, with);
        var started = patience.Now;
        var found = new List<BsonDocument>();
        nint document;
        while (MongoNative.mongoc_cursor_next(cursor, &document))
        {
            found.Add(BsonDocument.Parse(BsonHandle.View(document))); // its bytes are the cursor's, until the next one
        }

        BsonError error = default;
        nint reply = 0;
        return MongoNative.mongoc_cursor_error_document(cursor, &error, &reply)
            ? throw MongoException.From(error.Domain, error.Code, error.Text, reply == 0 ? null : BsonDocument.Parse(BsonHandle.View(reply)), patience.IsOver(started))
            : found;
    }

    public void Dispose()
    {
        foreach (var collection in _collections.Values)
        {
            collection.Dispose();
        }

        client.Dispose();
    }

    private CollectionHandle Collection(string name)
    {
        if (!_collections.TryGetValue(name, out var collection))
        {
            _collections[name] = collection = CollectionHandle.Of(client, database, name);
        }

        return collection;
    }
}
