using DrAssistant.Data.Outbox;
using DrAssistant.Data.Recordings.Transcribing;
using DrAssistant.Data.Stores.Objects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings;

/// <summary>What recordings and transcripts need, in one call.</summary>
internal static class RecordingsFeature
{
    public static void AddRecordings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RecordingOptions>().Bind(configuration.GetSection(RecordingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>();
        services.AddOptions<TranscriptionOptions>().Bind(configuration.GetSection(TranscriptionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TranscriptionOptions>, TranscriptionOptionsValidator>();
        services.AddSingleton<TranscriptionSignal>();
        services.AddSingleton<LocalSpeech>();
        services.AddSingleton<TranscriptionChoice>();
        services.AddScoped<RecordingRows>();
        services.AddScoped<RecordingStore>();
        services.AddScoped<RecordingBeginning>();
        services.AddScoped<RecordingParts>();
        services.AddScoped<RecordingSound>();
        services.AddScoped<RecordingEnding>();
        services.AddScoped<RecordingErasing>();
        services.AddScoped<RecordingMoving>();
        services.AddScoped<RecordingRetention>();
        services.AddScoped<RecordingClaims>();
        services.AddScoped<RecordingAssembly>();
        services.AddScoped<RecordingWork>();
        services.AddObjectKeys("Recordings", "recordings", "content_key");
        services.AddScoped<IOutboxHandler, RecordingMessages>();
        services.AddHostedService<TranscriptionWorker>();
        services.AddHostedService<RetentionSweep>();
        services.AddScoped<IRecordings, RecordingService>();
        services.AddScoped<ITranscripts, TranscriptService>();
    }
}
