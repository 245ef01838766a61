using System.Text.Json;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>An index of the server in the tests. What was written is found once it was refreshed, as on a real one.</summary>
internal sealed class StoredIndex(string name, JsonElement creation)
{
    private readonly JsonElement _fields = creation.GetProperty("mappings").GetProperty("properties").Clone();
    private readonly JsonElement _analyzers = creation.GetProperty("settings").GetProperty("analysis").GetProperty("analyzer").Clone();
    private readonly Dictionary<string, StoredDocument> _written = new(StringComparer.Ordinal);

    public string Name => name;

    public HashSet<string> Aliases { get; } = [.. creation.GetProperty("aliases").EnumerateObject().Select(alias => alias.Name)];

    public IReadOnlyCollection<StoredDocument> Findable { get; private set; } = [];

    public bool IsText(string field) => _fields.GetProperty(field).GetProperty("type").GetString() == "text";

    public bool IsIndexed(string field) => !_fields.GetProperty(field).TryGetProperty("index", out var index) || index.GetBoolean();

    public void Refresh() => Findable = [.. _written.Values];

    /// <summary>The version that is there, where it is the same or higher; otherwise null, and the document is written.</summary>
    public long? Put(string id, long version, JsonElement source)
    {
        if (_written.TryGetValue(id, out var there) && there.Version >= version)
        {
            return there.Version;
        }

        _written[id] = new StoredDocument(this, id, version, source.Clone());
        return null;
    }

    /// <summary>A field that the mapping lacks, and a value that is not of its field's type.</summary>
    public (string? Strange, string? Wrong) Problem(JsonElement source)
    {
        foreach (var member in source.EnumerateObject())
        {
            if (!_fields.TryGetProperty(member.Name, out var field))
            {
                return (member.Name, null);
            }

            if (!IsOf(field.GetProperty("type").GetString()!, member.Value))
            {
                return (null, member.Name);
            }
        }

        return (null, null);
    }

    /// <summary>The words of a text with their places, as the field's analyzer and gap have them.</summary>
    public IEnumerable<(string Word, int Place)> Tokens(string field, JsonElement value)
    {
        var text = _fields.GetProperty(field);
        Assert.Equal("whitespace", _analyzers.GetProperty(text.GetProperty("analyzer").GetString()!).GetProperty("tokenizer").GetString());
        var gap = text.GetProperty("position_increment_gap").GetInt32();
        var place = -1 - gap;
        foreach (var run in value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1))
        {
            place += gap;
            foreach (var word in run.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return (word, ++place);
            }
        }
    }

    private static bool IsOf(string type, JsonElement value) => value.ValueKind is JsonValueKind.Null || type switch
    {
        "keyword" => value.ValueKind is JsonValueKind.String,
        "text" => value.ValueKind is JsonValueKind.String || (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(run => run.ValueKind is JsonValueKind.String)),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "long" => value.TryGetInt64(out _),
        "integer" => value.TryGetInt32(out _),
        _ => throw new NotSupportedException(type),
    };
}

internal sealed record StoredDocument(StoredIndex Index, string Id, long Version, JsonElement Source)
{
    public IEnumerable<(string Word, int Place)> Tokens(string field) => Source.TryGetProperty(field, out var value) ? Index.Tokens(field, value) : [];
}
