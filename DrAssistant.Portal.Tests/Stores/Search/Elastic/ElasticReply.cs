using System.Text.Json.Nodes;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>What the server in the tests answers.</summary>
/// <param name="Definition">What the official schema calls it; null for what has no body, and for faults.</param>
internal sealed record ElasticReply(int Status, string? Definition, JsonNode? Body)
{
    public static ElasticReply Acknowledged => new(200, "AcknowledgedResponse", new JsonObject { ["acknowledged"] = true });

    /// <summary>What a real server said, about <paramref name="name"/> instead of what it was about then.</summary>
    public static ElasticReply Recorded(string name, string about)
    {
        var text = OfficialSchema.Text($"{name}.json");
        foreach (var then in new[] { "smoke-docs-000001", "smoke-docs", "absent", "'bad'", "[nope]", "[d1]" })
        {
            text = text.Replace(then, then[0] is '\'' or '[' ? $"{then[0]}{about}{then[^1]}" : about, StringComparison.Ordinal);
        }

        var recorded = JsonNode.Parse(text)!;
        return new ElasticReply(recorded["status"]!.GetValue<int>(), name is "info" or "health" ? null : "ErrorResponse", recorded["body"]!.DeepClone());
    }

    public static ElasticReply As(string name, string definition)
    {
        var recorded = JsonNode.Parse(OfficialSchema.Text($"{name}.json"))!;
        return new ElasticReply(recorded["status"]!.GetValue<int>(), definition, recorded["body"]!.DeepClone());
    }

    public static JsonObject Shards(int count) => new() { ["total"] = count, ["successful"] = count, ["skipped"] = 0, ["failed"] = 0 };
}
