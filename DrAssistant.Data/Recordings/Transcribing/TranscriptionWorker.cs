using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// Puts recordings together and has them transcribed, one after another. What is to be done stands in the rows and is claimed for minutes at a time: a server that
/// dies gives its work back, and several share it.
/// </summary>
internal sealed partial class TranscriptionWorker(IServiceScopeFactory scopes, TranscriptionSignal signal, TranscriptionChoice choice, IOptions<ClinicOptions> clinic, TimeProvider time, ILogger<TranscriptionWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterAFailure = TimeSpan.FromSeconds(10);

    /// <summary>Does what is due first; false where nothing is.</summary>
    internal async Task<bool> WorkAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        return await scope.ServiceProvider.GetRequiredService<RecordingWork>().DoNextAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        choice.Tell();
        SweepLeft();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await WorkAsync(stoppingToken))
                {
                    await signal.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A store is away, or something nobody thought of: what is due stands in its row, and the portal goes on.
                Paused(e.GetType().Name);
                await Task.Delay(AfterAFailure, time, stoppingToken);
            }
        }
    }

    private void SweepLeft()
    {
        try
        {
            if (HearingFolder.Sweep(clinic.Value.DataFolder) is > 0 and var swept)
            {
                Swept(swept);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unswept(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "Sound that {Count} interrupted transcriptions had left on this machine was taken away.")]
    private partial void Swept(int count);

    [LoggerMessage(LogLevel.Warning, "Sound that an interrupted transcription left on this machine could not be taken away: {Error}.")]
    private partial void Unswept(string error);

    [LoggerMessage(LogLevel.Warning, "Work on recordings paused: {Error}.")]
    private partial void Paused(string error);
}
