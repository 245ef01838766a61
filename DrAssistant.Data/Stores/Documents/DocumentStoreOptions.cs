using DrAssistant.Data.Stores.Documents.Mongo;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Documents;

/// <summary>Where clinical notes and the facts about documents are kept.</summary>
internal sealed class DocumentStoreOptions
{
    public const string Section = "Stores:Documents";
    public const string KindKey = Section + ":Kind";

    public const string InPostgres = "Postgres";
    public const string InMongo = "Mongo";

    /// <summary>A word and not an enum, so that a wrong one is answered in the operator's words.</summary>
    public string Kind { get; set; } = InPostgres;

    /// <summary>The server, where <see cref="Kind"/> names it.</summary>
    public MongoOptions Mongo { get; set; } = new();

    public static bool IsMongo(string? kind) => string.Equals(kind, InMongo, StringComparison.OrdinalIgnoreCase);

    public static bool IsPostgres(string? kind) => string.Equals(kind, InPostgres, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Answers a wrong setting with its key and what to write instead; never with the value, which holds a password.</summary>
/// <param name="development">Whether an unencrypted connection to another host is allowed.</param>
internal sealed class DocumentStoreOptionsValidator(bool development) : IValidateOptions<DocumentStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, DocumentStoreOptions options)
    {
        if (DocumentStoreOptions.IsPostgres(options.Kind))
        {
            return ValidateOptionsResult.Success;
        }

        if (!DocumentStoreOptions.IsMongo(options.Kind))
        {
            return ValidateOptionsResult.Fail($"{DocumentStoreOptions.KindKey} must be {DocumentStoreOptions.InPostgres} or {DocumentStoreOptions.InMongo}.");
        }

        var refusals = MongoGuard.Refuse(options.Mongo, development).ToList();
        return refusals.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(refusals);
    }
}
