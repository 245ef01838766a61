using System.Text.Json;
using System.Text.Json.Nodes;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>Answers searches and counts over the indices of the server in the tests.</summary>
internal static class ElasticAnswering
{
    public static ElasticReply Count(StoredIndices indices, string names, JsonElement body)
        => indices.Resolve(names, out var missing) is { } asked
            ? new ElasticReply(200, "CountResponse", new JsonObject { ["count"] = Fitting(asked, body).Count, ["_shards"] = ElasticReply.Shards(asked.Count) })
            : ElasticReply.Recorded("index_not_found", missing);

    public static ElasticReply Search(StoredIndices indices, string names, JsonElement body)
    {
        if (indices.Resolve(names, out var missing) is not { } asked)
        {
            return ElasticReply.Recorded("index_not_found", missing);
        }

        var fitting = Fitting(asked, body);
        var answer = new JsonObject { ["took"] = 1, ["timed_out"] = false, ["_shards"] = ElasticReply.Shards(asked.Count) };
        var hits = body.TryGetProperty("collapse", out var collapse) ? Collapsed(fitting, collapse) : fitting.Select(document => Hit(document, body));
        answer["hits"] = new JsonObject { ["max_score"] = null, ["hits"] = new JsonArray([.. hits.Take(body.GetProperty("size").GetInt32())]) };
        if (body.TryGetProperty("aggs", out var aggregations))
        {
            answer["aggregations"] = new JsonObject(aggregations.EnumerateObject().Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, Counted(fitting, one.Value))));
        }

        return new ElasticReply(200, "SearchResponse", answer);
    }

    private static List<StoredDocument> Fitting(IEnumerable<StoredIndex> indices, JsonElement body)
    {
        var fitting = indices.SelectMany(index => index.Findable).Where(document => ElasticMatching.Fits(body.GetProperty("query"), document)).ToList();
        return body.TryGetProperty("sort", out var sort) ? Sorted(fitting, sort) : fitting;
    }

    private static List<StoredDocument> Sorted(IEnumerable<StoredDocument> documents, JsonElement sort)
        => [.. documents.Order(Comparer<StoredDocument>.Create((a, b) => ElasticMatching.Compare(sort, a, b)))];

    /// <summary>The best of each group, with the best within it.</summary>
    private static IEnumerable<JsonNode> Collapsed(IEnumerable<StoredDocument> documents, JsonElement collapse)
    {
        var (field, inner) = (collapse.GetProperty("field").GetString()!, collapse.GetProperty("inner_hits"));
        foreach (var group in documents.GroupBy(document => document.Source.GetProperty(field).GetString()))
        {
            var within = Sorted(group, inner.GetProperty("sort")).Take(inner.GetProperty("size").GetInt32()).Select(document => Hit(document, inner));
            yield return new JsonObject
            {
                ["_index"] = group.First().Index.Name,
                ["_id"] = group.First().Id,
                ["_score"] = null,
                ["inner_hits"] = new JsonObject
                {
                    [inner.GetProperty("name").GetString()!] = new JsonObject { ["hits"] = new JsonObject { ["max_score"] = null, ["hits"] = new JsonArray([.. within]) } },
                },
            };
        }
    }

    private static JsonNode Hit(StoredDocument document, JsonElement asked)
    {
        var hit = new JsonObject { ["_index"] = document.Index.Name, ["_id"] = document.Id, ["_score"] = null };
        var wanted = asked.TryGetProperty("_source", out var source) ? source : default;
        if (wanted.ValueKind is not JsonValueKind.False)
        {
            var fields = wanted.ValueKind is JsonValueKind.Array ? wanted.EnumerateArray().Select(field => field.GetString()).ToHashSet(StringComparer.Ordinal) : null;
            hit["_source"] = new JsonObject(document.Source.EnumerateObject().Where(member => fields is null || fields.Contains(member.Name))
                .Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))));
        }

        return hit;
    }

    private static JsonNode Counted(IEnumerable<StoredDocument> documents, JsonElement aggregation)
    {
        var field = aggregation.GetProperty("terms").GetProperty("field").GetString()!;
        var counts = documents.GroupBy(document => document.Source.GetProperty(field).GetString()).OrderByDescending(group => group.Count());
        return new JsonObject
        {
            ["doc_count_error_upper_bound"] = 0,
            ["sum_other_doc_count"] = 0,
            ["buckets"] = new JsonArray([.. counts.Select(group => new JsonObject { ["key"] = group.Key, ["doc_count"] = group.Count() })]),
        };
    }
}
