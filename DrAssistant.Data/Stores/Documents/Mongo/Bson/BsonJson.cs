using System.Globalization;
using System.Text.Json;

namespace DrAssistant.Data.Stores.Documents.Mongo.Bson;

/// <summary>
/// JSON as BSON and back without a loss: a text stays a text whatever it looks like, an integer is an integer, and a number that
/// a double cannot write as it was written is a decimal.
/// </summary>
internal static class BsonJson
{
    public static object? ToBson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => json.EnumerateArray().Select(ToBson).ToList(),
        JsonValueKind.Object => Document(json),
        _ => throw new FormatException("There is no value."),
    };

    public static void Write(Utf8JsonWriter to, object? value)
    {
        switch (value)
        {
            case null: to.WriteNullValue(); break;
            case bool flag: to.WriteBooleanValue(flag); break;
            case string text: to.WriteStringValue(text); break;
            case int number: to.WriteNumberValue(number); break;
            case long number: to.WriteNumberValue(number); break;
            case double number: to.WriteNumberValue(number); break;
            case decimal number: to.WriteNumberValue(number); break;
            case Guid id: to.WriteStringValue(id); break;
            case DateTimeOffset instant: to.WriteStringValue(instant); break;
            case byte[] bytes: to.WriteBase64StringValue(bytes); break;
            case BsonDocument document: Write(to, document); break;
            case List<object?> list: Write(to, list); break;
            default: throw new FormatException("The document holds a value that JSON has no word for.");
        }
    }

    private static void Write(Utf8JsonWriter to, BsonDocument document)
    {
        to.WriteStartObject();
        foreach (var (name, value) in document)
        {
            to.WritePropertyName(name);
            Write(to, value);
        }

        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, List<object?> list)
    {
        to.WriteStartArray();
        list.ForEach(value => Write(to, value));
        to.WriteEndArray();
    }

    private static BsonDocument Document(JsonElement json)
    {
        var document = new BsonDocument();
        foreach (var property in json.EnumerateObject())
        {
            document.Add(property.Name, ToBson(property.Value));
        }

        return document;
    }

    private static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
        {
            return small;
        }

        if (json.TryGetInt64(out var whole))
        {
            return whole;
        }

        var written = json.GetRawText();
        if (json.TryGetDouble(out var real) && double.IsFinite(real) && real.ToString("R", CultureInfo.InvariantCulture) == written)
        {
            return real;
        }

        return decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && IsExact(exact, written)
            ? exact
            : throw new FormatException("A number has more digits than the document store can keep.");
    }

    /// <summary>What has more than 28 digits is rounded by the parser, without a word.</summary>
    private static bool IsExact(decimal value, string written)
        => Digits(value.ToString(CultureInfo.InvariantCulture)) == Digits(written);

    private static string Digits(string number)
        => string.Concat(number.TakeWhile(c => c is not ('e' or 'E')).Where(char.IsAsciiDigit)).Trim('0');
}
