using System.Text.Json;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>
/// What the API of one version of Elasticsearch takes and answers, by the schemas in the folder Official. They use nine words of JSON
/// schema; a tenth would not be understood here and fails.
/// </summary>
internal sealed class OfficialSchema
{
    public static readonly IReadOnlyList<OfficialSchema> Requests = [new("requests-8.19"), new("requests-9")];
    public static readonly IReadOnlyList<OfficialSchema> Answers = [new("responses-8.19"), new("responses-9")];

    private static readonly HashSet<string> Words =
        new(["$ref", "anyOf", "type", "enum", "const", "properties", "required", "additionalProperties", "items"], StringComparer.Ordinal);

    private readonly string _name;
    private readonly JsonElement _definitions;

    private OfficialSchema(string name)
    {
        using var document = JsonDocument.Parse(Text($"{name}.schema.json"));
        (_name, _definitions) = (name, document.RootElement.GetProperty("definitions").Clone());
    }

    public static string Text(string file)
    {
        using var reader = new StreamReader(typeof(OfficialSchema).Assembly.GetManifestResourceStream($"Elasticsearch.{file}")!);
        return reader.ReadToEnd();
    }

    /// <summary>What both versions have against <paramref name="value"/> as <paramref name="definition"/>.</summary>
    public static IEnumerable<string> Complaints(IEnumerable<OfficialSchema> versions, string definition, JsonElement value)
        => versions.Select(version => version.Complaint(definition, value)).OfType<string>();

    /// <summary>Null where there is nothing to complain of.</summary>
    public string? Complaint(string definition, JsonElement value)
        => Check(_definitions.GetProperty(definition), value, definition) is { } complaint ? $"{_name}: {complaint}" : null;

    private string? Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Check(_definitions.GetProperty(reference.GetString()!.Split('/')[^1]), value, at);
        }

        if (schema.EnumerateObject().FirstOrDefault(word => !Words.Contains(word.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new NotSupportedException($"The schema says {unknown.Name}.");
        }

        return Either(schema, value, at) ?? Kind(schema, value, at) ?? Members(schema, value, at) ?? Items(schema, value, at);
    }

    /// <summary>Where none fits, what the one says that came furthest.</summary>
    private string? Either(JsonElement schema, JsonElement value, string at)
    {
        if (!schema.TryGetProperty("anyOf", out var any))
        {
            return null;
        }

        var complaints = any.EnumerateArray().Select(one => Check(one, value, at)).ToList();
        return complaints.Contains(null) ? null : complaints.MaxBy(complaint => complaint!.Length);
    }

    private static string? Kind(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("type", out var type)
            && !(type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Any(one => Is(one.GetString()!, value)) : Is(type.GetString()!, value)))
        {
            return $"{at} is {value.ValueKind} and not {type}";
        }

        return schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value) ? $"{at} is not {only}"
            : schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)) ? $"{at} is none of {words}"
            : null;
    }

    private string? Members(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("required", out var required) && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
        {
            return $"{at} lacks {missing}";
        }

        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var rest = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var member in value.EnumerateObject())
        {
            var complaint = known.ValueKind is JsonValueKind.Object && known.TryGetProperty(member.Name, out var own) ? Check(own, member.Value, $"{at}.{member.Name}")
                : rest.ValueKind is JsonValueKind.False ? $"{at} has no {member.Name}"
                : rest.ValueKind is JsonValueKind.Object ? Check(rest, member.Value, $"{at}.{member.Name}")
                : null;
            if (complaint is not null)
            {
                return complaint;
            }
        }

        return null;
    }

    private string? Items(JsonElement schema, JsonElement value, string at)
        => value.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select((item, n) => Check(items, item, $"{at}[{n}]")).FirstOrDefault(complaint => complaint is not null)
            : null;

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The schema says type {type}."),
    };
}
