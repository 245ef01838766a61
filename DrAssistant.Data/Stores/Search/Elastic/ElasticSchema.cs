using System.Globalization;
using System.Text.Json.Nodes;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>
/// Names, mapping and settings of the indices, in what Elasticsearch 7.17 to 9 have in common. Of each kind of document there is one
/// index a build, such as clinic-note-0003. It is asked through the alias clinic-note, and written through an alias of its own: with
/// require_alias an index that is lost is missed, and not made anew by whoever writes first, without its mapping.
/// </summary>
internal sealed class ElasticSchema(string prefix)
{
    public const string Kind = "kind";
    public const string Id = "id";
    public const string PatientId = "patient_id";
    public const string VisitId = "visit_id";
    public const string DoctorId = "doctor_id";
    public const string At = "at";
    public const string Lot = "lot";
    public const string IsGone = "is_gone";
    public const string Terms = "terms";

    private const string Keyed = "keyed";

    /// <summary>Between two runs of words of one document, so that no phrase reaches across.</summary>
    private const int Gap = 100;

    public static IReadOnlyList<SearchKind> Kinds { get; } = Enum.GetValues<SearchKind>();

    /// <summary>By which it is asked.</summary>
    public string Alias(SearchKind kind) => $"{prefix}-{EnumText.Of(kind)}";

    public string Index(SearchKind kind, int generation) => $"{Alias(kind)}-{generation.ToString("0000", CultureInfo.InvariantCulture)}";

    /// <summary>By which it is written.</summary>
    public string WriteAlias(SearchKind kind, int generation) => $"{Index(kind, generation)}-write";

    /// <summary>Every build's index of a kind.</summary>
    public string EveryIndex(SearchKind kind) => $"{Alias(kind)}-*";

    public string Indices(int generation) => string.Join(',', Kinds.Select(kind => Index(kind, generation)));

    /// <summary>
    /// The terms are hashes already, so the analysis only parts them at blanks. Nothing is scored: what fits is sorted by its time. The
    /// mapping is strict, so that a field by another name is refused and not made.
    /// </summary>
    public JsonObject Creation(SearchKind kind, int generation) => new()
    {
        ["settings"] = new JsonObject
        {
            ["number_of_shards"] = 1, // a practice's words are a few hundred megabytes, and counts by kind are exact on one
            ["auto_expand_replicas"] = "0-1",
            ["refresh_interval"] = "1s",
            ["analysis"] = new JsonObject
            {
                ["analyzer"] = new JsonObject { [Keyed] = new JsonObject { ["type"] = "custom", ["tokenizer"] = "whitespace" } },
            },
        },
        ["mappings"] = new JsonObject
        {
            ["dynamic"] = "strict",
            ["properties"] = new JsonObject
            {
                [Kind] = Of("keyword"),
                [Id] = Of("keyword"),
                [PatientId] = Of("keyword"),
                [VisitId] = Kept("keyword"),
                [DoctorId] = Of("keyword"),
                [At] = Of("long"),
                [Lot] = Of("integer"),
                [IsGone] = Of("boolean"),
                [Terms] = new JsonObject
                {
                    ["type"] = "text", ["analyzer"] = Keyed, ["index_options"] = "positions", ["norms"] = false, ["position_increment_gap"] = Gap,
                },
            },
        },
        ["aliases"] = new JsonObject { [WriteAlias(kind, generation)] = new JsonObject() },
    };

    private static JsonObject Of(string type) => new() { ["type"] = type };

    /// <summary>Read with a hit, and never asked for.</summary>
    private static JsonObject Kept(string type) => new() { ["type"] = type, ["index"] = false, ["doc_values"] = false };
}
