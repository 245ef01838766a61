using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// What the server itself takes for a document of the portal ($jsonSchema), whoever writes it. Clinical text is binary there, so that
/// no other program can put it in unencrypted. What was signed a validator cannot know: it does not see what was there before.
/// </summary>
internal static class MongoValidators
{
    private const string Binary = "binData";
    private const string Date = "date";
    private const string Text = "string";
    private const string Whole = "int";

    /// <summary>The words of a note's status.</summary>
    /// <summary>Of a note that counts.</summary>
    internal static readonly string[] LiveStatuses = ["draft", "signed", "amended"];

    internal static readonly string[] NoteStatuses = [.. LiveStatuses, "entered_in_error"];

    public static BsonDocument Of(DocumentCollection collection) => new()
    {
        { "$jsonSchema", new BsonDocument { { "bsonType", "object" }, { "required", Required(collection) }, { "properties", Properties(collection) } } },
    };

    private static List<object?> Required(DocumentCollection collection)
    {
        List<object?> always =
        [
            DocumentFields.Id, DocumentFields.PatientId, DocumentFields.Status, DocumentFields.Version, DocumentFields.CreatedAt,
            DocumentFields.UpdatedAt, DocumentFields.SchemaVersion,
        ];
        return collection switch
        {
            DocumentCollection.ClinicalNotes or DocumentCollection.NoteAmendments or DocumentCollection.NoteDrafts => [.. always, DocumentFields.EncounterId, DocumentFields.DoctorId],
            DocumentCollection.NoteVersions => [.. always, DocumentFields.DoctorId],
            _ => always,
        };
    }

    private static BsonDocument Properties(DocumentCollection collection)
    {
        var isNote = collection is DocumentCollection.ClinicalNotes or DocumentCollection.NoteAmendments;
        var properties = new BsonDocument
        {
            { DocumentFields.Id, Type(Binary) },
            { DocumentFields.PatientId, Type(Binary) },
            { DocumentFields.EncounterId, isNote ? Type(Binary) : OrNull(Binary) },
            { DocumentFields.DoctorId, collection == DocumentCollection.Documents ? OrNull(Binary) : Type(Binary) },
            { DocumentFields.Status, isNote ? new BsonDocument { { "enum", NoteStatuses } } : Type(Text) },
            { DocumentFields.Version, AtLeast(1) },
            { DocumentFields.CreatedAt, Type(Date) },
            { DocumentFields.UpdatedAt, Type(Date) },
            { DocumentFields.SchemaVersion, AtLeast(DocumentFields.NoSchemaVersion) },
        };
        foreach (var field in BodyFields.Sealed(collection))
        {
            properties.Add(field, OrNull(Binary));
        }

        return properties;
    }

    private static BsonDocument Type(string type) => new() { { "bsonType", type } };

    private static BsonDocument OrNull(string type) => new() { { "bsonType", new[] { type, "null" } } };

    private static BsonDocument AtLeast(int least) => new() { { "bsonType", Whole }, { "minimum", least } };
}
