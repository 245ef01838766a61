using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>The commands that the portal and libmongoc send, on documents in memory.</summary>
internal sealed class WireCommands
{
    private const int FirstBatch = 101;

    private readonly Lock _one = new();
    private readonly Dictionary<string, WireCollection> _collections = [];
    private readonly Dictionary<long, Queue<BsonDocument>> _cursors = [];
    private readonly Dictionary<string, BsonDocument> _done = [];
    private long _lastCursor;

    public IReadOnlyList<BsonDocument> Documents(string collection)
    {
        lock (_one)
        {
            return [.. Collection(collection).Documents];
        }
    }

    public BsonDocument Answer(BsonDocument command)
    {
        lock (_one)
        {
            try
            {
                return Retried(command);
            }
            catch (WireRefusal no)
            {
                return new BsonDocument { { "ok", 0.0 }, { "errmsg", no.Message }, { "code", no.Code }, { "codeName", no.Message } };
            }
        }
    }

    /// <summary>A write with a number that was carried out already is answered and not repeated.</summary>
    private BsonDocument Retried(BsonDocument command)
    {
        if (command["txnNumber"] is not long number || command["lsid"] is not BsonDocument session)
        {
            return Do(command);
        }

        var key = $"{session["id"]} {number}";
        if (!_done.TryGetValue(key, out var answer))
        {
            _done[key] = answer = Do(command);
        }

        return answer;
    }

    private BsonDocument Do(BsonDocument command)
    {
        var (name, subject) = command.First();
        var on = subject as string ?? "";
        return name switch
        {
            "hello" or "isMaster" or "ismaster" => Hello(),
            "ping" or "endSessions" or "killCursors" => Ok(),
            "buildInfo" => Ok(("version", "7.0.0")),
            "create" => Create(on, command),
            "collMod" => Ok(() => Collection(on).Validator = command.Get<BsonDocument>("validator")),
            "createIndexes" => Ok(() => Collection(on).Add(command.Get<List<object?>>("indexes")!.Cast<BsonDocument>())),
            "dropIndexes" => Ok(() => Collection(on).Drop((string)command["index"]!)),
            "insert" => Insert(Collection(on), command),
            "update" => Update(Collection(on), command),
            "delete" => Delete(Collection(on), command),
            "find" => Find(on, command),
            "getMore" => More((long)subject!, command),
            "aggregate" => Aggregate(on, command),
            _ => throw new WireRefusal(59, $"no such command: {name}"),
        };
    }

    private static BsonDocument Hello() => Ok(
        ("isWritablePrimary", true), ("ismaster", true), ("msg", "isdbgrid"), ("maxBsonObjectSize", 16 * 1024 * 1024), ("maxMessageSizeBytes", 48_000_000),
        ("maxWriteBatchSize", 100_000), ("logicalSessionTimeoutMinutes", 30), ("minWireVersion", 0), ("maxWireVersion", 21), ("readOnly", false));

    private BsonDocument Create(string name, BsonDocument command)
    {
        if (_collections.ContainsKey(name))
        {
            throw new WireRefusal(48, "NamespaceExists");
        }

        Collection(name).Validator = command.Get<BsonDocument>("validator");
        return Ok();
    }

    private static BsonDocument Insert(WireCollection into, BsonDocument command)
    {
        var documents = command.Get<List<object?>>("documents")!.Cast<BsonDocument>().ToList();
        var errors = new List<object?>();
        foreach (var (index, document) in documents.Index())
        {
            Try(errors, index, () => into.Insert(document));
        }

        return Written(documents.Count - errors.Count, errors);
    }

    private static BsonDocument Update(WireCollection of, BsonDocument command)
    {
        var errors = new List<object?>();
        var replaced = 0;
        foreach (var (index, update) in command.Get<List<object?>>("updates")!.Cast<BsonDocument>().Index())
        {
            var (filter, change) = (update.Get<BsonDocument>("q")!, update.Get<BsonDocument>("u")!);
            Try(errors, index, () => replaced += update["multi"] is true ? of.Set(filter, change) : of.Replace(filter, change));
        }

        var answer = Written(replaced, errors);
        answer.Add("nModified", replaced);
        return answer;
    }

