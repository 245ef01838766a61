using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Documents;

/// <summary>Brings what was taken in to the object store, one document after the other, sweeps what was given up, and has the admins told of what waits for long.</summary>
internal sealed partial class DocumentQueue(IServiceScopeFactory scopes, DocumentIntake intake, TimeProvider time, ILogger<DocumentQueue> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (swept, looked) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await NextAsync(stoppingToken))
                {
                    // One after the other: each holds a whole file in memory.
                }

                if (time.GetUtcNow() - swept > BetweenSweeps)
                {
                    await SweepAsync(stoppingToken);
                    swept = time.GetUtcNow();
                }

                if (time.GetUtcNow() - looked > BetweenLooks)
                {
                    await LookAsync(stoppingToken);
                    looked = time.GetUtcNow();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The database is away, or a document cannot be opened: the portal goes on.
                Paused(e.GetType().Name);
            }

            await intake.ListenAsync(Poll, stoppingToken);
        }
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        return await scope.ServiceProvider.GetRequiredService<DocumentKeeping>().NextAsync(cancellation);
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        await scope.ServiceProvider.GetRequiredService<DocumentKeeping>().SweepAsync(cancellation);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        await scope.ServiceProvider.GetRequiredService<WaitingDocuments>().TellAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Bringing documents to the object store paused: {Error}.")]
    private partial void Paused(string error);
}
