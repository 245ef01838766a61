using System.Text.Json.Nodes;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>Questions in the language of Elasticsearch, with what clients of 7.17 to 9 have in common. Nothing scores: everything is a filter.</summary>
internal static class ElasticQuery
{
    /// <summary>The name of the hits within a kind, and of the count by kind.</summary>
    public const string Newest = "newest";
    public const string Kinds = "kinds";

    /// <summary>As many values a server takes in one list.</summary>
    private const int MostValues = 50_000;

    /// <summary>A phrase of words that were all misspelt could be said in thousands of ways; servers take a thousand or so.</summary>
    private const int MostWays = 200;

    /// <summary>Of each kind the newest, and how many there are; of these patients alone.</summary>
    public static JsonObject Question(IndexQuestion question, IReadOnlyCollection<Guid> patients) => new()
    {
        ["size"] = question.Kinds.Count,
        ["track_total_hits"] = false,
        ["_source"] = false,
        ["query"] = Asked(question, patients),
        ["sort"] = NewestFirst(),
        ["collapse"] = new JsonObject
        {
            ["field"] = ElasticSchema.Kind,
            ["inner_hits"] = new JsonObject
            {
                ["name"] = Newest, ["size"] = question.Most, ["sort"] = NewestFirst(), ["_source"] = ElasticDocument.HitFields,
            },
        },
        ["aggs"] = new JsonObject
        {
            [Kinds] = new JsonObject { ["terms"] = new JsonObject { ["field"] = ElasticSchema.Kind, ["size"] = ElasticSchema.Kinds.Count } },
        },
    };

    /// <summary>Those that can be found.</summary>
    public static JsonObject Findable(JsonObject? also = null)
    {
        var filter = new JsonArray(Term(ElasticSchema.IsGone, false));
        if (also is not null)
        {
            filter.Add(also);
        }

        return Bool("filter", filter);
    }

    public static JsonObject Term(string field, JsonNode value) => new() { ["term"] = new JsonObject { [field] = new JsonObject { ["value"] = value } } };

    public static JsonObject Range(string field, long? from, long? before)
    {
        var range = new JsonObject();
        if (from is { } least)
        {
            range["gte"] = least;
        }

        if (before is { } end)
        {
            range["lt"] = end;
        }

        return new JsonObject { ["range"] = new JsonObject { [field] = range } };
    }

    public static JsonObject Ids(IEnumerable<string> ids) => new() { ["ids"] = new JsonObject { ["values"] = Strings(ids) } };

    public static JsonObject Sorted(string field, string order = "asc") => new() { [field] = new JsonObject { ["order"] = order } };

    private static JsonArray NewestFirst() => [Sorted(ElasticSchema.At, "desc"), Sorted(ElasticSchema.Id)];

    private static JsonObject Asked(IndexQuestion question, IReadOnlyCollection<Guid> patients)
    {
        var filter = new JsonArray
        {
            Terms(ElasticSchema.Kind, question.Kinds.Select(kind => EnumText.Of(kind))),
            Term(ElasticSchema.IsGone, false),
            AnyOf(patients.Chunk(MostValues).Select(some => Terms(ElasticSchema.PatientId, some.Select(id => id.ToString())))),
        };
        if (question.DoctorId is { } doctor)
        {
            filter.Add(Term(ElasticSchema.DoctorId, doctor.ToString()));
        }

        if (question.Since is not null || question.Until is not null)
        {
            filter.Add(Range(ElasticSchema.At, At(question.Since), At(question.Until)));
        }

        foreach (var demand in question.Terms.All)
        {
            filter.Add(Demand(demand));
        }

        var asked = Bool("filter", filter);
        if (question.Terms.None.Count > 0)
        {
            asked["bool"]!["must_not"] = new JsonArray([.. question.Terms.None.Select(Demand)]);
        }

        return asked;
    }

    /// <summary>A single word by any of its keys; a phrase by any row that can be made of them.</summary>
    private static JsonObject Demand(SearchDemand demand)
    {
        var words = demand.Phrases.Where(phrase => phrase.Count == 1).SelectMany(phrase => phrase[0]).Distinct(StringComparer.Ordinal).ToList();
        var ways = demand.Phrases.Where(phrase => phrase.Count > 1).SelectMany(Ways).Distinct(StringComparer.Ordinal);
        var any = ways.Select(way => new JsonObject { ["match_phrase"] = new JsonObject { [ElasticSchema.Terms] = new JsonObject { ["query"] = way } } }).ToList();
        return AnyOf(words.Count > 0 ? any.Prepend(Terms(ElasticSchema.Terms, words)) : any);
    }

    /// <summary>Every row of keys, one from each place.</summary>
    private static IEnumerable<string> Ways(IReadOnlyList<IReadOnlyList<string>> places)
        => places.Aggregate<IReadOnlyList<string>, IEnumerable<string>>([""], (rows, keys) => rows.SelectMany(row => keys.Select(key => row.Length == 0 ? key : $"{row} {key}"))).Take(MostWays);

    private static JsonObject AnyOf(IEnumerable<JsonObject> queries)
    {
        var any = queries.ToList();
        if (any.Count < 2)
        {
            return any.Count == 1 ? any[0] : new JsonObject { ["match_none"] = new JsonObject() };
        }

        var should = Bool("should", new JsonArray([.. any]));
        should["bool"]!["minimum_should_match"] = 1;
        return should;
    }

    private static JsonObject Bool(string occurs, JsonArray queries) => new() { ["bool"] = new JsonObject { [occurs] = queries } };

    private static JsonObject Terms(string field, IEnumerable<string> values) => new() { ["terms"] = new JsonObject { [field] = Strings(values) } };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static long? At(DateTimeOffset? at) => at is { } instant ? ElasticDocument.Microseconds(instant) : null;
}
