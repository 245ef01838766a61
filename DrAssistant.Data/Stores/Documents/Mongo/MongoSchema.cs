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
        DocumentCollection.NoteDrafts => "noteDrafts",
        DocumentCollection.Documents => "documents",
        DocumentCollection.VoiceRecordings => "voiceRecordings",
        DocumentCollection.Transcripts => "transcripts",
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
            foreach (var outlived in MongoIndexes.Outlived(collection))
            {
                Drop(session, collection, outlived);
            }

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

    private static void Drop(MongoSession session, DocumentCollection collection, string index)
    {
        try
        {
            session.Run(new BsonDocument { { "dropIndexes", Name(collection) }, { "index", index } }, MongoConcerns.Writing());
        }
        catch (MongoException gone) when (gone.Fault == MongoFault.NotThere)
        {
            // Dropped before, or never made.
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
            OfOneLiveNote(Index("liveNote", (DocumentFields.EncounterId, 1))),
            Index("visit", (DocumentFields.EncounterId, 1), (DocumentFields.CreatedAt, -1)),
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

    /// <summary>An index of an earlier release that would refuse what is right by now.</summary>
    public static IReadOnlyList<string> Outlived(DocumentCollection collection) => collection is DocumentCollection.ClinicalNotes ? ["encounter"] : [];

    /// <summary>What was entered in error does not count. The words are named one by one, as a partial index knows no "but".</summary>
    private static BsonDocument OfOneLiveNote(BsonDocument index)
    {
        index.Add("unique", true);
        index.Add("partialFilterExpression", new BsonDocument
        {
            { DocumentFields.Status, new BsonDocument { { "$in", MongoValidators.LiveStatuses.ToList<object?>() } } },
        });
        return index;
    }
}
