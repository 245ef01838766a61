using System.Security.Cryptography;
using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>Which resource of which system: the key under which it is known after its import.</summary>
internal readonly record struct ResourceKey(string Source, string Type, string Id)
{
    // The columns of imported_resources.
    private const int LongestSource = 100;
    private const int LongestType = 40;
    private const int LongestId = 100;
    private const string Uuid = "urn:uuid:";

    public bool Fits => Source.Length <= LongestSource && Type.Length <= LongestType && Id.Length <= LongestId
        && !Source.Contains('\0', StringComparison.Ordinal) && !Id.Contains('\0', StringComparison.Ordinal);

    /// <summary>
    /// A web address says which system a resource is from, and so which other <c>Patient/1</c> it is not; a UUID is nobody
    /// else's anyway.
    /// </summary>
    public static ResourceKey Of(string type, string? id, string? fullUrl, string defaultSource, Func<string> fallbackId)
    {
        var source = SourceOf(fullUrl, defaultSource);
        if (id is { Length: > 0 })
        {
            return new ResourceKey(source, type, id);
        }

        return fullUrl?.StartsWith(Uuid, StringComparison.OrdinalIgnoreCase) == true
            ? new ResourceKey(source, type, fullUrl[Uuid.Length..])
            : new ResourceKey(source, type, fallbackId());
    }

    public static string SourceOf(string? fullUrl, string defaultSource)
    {
        if (fullUrl is null || !fullUrl.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return defaultSource;
        }

        var parts = fullUrl.TrimEnd('/').Split('/');
        return parts.Length > 4 ? string.Join('/', parts[..^2]) : defaultSource;
    }

    /// <summary>
    /// The keys that a reference may mean: <c>Type/id</c>, <c>Type/id/_history/1</c>, an absolute address, a UUID, or the
    /// conditional <c>Type?identifier=system|value</c>.
    /// </summary>
    public static ResourceKey? Meant(string reference, string type, string source)
    {
        if (reference.StartsWith(Uuid, StringComparison.OrdinalIgnoreCase))
        {
            return new ResourceKey(source, type, reference[Uuid.Length..]);
        }

        if (reference.StartsWith($"{type}?identifier=", StringComparison.Ordinal))
        {
            var parts = Uri.UnescapeDataString(reference[(type.Length + "?identifier=".Length)..]).Split('|', 2);
            return parts.Length == 2 ? new ResourceKey(parts[0], type, parts[1]) : null;
        }

        var path = reference.Split("/_history/", 2)[0].TrimEnd('/').Split('/');
        return path.Length >= 2 && path[^2] == type
            ? new ResourceKey(path.Length == 2 ? source : SourceOf(reference.Split("/_history/", 2)[0], source), type, path[^1])
            : null;
    }

    /// <summary>
    /// Tells whether a resource is still the same. Layout does not count, nor do <c>meta</c> and <c>text</c>, which change
    /// with every export.
    /// </summary>
    public static string Digest(JsonElement resource)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var property in resource.EnumerateObject().Where(p => p.Name is not ("meta" or "text")))
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
