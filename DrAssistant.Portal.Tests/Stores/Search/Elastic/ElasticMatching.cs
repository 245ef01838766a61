using System.Text.Json;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>Whether a document fits a query: the part of Elasticsearch's language that the portal speaks. Anything else is refused.</summary>
internal static class ElasticMatching
{
    public static bool Fits(JsonElement query, StoredDocument document)
    {
        var (name, body) = Only(query);
        return name switch
        {
            "match_none" => false,
            "bool" => Bool(body, document),
            "term" => Only(body) is var (field, value) && Has(document, field, value.ValueKind is JsonValueKind.Object ? value.GetProperty("value") : value),
            "terms" => Only(body) is var (field, values) && values.EnumerateArray().Any(value => Has(document, field, value)),
            "range" => Only(body) is var (field, bounds) && Within(document, field, bounds),
            "ids" => body.GetProperty("values").EnumerateArray().Any(id => id.GetString() == document.Id),
            "match_phrase" => Only(body) is var (field, phrase) && HasPhrase(document, field, phrase.GetProperty("query").GetString()!.Split(' ')),
            _ => throw new UnknownQueryException(name),
        };
    }

    /// <summary>Negative where <paramref name="a"/> comes first.</summary>
    public static int Compare(JsonElement sort, StoredDocument a, StoredDocument b)
    {
        foreach (var one in sort.EnumerateArray())
        {
            var (field, how) = Only(one);
            var (x, y) = (a.Source.GetProperty(field), b.Source.GetProperty(field));
            var order = x.ValueKind is JsonValueKind.Number ? x.GetInt64().CompareTo(y.GetInt64()) : string.CompareOrdinal(x.GetString(), y.GetString());
            if (order != 0)
            {
                return how.GetProperty("order").GetString() == "desc" ? -order : order;
            }
        }

        return 0;
    }

    public static (string Name, JsonElement Value) Only(JsonElement json) => json.EnumerateObject().Single() is var member ? (member.Name, member.Value) : default;

    /// <summary>As the server counts: clauses of "should" are optional beside others, unless it is said how many must fit.</summary>
    private static bool Bool(JsonElement body, StoredDocument document)
    {
        IEnumerable<JsonElement> Of(string occurs) => body.TryGetProperty(occurs, out var clauses) ? clauses.EnumerateArray() : [];

        var least = body.TryGetProperty("minimum_should_match", out var minimum) ? minimum.GetInt32() : Of("should").Any() && !Of("filter").Any() && !Of("must").Any() ? 1 : 0;
        return Of("filter").All(q => Fits(q, document)) && Of("must").All(q => Fits(q, document)) && !Of("must_not").Any(q => Fits(q, document))
            && Of("should").Count(q => Fits(q, document)) >= least;
    }

    private static bool Has(StoredDocument document, string field, JsonElement wanted)
        => document.Index.IsText(field) ? document.Tokens(field).Any(token => token.Word == wanted.GetString())
            : document.Source.TryGetProperty(field, out var value) && document.Index.IsIndexed(field) && JsonElement.DeepEquals(value, wanted);

    private static bool Within(StoredDocument document, string field, JsonElement bounds)
    {
        var value = document.Source.GetProperty(field).GetInt64();
        return bounds.EnumerateObject().All(bound => bound.Name switch
        {
            "gte" => value >= bound.Value.GetInt64(),
            "lt" => value < bound.Value.GetInt64(),
            _ => throw new UnknownQueryException(bound.Name),
        });
    }

    private static bool HasPhrase(StoredDocument document, string field, string[] words)
    {
        var tokens = document.Tokens(field).ToLookup(token => token.Word, token => token.Place, StringComparer.Ordinal);
        return tokens[words[0]].Any(first => words.Select((word, n) => tokens[word].Contains(first + n)).All(fits => fits));
    }
}

internal sealed class UnknownQueryException(string name) : Exception(name);
