using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Cache;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Cache;

/// <summary>What every cache must do.</summary>
public abstract class CacheContract
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_put_is_there_byte_for_byte_until_it_is_taken_away()
    {
        await using var open = await OpenAsync();
        byte[] value = [0, 255, 10, 13, 0];

        Assert.Null(await open.Cache.GetAsync("patient:1", Cancellation));
        Assert.True(await open.Cache.SetAsync("patient:1", value, Life, Cancellation));
        Assert.True(await open.Cache.SetAsync("patient:2", [], Life, Cancellation));
        Assert.Equal(value, await open.Cache.GetAsync("patient:1", Cancellation));
        Assert.Empty(await open.Cache.GetAsync("patient:2", Cancellation) ?? [1]);

        Assert.True(await open.Cache.SetAsync("patient:1", [7], Life, Cancellation));
        Assert.Equal(7, Assert.Single(await open.Cache.GetAsync("patient:1", Cancellation) ?? []));

        Assert.True(await open.Cache.RemoveAsync(["patient:1", "patient:2", "patient:3"], Cancellation));
        Assert.Null(await open.Cache.GetAsync("patient:1", Cancellation));
        Assert.Null(await open.Cache.GetAsync("patient:2", Cancellation));
    }

    [Fact]
    public async Task What_has_outlived_its_time_is_gone()
    {
        await using var open = await OpenAsync();
        await open.Cache.SetAsync("short", [1], TimeSpan.FromMilliseconds(60), Cancellation);
        await open.Cache.SetAsync("long", [2], Life, Cancellation);

        await open.PassAsync(TimeSpan.FromMilliseconds(60));

        Assert.Null(await open.Cache.GetAsync("short", Cancellation));
        Assert.NotNull(await open.Cache.GetAsync("long", Cancellation));
    }

    internal abstract Task<Open> OpenAsync();

    internal sealed record Open(ICache Cache, Func<TimeSpan, Task> PassAsync, Func<ValueTask> Close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Close();
    }
}

public sealed class LocalCaches : CacheContract
{
    [Fact]
    public async Task A_full_one_makes_room_and_never_grows_beyond_its_bound()
    {
        var cache = new LocalCache(new StoppedClock(ClinicUnderTest.Eleven));
        for (var n = 0; n <= LocalCache.Most + 5; n++)
        {
            await cache.SetAsync($"patient:{n}", [1], TimeSpan.FromMinutes(1 + n), Cancellation);
        }

        Assert.True(cache.Count <= LocalCache.Most);
        Assert.Null(await cache.GetAsync("patient:0", Cancellation));
        Assert.NotNull(await cache.GetAsync($"patient:{LocalCache.Most + 5}", Cancellation));
    }

    internal override Task<Open> OpenAsync()
    {
        var clock = new StoppedClock(ClinicUnderTest.Eleven);
        return Task.FromResult(new Open(
            new LocalCache(clock),
            time =>
            {
                clock.Now += time;
                return Task.CompletedTask;
            },
            () => ValueTask.CompletedTask));
    }
}

public sealed class RedisCaches : CacheContract
{
    [Fact]
    public async Task Without_redis_there_is_nothing_and_nobody_waits_for_it()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var server = Server(redis);
        var cache = Cache(server, "A practice");
        await cache.SetAsync("patient:1", [1], TimeSpan.FromMinutes(5), Cancellation);

        await redis.KillAsync();
        Assert.Null(await cache.GetAsync("patient:1", Cancellation));
        Assert.False(await cache.SetAsync("patient:1", [2], TimeSpan.FromMinutes(5), Cancellation));
        Assert.False(await cache.RemoveAsync(["patient:1"], Cancellation));

        await redis.RunAsync();
        while (!await cache.SetAsync("patient:1", [3], TimeSpan.FromMinutes(5), Cancellation))
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.Equal(3, Assert.Single(await cache.GetAsync("patient:1", Cancellation) ?? []));
    }

    [Fact]
    public async Task Practices_that_share_a_server_share_nothing()
    {
        await using var redis = await RedisUnderTest.StartAsync();
        await using var server = Server(redis);
        var (one, two) = (Cache(server, "Sanjeevani Clinic"), Cache(server, "Arogya Clinic"));

        await one.SetAsync("patient:1", [1], TimeSpan.FromMinutes(5), Cancellation);

        Assert.Null(await two.GetAsync("patient:1", Cancellation));
        Assert.Equal("sanjeevani-clinic:", RedisCache.PrefixOf("Sanjeevani Clinic"));
    }

    internal override async Task<Open> OpenAsync()
    {
        var redis = await RedisUnderTest.StartAsync();
        var server = Server(redis);
        return new Open(Cache(server, "A practice"), time => Task.Delay(time + TimeSpan.FromMilliseconds(200), Cancellation), async () =>
        {
            await server.DisposeAsync();
            await redis.DisposeAsync();
        });
    }

    private static RedisServer Server(RedisUnderTest redis)
        => new(Options.Create(new CacheOptions { Kind = CacheOptions.InRedis, Redis = new RedisOptions { Connection = redis.Connection } }));

    private static RedisCache Cache(RedisServer server, string practice)
        => new(server, Options.Create(new ClinicOptions { Name = practice }), TimeProvider.System, NullLogger<RedisCache>.Instance);
}
