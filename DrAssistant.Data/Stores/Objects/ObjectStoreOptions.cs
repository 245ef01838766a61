using DrAssistant.Data.Stores.Objects.S3;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Where PDFs, documents and recordings are kept.</summary>
internal sealed class ObjectStoreOptions
{
    public const string Section = "Stores:Objects";
    public const string KindKey = Section + ":Kind";

    public const string InFiles = "Files";
    public const string InS3 = "S3";

    /// <summary>A word and not an enum, so that a wrong one is answered in the operator's words.</summary>
    public string Kind { get; set; } = InFiles;

    /// <summary>The server, where <see cref="Kind"/> names it.</summary>
    public S3Options S3 { get; set; } = new();

    public static bool IsS3(string? kind) => string.Equals(kind, InS3, StringComparison.OrdinalIgnoreCase);

    public static bool IsFiles(string? kind) => string.Equals(kind, InFiles, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Answers a wrong setting with its key and what to write instead; never with the value, which may be a password.</summary>
/// <param name="development">Whether an unencrypted connection to another host is allowed.</param>
internal sealed class ObjectStoreOptionsValidator(bool development) : IValidateOptions<ObjectStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectStoreOptions options)
    {
        if (ObjectStoreOptions.IsFiles(options.Kind))
        {
            return ValidateOptionsResult.Success;
        }

        if (!ObjectStoreOptions.IsS3(options.Kind))
        {
            return ValidateOptionsResult.Fail($"{ObjectStoreOptions.KindKey} must be {ObjectStoreOptions.InFiles} or {ObjectStoreOptions.InS3}.");
        }

        var refusals = S3Guard.Refuse(options.S3, development).ToList();
        return refusals.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(refusals);
    }
}
