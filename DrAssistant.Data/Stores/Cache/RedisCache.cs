using System.Text;
using DrAssistant.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DrAssistant.Data.Stores.Cache;

/// <summary>
/// Copies in Redis, which all portals share. While Redis is away or slow it is left alone for a moment at a time, so that nobody waits for it again and again.
/// </summary>
internal sealed partial class RedisCache(RedisServer redis, IOptions<ClinicOptions> practice, TimeProvider time, ILogger<RedisCache> log) : ICache
{
    /// <summary>PostgreSQL would have answered long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeaveAlone = TimeSpan.FromSeconds(1);

    private readonly string _prefix = PrefixOf(practice.Value.Name);
    private long _awayUntil;

    /// <summary>Practices that share a server do not share keys.</summary>
    internal static string PrefixOf(string practice)
    {
        var name = new StringBuilder();
        foreach (var letter in practice.Normalize(NormalizationForm.FormC).ToLowerInvariant())
        {
            name.Append(char.IsLetterOrDigit(letter) ? letter : '-');
        }

        return $"{name}:";
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
        => await AskAsync(async db => (byte[]?)await db.StringGetAsync(_prefix + key), cancellation);

    public async Task<bool> SetAsync(string key, byte[] value, TimeSpan life, CancellationToken cancellation)
        => await AskAsync(db => db.StringSetAsync(_prefix + key, value, life), cancellation);

    public async Task<bool> RemoveAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
        => await AskAsync(
            async db =>
            {
                await db.KeyDeleteAsync([.. keys.Select(key => (RedisKey)(_prefix + key))]);
                return true;
            },
            cancellation);

    /// <summary>A script over one key, which Redis carries out as one step. Null where nobody did.</summary>
    public async Task<long?> RunAsync(string script, string key, IReadOnlyList<string> values, CancellationToken cancellation)
        => await AskAsync(async db => (long?)await db.ScriptEvaluateAsync(script, [_prefix + key], [.. values.Select(v => (RedisValue)v)]), cancellation);

    private async Task<T?> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellation)
    {
        if (time.GetTimestamp() < Volatile.Read(ref _awayUntil))
        {
            return default;
        }

        try
        {
            var connection = await redis.ConnectAsync(cancellation).WaitAsync(Patience, cancellation);
            return await ask(connection.GetDatabase()).WaitAsync(Patience, cancellation);
        }
        catch (Exception e) when (RedisServer.IsAway(e))
        {
            Volatile.Write(ref _awayUntil, time.GetTimestamp() + (long)(LeaveAlone.TotalSeconds * time.TimestampFrequency));
            DoneWithout(e.GetType().Name);
            return default;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Done without Redis: {Error}.")]
    private partial void DoneWithout(string error);
}
