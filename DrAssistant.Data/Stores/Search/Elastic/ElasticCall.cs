using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>One request. Each that the portal makes may be repeated: what is written carries its version, and the rest ends the same way twice.</summary>
/// <param name="Operation">For the meter; never with what it is asked.</param>
/// <param name="Path">Below the server's address, without a leading slash.</param>
internal sealed record ElasticCall(string Operation, HttpMethod Method, string Path)
{
    /// <summary>A person waits for it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public JsonNode? Json { get; init; }

    /// <summary>A row of JSON objects, one a line, instead of <see cref="Json"/>.</summary>
    public byte[]? Lines { get; init; }

    public TimeSpan Patience { get; init; } = Soon;
}

/// <summary>What was answered, whatever the status.</summary>
internal sealed record ElasticAnswer(HttpStatusCode Status, JsonElement Body)
{
    public bool IsOk => (int)Status is >= 200 and < 300;

    /// <summary>The kind of error, such as index_not_found_exception.</summary>
    public string? Error => Body is { ValueKind: JsonValueKind.Object } && Body.TryGetProperty("error", out var error) && error is { ValueKind: JsonValueKind.Object }
        && error.TryGetProperty("type", out var type) ? type.GetString() : null;

    /// <summary>The body of a yes.</summary>
    /// <exception cref="SearchIndexException">It was a no.</exception>
    public JsonElement Wanted()
    {
        if (IsOk)
        {
            return Body;
        }

        var fault = Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ElasticFault.Unauthorized,
            HttpStatusCode.NotFound => ElasticFault.Missing,
            _ => ElasticFault.Refused,
        };
        var failed = new ElasticException(fault, $"{(int)Status} {Error}".TrimEnd());
        throw new SearchIndexException($"The search index (Elasticsearch) refused: {failed.Message}.", failed);
    }
}