    private static BsonDocument Delete(WireCollection of, BsonDocument command)
        => Ok(("n", command.Get<List<object?>>("deletes")!.Cast<BsonDocument>().Sum(delete => of.Remove(delete.Get<BsonDocument>("q")!, delete.Number("limit") == 1))));

    private static void Try(List<object?> errors, int index, Action write)
    {
        try
        {
            write();
        }
        catch (WireRefusal no)
        {
            errors.Add(new BsonDocument { { "index", index }, { "code", no.Code }, { "errmsg", no.Message } });
        }
    }

    private static BsonDocument Written(int count, List<object?> errors)
        => errors.Count == 0 ? Ok(("n", count)) : Ok(("n", count), ("writeErrors", errors));

    private BsonDocument Find(string name, BsonDocument command)
    {
        var found = Collection(name).Find(command.Get<BsonDocument>("filter")!);
        var sorted = WireQuery.Sort(found, command.Get<BsonDocument>("sort"));
        var limited = command.Number("limit") is > 0 and var limit ? sorted.Take((int)limit) : sorted;
        return First(name, limited, command.Has("batchSize") ? (int)command.Number("batchSize") : FirstBatch);
    }

    /// <summary>Counting comes as one: a match, and a group of everything.</summary>
    private BsonDocument Aggregate(string name, BsonDocument command)
    {
        var stages = command.Get<List<object?>>("pipeline")!.Cast<BsonDocument>().ToList();
        if (stages is not [var match, var group] || match["$match"] is not BsonDocument filter || !group.Has("$group"))
        {
            throw new WireRefusal(40324, "only a count is aggregated here");
        }

        var count = Collection(name).Find(filter).Count();
        return First(name, count == 0 ? [] : [new BsonDocument { { "_id", 1 }, { "n", count } }], FirstBatch);
    }

    private BsonDocument First(string name, IEnumerable<BsonDocument> found, int most)
    {
        var rest = new Queue<BsonDocument>(found);
        var batch = Batch(rest, most);
        var id = 0L;
        if (rest.Count > 0)
        {
            _cursors[id = ++_lastCursor] = rest;
        }

        return Ok(("cursor", new BsonDocument { { "id", id }, { "ns", $"clinic.{name}" }, { "firstBatch", batch } }));
    }

    private BsonDocument More(long id, BsonDocument command)
    {
        var rest = _cursors.GetValueOrDefault(id) ?? throw new WireRefusal(43, "CursorNotFound");
        var batch = Batch(rest, command.Has("batchSize") ? (int)command.Number("batchSize") : int.MaxValue);
        if (rest.Count == 0)
        {
            _cursors.Remove(id);
            id = 0;
        }

        return Ok(("cursor", new BsonDocument { { "id", id }, { "ns", $"clinic.{command["collection"]}" }, { "nextBatch", batch } }));
    }

    private static List<object?> Batch(Queue<BsonDocument> from, int most)
    {
        var batch = new List<object?>();
        while (batch.Count < most && from.TryDequeue(out var document))
        {
            batch.Add(document);
        }

        return batch;
    }

    private WireCollection Collection(string name)
    {
        if (!_collections.TryGetValue(name, out var collection))
        {
            _collections[name] = collection = new WireCollection();
        }

        return collection;
    }

    private static BsonDocument Ok(Action act)
    {
        act();
        return Ok();
    }

    private static BsonDocument Ok(params (string Name, object? Value)[] fields)
    {
        var answer = new BsonDocument { { "ok", 1.0 } };
        foreach (var (name, value) in fields)
        {
            answer.Add(name, value);
        }

        return answer;
    }
}

/// <summary>The server's no, with its code.</summary>
internal sealed class WireRefusal(int code, string message) : Exception(message)
{
    public int Code => code;
}
