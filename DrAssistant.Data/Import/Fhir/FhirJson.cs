using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>Reads JSON that may have any shape: what is not there, or is not what it should be, is null or empty.</summary>
internal static class FhirJson
{
    public static JsonElement? Part(this JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null
            ? part
            : null;

    public static JsonElement? Part(this JsonElement? element, string name) => element?.Part(name);

    /// <summary>A text that says something; blank is nothing.</summary>
    public static string? Text(this JsonElement element, string name) => element.Part(name)?.AsText();

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static string? AsText(this JsonElement element)
        => element.ValueKind == JsonValueKind.String && element.GetString()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The items of a list; of a single value that should be a list, that one.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Part(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } single => [single],
    };

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element?.Items(name) ?? [];

    public static IEnumerable<string> Texts(this JsonElement element, string name) => element.Items(name).Select(AsText).OfType<string>();

    public static decimal? Number(this JsonElement element, string name) => ((JsonElement?)element).Number(name);

    public static decimal? Number(this JsonElement? element, string name)
        => element.Part(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    public static bool? Flag(this JsonElement element, string name) => element.Part(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The code of the first coding of the first concept, in any of those systems.</summary>
    public static string? CodeIn(this JsonElement element, string name, string systemTail)
        => element.Items(name)
            .SelectMany(concept => concept.Items("coding"))
            .FirstOrDefault(coding => coding.Text("system")?.EndsWith(systemTail, StringComparison.OrdinalIgnoreCase) != false)
            .Text("code");

    public static string? Words(this JsonElement concept) => ((JsonElement?)concept).Words();

    /// <summary>Words for a concept: what the writer wrote, else what the code system calls it.</summary>
    public static string? Words(this JsonElement? concept)
        => concept.Text("text")
            ?? concept.Items("coding").Select(coding => coding.Text("display")).FirstOrDefault(display => display is not null)
            ?? concept.Items("coding").Select(coding => coding.Text("code")).FirstOrDefault(code => code is not null);
}
