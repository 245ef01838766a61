using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Which engine hears the visits of this practice: the service, where it is switched on; else that of this machine, where it is installed; else none.</summary>
internal sealed partial class TranscriptionChoice(IOptions<TranscriptionOptions> options, LocalSpeech local, ILogger<TranscriptionChoice> log) : IDisposable
{
    private readonly Lazy<SpeechService?> _service = new(() => options.Value.UseService ? new SpeechService(options.Value.Service) : null);
    private readonly Lazy<IReadOnlyList<string>> _missing = new(local.Missing);

    public ITranscriber? Engine => _service.Value as ITranscriber ?? (options.Value.Local.Enabled && _missing.Value.Count == 0 ? local : null);

    public TranscriptionWays Ways() => Engine is { } engine
        ? new TranscriptionWays(engine.Engine, engine.LeavesThisMachine, null)
        : new TranscriptionWays(null, LeavesThisMachine: false, "No speech engine is set up. What is said can be typed or pasted.");

    /// <summary>Says in one line which engine there is.</summary>
    public void Tell()
    {
        if (_service.Value is { } service)
        {
            ByService(service.Engine, options.Value.Service.Endpoint!.Host);
        }
        else if (Engine is { } engine)
        {
            Here(engine.Engine);
        }
        else if (options.Value.Local.Enabled)
        {
            Missing(string.Join(", ", _missing.Value));
        }
        else
        {
            Off();
        }
    }

    public void Dispose()
    {
        if (_service.IsValueCreated)
        {
            _service.Value?.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Information, "Speech: {Engine} at {Host}; the sound of visits is sent there.")]
    private partial void ByService(string engine, string host);

    [LoggerMessage(LogLevel.Information, "Speech: {Engine}, on this machine.")]
    private partial void Here(string engine);

    [LoggerMessage(LogLevel.Information, "Speech: none, as {Programs} cannot be found (Debian: pocketsphinx pocketsphinx-en-us ffmpeg). Transcripts are typed or pasted.")]
    private partial void Missing(string programs);

    [LoggerMessage(LogLevel.Information, "Speech: none. Transcripts are typed or pasted.")]
    private partial void Off();
}
