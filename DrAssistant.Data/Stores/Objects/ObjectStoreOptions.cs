using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Where PDFs, documents and recordings are kept.</summary>
internal sealed class ObjectStoreOptions
{
    public const string Section = "Stores:Objects";
    public const string KindKey = Section + ":Kind";

    public const string InFiles = "Files";

    /// <summary>A word and not an enum, so that a wrong one is answered in the operator's words.</summary>
    public string Kind { get; set; } = InFiles;
}

internal sealed class ObjectStoreOptionsValidator : IValidateOptions<ObjectStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectStoreOptions options)
        => string.Equals(options.Kind, ObjectStoreOptions.InFiles, StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ObjectStoreOptions.KindKey} must be {ObjectStoreOptions.InFiles}.");
}
