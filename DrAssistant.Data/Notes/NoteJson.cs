using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrAssistant.Data.Notes;

/// <summary>How a note is written as JSON: in the store, and wherever its fields are looked at one by one.</summary>
internal static class NoteJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
