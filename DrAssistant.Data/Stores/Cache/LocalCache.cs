using System.Collections.Concurrent;

namespace DrAssistant.Data.Stores.Cache;

/// <summary>Copies in this portal's memory, for a practice without Redis.</summary>
internal sealed class LocalCache(TimeProvider time) : ICache
{
    internal const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    internal int Count => _kept.Count;

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
        => Task.FromResult(_kept.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow() ? kept.Value : null);

    public Task<bool> SetAsync(string key, byte[] value, TimeSpan life, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero);
        if (_kept.Count >= Most)
        {
            MakeRoom();
        }

        _kept[key] = new Kept(value, time.GetUtcNow() + life);
        return Task.FromResult(true);
    }

    public Task<bool> RemoveAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        foreach (var key in keys)
        {
            _kept.TryRemove(key, out _);
        }

        return Task.FromResult(true);
    }

    /// <summary>What is over goes first, then a tenth of what is over soonest.</summary>
    private void MakeRoom()
    {
        foreach (var old in _kept.OrderBy(k => k.Value.Until).Take(Most / 10).ToList())
        {
            _kept.TryRemove(old);
        }
    }

    private sealed record Kept(byte[] Value, DateTimeOffset Until);
}
