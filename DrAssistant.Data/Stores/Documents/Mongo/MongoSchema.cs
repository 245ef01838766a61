using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// Collections, validators and indexes. Made before the first document, as a unique index that comes later finds what should
/// never have been written. Every portal may do it, again and at once.
/// </summary>
internal sealed class MongoSchema(MongoClient mongo) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _isThere;

    public static string Name(DocumentCollection collection) => collection switch
    {
        DocumentCollection.ClinicalNotes => "clinicalNotes",
        DocumentCollection.NoteVersions => "noteVersions",
        DocumentCollection.NoteAmendments => "noteAmendments",
        DocumentCollection.Documents => "documents",
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    /// <summary>Nothing once it has succeeded; a server that was away at the start is asked again.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (_isThere)
        {
            return;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            if (!_isThere)
            {
                await mongo.WriteAsync("schema", Make, cancellation);
                _isThere = true;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static bool Make(MongoSession session)
    {
        foreach (var collection in Enum.GetValues<DocumentCollection>())
        {
            MakeCollection(session, collection);
            session.Run(
                new BsonDocument { { "createIndexes", Name(collection) }, { "indexes", MongoIndexes.Of(collection) } },
                MongoConcerns.Writing());
        }

        return true;
    }

    private static void MakeCollection(MongoSession session, DocumentCollection collection)
    {
        try
        {
            session.Run(Command("create", collection), MongoConcerns.Writing());
        }
        catch (MongoException there) when (there.Fault == MongoFault.AlreadyThere)
        {
            session.Run(Command("collMod", collection), MongoConcerns.Writing());
        }
    }

    private static BsonDocument Command(string name, DocumentCollection collection) => new()
    {
        { name, Name(collection) },
        { "validator", MongoValidators.Of(collection) },
        { "validationLevel", "strict" },
        { "validationAction", "error" },
    };
}

/// <summary>The indexes that the questions of the portal use.</summary>
internal static class MongoIndexes
{
    public static List<object?> Of(DocumentCollection collection) => collection switch
    {
        DocumentCollection.ClinicalNotes =>
        [
            Index("patient", (DocumentFields.PatientId, 1), (DocumentFields.CreatedAt, -1)),
            Unique(Index("encounter", (DocumentFields.EncounterId, 1))),
            Index("drafts", (DocumentFields.DoctorId, 1), (DocumentFields.Status, 1), (DocumentFields.UpdatedAt, -1)),
        ],
        _ =>
        [
            Index("patient", (DocumentFields.PatientId, 1), (DocumentFields.CreatedAt, -1)),
            Index("encounter", (DocumentFields.EncounterId, 1), (DocumentFields.CreatedAt, -1)),
        ],
    };

    private static BsonDocument Index(string name, params (string Field, int Direction)[] fields)
    {
        var key = new BsonDocument();
        foreach (var (field, direction) in fields)
        {
            key.Add(field, direction);
        }

        return new BsonDocument { { "key", key }, { "name", name } };
    }

    private static BsonDocument Unique(BsonDocument index)
    {
        index.Add("unique", true);
        return index;
    }
}
