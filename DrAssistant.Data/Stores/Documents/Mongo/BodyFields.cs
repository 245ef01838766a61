using System.Text.Json;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// The fields of a body for which JSON has only a text. They are named here and never guessed from how a text looks, so that
/// nothing that somebody typed becomes a date.
/// </summary>
internal static class BodyFields
{
    private delegate bool Reader(JsonElement text, out object? value);

    private static readonly Dictionary<string, Reader> OfNotes = new()
    {
        ["content"] = Ciphertext,
        ["rawTranscription"] = Ciphertext,
        ["aiSummary"] = Ciphertext,
        ["conflicts"] = Ciphertext,
        ["drafted"] = Ciphertext,
        ["amends"] = Ciphertext,
        ["inError"] = Ciphertext,
        ["noteId"] = Id,
        ["updatedBy"] = Id,
        ["signedBy"] = Id,
        ["signedAt"] = Instant,
        ["attachments"] = Ids,
    };

    private static readonly Dictionary<string, Reader> OfRecordings = new()
    {
        ["transcriptionId"] = Id,
        ["recordedBy"] = Id,
        ["consentId"] = Id,
        ["retentionPolicy"] = Retention,
    };

    private static readonly Dictionary<string, Reader> OfTranscripts = new()
    {
        ["text"] = Ciphertext,
        ["rawTranscription"] = Ciphertext,
        ["words"] = Ciphertext,
        ["recordingId"] = Id,
        ["updatedBy"] = Id,
    };

    private static readonly Dictionary<string, Reader> OfDrafts = new()
    {
        ["proposed"] = Ciphertext,
        ["transcriptId"] = Id,
        ["sources"] = Sources,
    };

    private static readonly Dictionary<string, Reader> OfNone = [];

    /// <summary>The fields that hold ciphertext and nothing else; the validators say so to the server as well.</summary>
    public static IEnumerable<string> Sealed(DocumentCollection collection)
        => Of(collection).Where(field => field.Value == Ciphertext).Select(field => field.Key);

    /// <summary>The value of a field in the type that MongoDB keeps it in.</summary>
    /// <exception cref="FormatException">A field that must be ciphertext, an id or an instant is something else.</exception>
    public static object? ToBson(DocumentCollection collection, JsonProperty property)
    {
        if (property.Value.ValueKind == JsonValueKind.Null || !Of(collection).TryGetValue(property.Name, out var read))
        {
            return BsonJson.ToBson(property.Value);
        }

        return read(property.Value, out var value) ? value : throw new FormatException($"The field {property.Name} of {collection} is not of its kind.");
    }

    private static Dictionary<string, Reader> Of(DocumentCollection collection) => collection switch
    {
        DocumentCollection.ClinicalNotes or DocumentCollection.NoteVersions or DocumentCollection.NoteAmendments => OfNotes,
        DocumentCollection.VoiceRecordings => OfRecordings,
        DocumentCollection.Transcripts => OfTranscripts,
        DocumentCollection.NoteDrafts => OfDrafts,
        _ => OfNone,
    };

    private static bool Ciphertext(JsonElement text, out object? value)
    {
        var isBase64 = text.ValueKind == JsonValueKind.String && text.TryGetBytesFromBase64(out var bytes) ? bytes : null;
        value = isBase64;
        return isBase64 is not null;
    }

    private static bool Id(JsonElement text, out object? value)
    {
        value = text.ValueKind == JsonValueKind.String && text.TryGetGuid(out var id) ? id : null;
        return value is not null;
    }

    private static bool Instant(JsonElement text, out object? value)
    {
        value = text.ValueKind == JsonValueKind.String && text.TryGetDateTimeOffset(out var instant) ? instant : null;
        return value is not null;
    }

    /// <summary>The seed's retentionPolicy, whose date is a date. It has whole milliseconds, as MongoDB's have.</summary>
    private static bool Retention(JsonElement policy, out object? value)
    {
        var kept = new BsonDocument();
        value = kept;
        return policy.ValueKind == JsonValueKind.Object && policy.EnumerateObject().All(property =>
        {
            var isInstant = property.NameEquals("expiresAt");
            var isKnown = !isInstant | Instant(property.Value, out var instant);
            kept.Add(property.Name, isInstant ? instant : BsonJson.ToBson(property.Value));
            return isKnown;
        });
    }

    /// <summary>What a draft rests on: a list of documents, each with the id of a transcript.</summary>
    private static bool Sources(JsonElement list, out object? value)
    {
        var sources = new List<object?>();
        value = sources;
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(source =>
        {
            var kept = new BsonDocument();
            sources.Add(kept);
            return source.ValueKind == JsonValueKind.Object && source.EnumerateObject().All(property =>
            {
                var isId = property.NameEquals("transcriptId");
                var isKnown = !isId | Id(property.Value, out var id);
                kept.Add(property.Name, isId ? id : BsonJson.ToBson(property.Value));
                return isKnown;
            });
        });
    }

    private static bool Ids(JsonElement list, out object? value)
    {
        var ids = new List<object?>();
        value = ids;
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(text =>
        {
            var isId = Id(text, out var id);
            ids.Add(id);
            return isId;
        });
    }
}
