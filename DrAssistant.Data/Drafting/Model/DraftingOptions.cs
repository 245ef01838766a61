using System.Net;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Drafting.Model;

/// <summary>Which engine drafts. As delivered no word of a visit leaves this machine.</summary>
internal sealed class DraftingOptions
{
    public const string Section = "Drafting";

    /// <summary>The model drafts for doctors only when the practice says so; otherwise the engine of this machine.</summary>
    public bool UseModel { get; set; }

    public ModelOptions Model { get; set; } = new();
}

/// <summary>A chat model behind any endpoint that speaks as OpenAI's does.</summary>
internal sealed class ModelOptions
{
    /// <summary>Up to and with the version, such as https://models.clinic.example/v1.</summary>
    public Uri? Endpoint { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    public bool IsComplete => Endpoint is not null && Name.Length > 0;
}

internal sealed class DraftingOptionsValidator : IValidateOptions<DraftingOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, DraftingOptions options) => Failure(options) is { } failure ? ValidateOptionsResult.Fail(failure) : ValidateOptionsResult.Success;

    /// <summary>What keeps these settings from being used, in the operator's words; null when nothing does.</summary>
    public static string? Failure(DraftingOptions options)
    {
        var model = options.Model;
        return model switch
        {
            _ when options.UseModel && !model.IsComplete => "Drafting:UseModel needs Drafting:Model:Endpoint and Drafting:Model:Name.",
            { Endpoint: { } endpoint } when !endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http") => "Drafting:Model:Endpoint must be an address that begins with https:// or http://.",
            { Endpoint: { } endpoint } when IsOfTheHost(endpoint) => "Drafting:Model:Endpoint must not be a link-local address: there the machine's own host answers, and no model.",
            { Endpoint: { Scheme: "http", IsLoopback: false } } => "Drafting:Model:Endpoint must begin with https://, since what is said in a visit goes there. Only this machine itself may be asked by http://.",
            _ when model.Timeout <= TimeSpan.Zero || model.Timeout > Longest => "Drafting:Model:Timeout must be between a moment and ten minutes.",
            _ => null,
        };
    }

    /// <summary>169.254.169.254 hands out the keys of a machine in a cloud to whoever asks from it.</summary>
    private static bool IsOfTheHost(Uri endpoint)
        => IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && (address.IsIPv6LinkLocal || (address.MapToIPv4() is var four && four.GetAddressBytes() is [169, 254, ..]));
}
