using System.Net;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Which engine makes text of the sound. As delivered no sound of a visit leaves this machine.</summary>
internal sealed class TranscriptionOptions
{
    public const string Section = "Transcription";

    /// <summary>The sound of visits is sent to the service only when the practice says so; otherwise the engine of this machine hears it, where there is one.</summary>
    public bool UseService { get; set; }

    public TranscriptionServiceOptions Service { get; set; } = new();

    public LocalSpeechOptions Local { get; set; } = new();
}

/// <summary>Anything that answers at /audio/transcriptions as OpenAI's service does.</summary>
internal sealed class TranscriptionServiceOptions
{
    /// <summary>Up to and with the version, such as https://speech.clinic.example/v1.</summary>
    public Uri? Endpoint { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The language that is spoken, as two letters (ISO 639-1); empty where the service finds out.</summary>
    public string Language { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    public bool IsComplete => Endpoint is not null && Name.Length > 0;
}

/// <summary>PocketSphinx and ffmpeg, from the system's packages.</summary>
internal sealed class LocalSpeechOptions
{
    public bool Enabled { get; set; } = true;

    public string PocketSphinx { get; set; } = "pocketsphinx_continuous";

    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>How long it may take, times the length of the sound.</summary>
    public double SlowestFactor { get; set; } = 6;
}

internal sealed class TranscriptionOptionsValidator : IValidateOptions<TranscriptionOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public ValidateOptionsResult Validate(string? name, TranscriptionOptions options) => Failure(options) is { } failure ? ValidateOptionsResult.Fail(failure) : ValidateOptionsResult.Success;

    /// <summary>What keeps these settings from being used, in the operator's words; null when nothing does.</summary>
    public static string? Failure(TranscriptionOptions options) => options.Service switch
    {
        { IsComplete: false } when options.UseService => "Transcription:UseService needs Transcription:Service:Endpoint and Transcription:Service:Name.",
        { Endpoint: { } endpoint } when !endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http") => "Transcription:Service:Endpoint must be an address that begins with https:// or http://.",
        { Endpoint: { } endpoint } when IsOfTheHost(endpoint) => "Transcription:Service:Endpoint must not be a link-local address: there the machine's own host answers, and no service.",
        { Endpoint: { Scheme: "http", IsLoopback: false } } => "Transcription:Service:Endpoint must begin with https://, since what is said in a visit goes there. Only this machine itself may be asked by http://.",
        { Language: not "" and not { Length: 2 } } => "Transcription:Service:Language must be two letters, such as en, or empty.",
        { Timeout: var timeout } when timeout <= TimeSpan.Zero || timeout > Longest => "Transcription:Service:Timeout must be between a moment and twelve hours.",
        _ when options.Local.SlowestFactor is not (>= 1 and <= 100) => "Transcription:Local:SlowestFactor must be 1 to 100.",
        _ => null,
    };

    /// <summary>169.254.169.254 hands out the keys of a machine in a cloud to whoever asks from it.</summary>
    private static bool IsOfTheHost(Uri endpoint)
        => IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && (address.IsIPv6LinkLocal || (address.MapToIPv4() is var four && four.GetAddressBytes() is [169, 254, ..]));
}
