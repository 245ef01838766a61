using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// Removes objects that nobody will ask for again: their row was never written, because the portal stopped between the object and the row, or it was removed since.
/// It removes only what is older than a day, what no feature names, and what this portal's own keys open: another practice's objects on the same shelf are not touched.
/// Where a large part of the shelf looks like that, it is the records that are wrong (another database, an older copy), and nothing is removed.
/// </summary>
internal sealed partial class OrphanSweep(IObjectShelf shelf, KeyRing ring, IServiceScopeFactory scopes, TimeProvider time, ILogger<OrphanSweep> log) : BackgroundService
{
    /// <summary>Between an object and the row that names it there may be a slow upload, and never a day.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(1);

    /// <summary>Up to so many are removed whatever their part of the shelf.</summary>
    public const int AlwaysFew = 50;

    private const int AskedAtOnce = 500;
    private const int PartThatIsTooMuch = 4;
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Every = TimeSpan.FromHours(12);

    private readonly ShelfCalls _calls = new(shelf);

    /// <summary>Says how many objects were removed.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - Age;
        await _calls.MeasuredAsync("sweep", () => shelf.SweepUnfinishedAsync(before, cancellation));
        var (old, orphans) = await OrphansAsync(before, cancellation);
        if (orphans.Count > AlwaysFew && orphans.Count > old / PartThatIsTooMuch)
        {
            TooMany(orphans.Count, old);
            return 0;
        }

        var removed = 0;
        foreach (var key in orphans)
        {
            if (await IsOursAsync(key, cancellation) && await _calls.MeasuredAsync("delete", () => shelf.DeleteAsync(key, cancellation)))
            {
                removed++;
            }
        }

        if (removed > 0)
        {
            Removed(removed, old);
        }

        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstAfter;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, time, stoppingToken);
                wait = Every;
                await SweepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Paused(e.GetType().Name); // what is old stays old
            }
        }
    }

    private async Task<(int Old, List<string> Orphans)> OrphansAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        var features = scope.ServiceProvider.GetServices<IObjectKeys>().ToList();
        var (old, orphans, asked) = (0, new List<string>(), new List<string>());

        // Each page of keys is asked for after it was listed: a row that was written meanwhile counts.
        await foreach (var lying in shelf.ListAsync(cancellation))
        {
            if (lying.Since >= before || !SealedObjectStore.IsKey(lying.Key))
            {
                continue;
            }

            old++;
            asked.Add(lying.Key);
            if (asked.Count == AskedAtOnce)
            {
                orphans.AddRange(await UnnamedAsync(features, asked, cancellation));
                asked.Clear();
            }
        }

        orphans.AddRange(await UnnamedAsync(features, asked, cancellation));
        return (old, orphans);
    }

    private static async Task<IEnumerable<string>> UnnamedAsync(List<IObjectKeys> features, List<string> keys, CancellationToken cancellation)
    {
        var unnamed = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var feature in features.Where(_ => keys.Count > 0))
        {
            unnamed.ExceptWith(await feature.NamedAsync(keys, cancellation));
        }

        return unnamed;
    }

    /// <summary>Whether the first chunk opens. What is damaged is not taken for ours either: somebody should look at it.</summary>
    private async Task<bool> IsOursAsync(string key, CancellationToken cancellation)
    {
        try
        {
            using var content = await _calls.MeasuredAsync("open", () => SealedObject.OpenAsync(shelf, ring, key, cancellation));
            return content is not null && await _calls.MeasuredAsync("read", () => content.ReadAsync(0, new byte[1], cancellation)) >= 0;
        }
        catch (ObjectStoreException e) when (e.IsDamaged)
        {
            NotOurs(key);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Objects: {Removed} that no record names were removed, of {Old} older than a day.")]
    private partial void Removed(int removed, int old);

    [LoggerMessage(LogLevel.Error, "Objects: no record names {Orphans} of {Old} older than a day. That is too many to be orphans, and none was removed: is this the database that belongs to these objects?")]
    private partial void TooMany(int orphans, int old);

    [LoggerMessage(LogLevel.Warning, "Objects: {Key} is named by no record and opened by no key of this practice. It stays where it is.")]
    private partial void NotOurs(string key);

    [LoggerMessage(LogLevel.Warning, "Sweeping objects paused: {Error}.")]
    private partial void Paused(string error);
}
