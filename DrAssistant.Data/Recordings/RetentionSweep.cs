using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Recordings;

/// <summary>Looks every hour for what has expired and erases it everywhere.</summary>
internal sealed partial class RetentionSweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    internal async Task<int> SweepAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        return await scope.ServiceProvider.GetRequiredService<RecordingRetention>().SweepAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = First;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, time, stoppingToken);
                wait = Every;
                if (await SweepAsync(stoppingToken) is > 0 and var swept)
                {
                    Swept(swept);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Paused(e.GetType().Name); // a store is away; what has expired has expired in an hour as well
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} recordings and transcripts have expired and were erased.")]
    private partial void Swept(int count);

    [LoggerMessage(LogLevel.Warning, "Erasing what has expired paused: {Error}.")]
    private partial void Paused(string error);
}
