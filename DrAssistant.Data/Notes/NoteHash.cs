using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DrAssistant.Data.Notes;

/// <summary>
/// The hash under a signature: SHA-256 of what was signed, in a form that depends neither on the store nor on the order in which
/// something happens to be written. Everything a signature vouches for is in it, but not whose chart the note is filed in.
/// </summary>
internal static class NoteHash
{
    private const int Form = 1;

    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(ClinicalNote note, StoredSignature signature)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("form", Form);
            json.WriteString("note", note.Id);
            json.WriteString("encounter", note.EncounterId);
            json.WriteNumber("edition", note.Editions);
            json.WriteString("type", note.NoteType.ToString());
            json.WriteString("by", signature.By);
            json.WriteString("name", signature.Name);
            json.WriteString("qualification", signature.Qualification);
            json.WriteString("registrationNumber", signature.RegistrationNumber);
            json.WriteString("registrationCouncil", signature.RegistrationCouncil);
            json.WriteString("at", Time(signature.At));
            json.WriteNumber("amends", note.Amends?.Version ?? 0);
            json.WriteString("reason", note.Amends?.Reason);
            json.WritePropertyName("content");
            Write(json, new JsonObject(NoteFields.Of(note.Content).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.DeepClone()))));
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>The same for an addendum.</summary>
    public static string Of(StoredAddendum addendum)
    {
        var signature = addendum.Signature;
        string?[] parts =
        [
            "addendum", addendum.Id.ToString(), addendum.NoteId.ToString(), signature.By.ToString(), signature.Name, signature.Qualification,
            signature.RegistrationNumber, signature.RegistrationCouncil, Time(signature.At), addendum.Text,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject part:
                json.WriteStartObject();
                foreach (var (name, value) in part.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case JsonArray list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case null:
                json.WriteNullValue();
                break;
            default:
                node.WriteTo(json);
                break;
        }
    }
}
