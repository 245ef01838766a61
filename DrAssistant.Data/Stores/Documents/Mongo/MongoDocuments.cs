using System.Buffers;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>The names of the fields that every document has; the body's own fields stand beside them.</summary>
internal static class DocumentFields
{
    public const string Id = "_id";
    public const string PatientId = "patientId";
    public const string EncounterId = "encounterId";
    public const string DoctorId = "doctorId";
    public const string Status = "status";
    public const string Version = "version";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const string SchemaVersion = "schemaVersion";

    /// <summary>
    /// MongoDB's dates have milliseconds. What an instant has beyond them stands in here under its name, in steps of 100 ns, so
    /// that it comes back as it was and a hash over it still fits.
    /// </summary>
    public const string BelowMillisecond = "belowMillisecond";

    /// <summary>In the place of a body's own schemaVersion, where it names none.</summary>
    public const int NoSchemaVersion = 0;
}

/// <summary>A document as MongoDB keeps it: the facts and the body's fields side by side, each in its own type.</summary>
internal static class MongoDocuments
{
    private static readonly string[] Facts =
    [
        DocumentFields.Id, DocumentFields.PatientId, DocumentFields.EncounterId, DocumentFields.DoctorId, DocumentFields.Status, DocumentFields.Version,
        DocumentFields.CreatedAt, DocumentFields.UpdatedAt, DocumentFields.BelowMillisecond,
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static BsonDocument ToBson(DocumentCollection collection, StoredDocument document)
    {
        var remainders = new BsonDocument();
        var stored = new BsonDocument
        {
            { DocumentFields.Id, document.Id },
            { DocumentFields.PatientId, document.PatientId },
            { DocumentFields.EncounterId, document.EncounterId },
            { DocumentFields.DoctorId, document.DoctorId },
            { DocumentFields.Status, document.Status },
            { DocumentFields.Version, document.Version },
            { DocumentFields.CreatedAt, Instant(DocumentFields.CreatedAt, document.CreatedAt, remainders) },
            { DocumentFields.UpdatedAt, Instant(DocumentFields.UpdatedAt, document.UpdatedAt, remainders) },
        };
        AddBody(stored, collection, document.Body, remainders);
        if (remainders.Count > 0)
        {
            stored.Add(DocumentFields.BelowMillisecond, remainders);
        }

        return stored;
    }

    public static StoredDocument FromBson(BsonDocument stored)
    {
        var remainders = stored.Get<BsonDocument>(DocumentFields.BelowMillisecond) ?? [];
        return new StoredDocument(
            Required<Guid>(stored, DocumentFields.Id),
            Required<Guid>(stored, DocumentFields.PatientId),
            Optional(stored, DocumentFields.EncounterId),
            Optional(stored, DocumentFields.DoctorId),
            Required<string>(stored, DocumentFields.Status),
            (int)stored.Number(DocumentFields.Version),
            Whole(DocumentFields.CreatedAt, Required<DateTimeOffset>(stored, DocumentFields.CreatedAt), remainders),
            Whole(DocumentFields.UpdatedAt, Required<DateTimeOffset>(stored, DocumentFields.UpdatedAt), remainders),
            Body(stored, remainders));
    }

    public static DateTimeOffset Milliseconds(DateTimeOffset instant)
        => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private static void AddBody(BsonDocument stored, DocumentCollection collection, string body, BsonDocument remainders)
    {
        using var json = JsonDocument.Parse(body, Strict);
        if (!json.RootElement.TryGetProperty(DocumentFields.SchemaVersion, out _))
        {
            stored.Add(DocumentFields.SchemaVersion, DocumentFields.NoSchemaVersion);
        }

        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (Facts.Contains(property.Name))
            {
                throw new FormatException($"A body has no field {property.Name} of its own.");
            }

            var value = BodyFields.ToBson(collection, property);
            stored.Add(property.Name, value is DateTimeOffset instant ? Instant(property.Name, instant, remainders) : value);
        }
    }

    private static string Body(BsonDocument stored, BsonDocument remainders)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in stored)
            {
                if (!Facts.Contains(name) && (name != DocumentFields.SchemaVersion || value is not DocumentFields.NoSchemaVersion))
                {
                    json.WritePropertyName(name);
                    BsonJson.Write(json, value is DateTimeOffset instant ? Whole(name, instant, remainders) : value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static DateTimeOffset Instant(string name, DateTimeOffset instant, BsonDocument remainders)
    {
        var kept = Milliseconds(instant);
        if (instant.UtcTicks != kept.UtcTicks)
        {
            remainders.Add(name, (int)(instant.UtcTicks - kept.UtcTicks));
        }

        return kept;
    }

    private static DateTimeOffset Whole(string name, DateTimeOffset kept, BsonDocument remainders) => kept.AddTicks(remainders.Number(name));

    private static T Required<T>(BsonDocument stored, string name)
        => stored[name] is T value ? value : throw new FormatException($"Document {stored[DocumentFields.Id]} has no {name}.");

    private static Guid? Optional(BsonDocument stored, string name) => stored[name] is Guid id ? id : null;
}
