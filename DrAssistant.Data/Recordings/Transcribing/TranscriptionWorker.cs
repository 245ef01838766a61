using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// Puts recordings together and has them transcribed, one after another. What is to be done stands in the rows and is claimed for minutes at a time: a server that
/// dies gives its work back, and several share it.
/// </summary>
internal sealed partial class TranscriptionWorker(IServiceScopeFactory scopes, TranscriptionSignal signal, TranscriptionChoice choice, TimeProvider time, ILogger<TranscriptionWorker> log) : BackgroundService
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

    [LoggerMessage(LogLevel.Warning, "Work on recordings paused: {Error}.")]
    private partial void Paused(string error);
}
