using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// Builds the index where there is none, where it was lost, where it was made by other rules than this build's, and where a build was left
/// unfinished. The portal works meanwhile.
/// </summary>
internal sealed partial class IndexKeeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<IndexKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await KeepAsync(stoppingToken))
                {
                    await Task.Delay(LookAgain, time, stoppingToken);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                BuildPaused(e.GetType().Name);
            }

            await Task.Delay(Again, time, stoppingToken);
        }
    }

    /// <summary>True when there is an index by these rules and nothing to go on with.</summary>
    internal async Task<bool> KeepAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        var builds = scope.ServiceProvider.GetRequiredService<SearchBuilds>();
        var index = scope.ServiceProvider.GetRequiredService<ISearchIndex>();
        if (await builds.UnfinishedAsync(cancellation) is null && await builds.LiveAsync(cancellation) is { Rules: SearchBuilds.Rules } live
            && await index.IsThereAsync(live.Generation, cancellation))
        {
            await index.SwitchAsync(live.Generation, cancellation); // a server that was restored may ask another
            return await builds.UnfinishedAsync(cancellation) is null && await builds.LiveAsync(cancellation) == live; // nobody switched meanwhile
        }

        if (await scope.ServiceProvider.GetRequiredService<Reindexer>().RunAsync(progress: null, cancellation) is not { } report)
        {
            return false; // another portal is at it
        }

        Built(report.Written, report.Failed);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Built the search index: {Written} documents, {Failed} left to the outbox.")]
    private partial void Built(long written, long failed);

    [LoggerMessage(LogLevel.Warning, "The building of the search index paused: {Error}.")]
    private partial void BuildPaused(string error);
}
