using DrAssistant.Data.Stores.Search.Elastic;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Search;

/// <summary>Where the index of notes, prescriptions, orders and results is.</summary>
internal sealed class SearchStoreOptions
{
    public const string Section = "Stores:Search";
    public const string KindKey = Section + ":Kind";

    public const string InPostgres = "Postgres";
    public const string InElasticsearch = "Elasticsearch";

    /// <summary>A word and not an enum, so that a wrong one is answered in the operator's words.</summary>
    public string Kind { get; set; } = InPostgres;

    /// <summary>The server, where <see cref="Kind"/> names it.</summary>
    public ElasticOptions Elasticsearch { get; set; } = new();

    /// <summary>What <c>search_builds</c> calls the place of an index.</summary>
    public string Store => IsElasticsearch(Kind) ? "elasticsearch" : "postgres";

    public static bool IsElasticsearch(string? kind) => string.Equals(kind, InElasticsearch, StringComparison.OrdinalIgnoreCase);

    public static bool IsPostgres(string? kind) => string.Equals(kind, InPostgres, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Answers a wrong setting with its key and what to write instead; never with the value, which may hold a password.</summary>
/// <param name="development">Whether an unencrypted connection to another host is allowed.</param>
internal sealed class SearchStoreOptionsValidator(bool development) : IValidateOptions<SearchStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SearchStoreOptions options)
    {
        if (SearchStoreOptions.IsPostgres(options.Kind))
        {
            return ValidateOptionsResult.Success;
        }

        if (!SearchStoreOptions.IsElasticsearch(options.Kind))
        {
            return ValidateOptionsResult.Fail($"{SearchStoreOptions.KindKey} must be {SearchStoreOptions.InPostgres} or {SearchStoreOptions.InElasticsearch}.");
        }

        var refusals = ElasticGuard.Refuse(options.Elasticsearch, development).ToList();
        return refusals.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(refusals);
    }
}
