using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Stores.Cache;
using DrAssistant.Data.Stores.Messages;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Messages;

public sealed class PostgresBroadcasts(ClinicDatabase databases) : BroadcastContract(databases)
{
    internal override async Task<Way> OpenAsync() => await PostgresAsync();
}

public sealed class RedisBroadcasts(ClinicDatabase databases) : BroadcastContract(databases)
{
    [Fact]
    public async Task What_is_said_while_redis_is_away_goes_by_postgresql()
    {
        await using var way = new RedisWay(await RedisUnderTest.StartAsync(), await PostgresAsync());
        await using var one = await way.PortalAsync();
        await using var two = await way.PortalAsync();

        await way.Redis.KillAsync();
        await one.Broadcast.SendAsync("meanwhile", Cancellation);
        Assert.Equal("meanwhile", await two.HearAsync());

        await way.Redis.RunAsync();
        Assert.Null(await two.HearAsync());
        await one.Broadcast.SendAsync("after", Cancellation);
        Assert.Equal("after", await two.HearAsync());
    }

    [Fact]
    public async Task A_portal_starts_without_redis_and_listens_there_when_it_comes()
    {
        await using var way = new RedisWay(await RedisUnderTest.StartAsync(), await PostgresAsync());
        await way.Redis.KillAsync();
        await using var one = await way.PortalAsync(listens: false);
        await using var two = await way.PortalAsync(listens: false);

        await one.Broadcast.SendAsync("meanwhile", Cancellation);
        Assert.Equal("meanwhile", await two.HearAsync());

        await way.Redis.RunAsync();
        Assert.Null(await two.HearAsync());
        await one.Broadcast.SendAsync("after", Cancellation);
        Assert.Equal("after", await two.HearAsync());
    }

    internal override async Task<Way> OpenAsync() => new RedisWay(await RedisUnderTest.StartAsync(), await PostgresAsync());

    private sealed class RedisWay(RedisUnderTest redis, PostgresWay postgres) : Way
    {
        public RedisUnderTest Redis => redis;

        public override Task<Portal> PortalAsync() => PortalAsync(listens: true);

        public async Task<Portal> PortalAsync(bool listens)
        {
            var other = postgres.Broadcast();
            await other.StartAsync(Cancellation);
            await other.Listening.WaitAsync(Cancellation);
            var server = new RedisServer(Options.Create(new CacheOptions { Kind = CacheOptions.InRedis, Redis = new RedisOptions { Connection = redis.Connection } }));
            var broadcast = new RedisBroadcast(server, other, TimeProvider.System, NullLogger<RedisBroadcast>.Instance);
            await broadcast.StartAsync(Cancellation);
            if (listens)
            {
                await broadcast.Listening.WaitAsync(Cancellation);
            }

            return new Portal(broadcast, async () =>
            {
                await broadcast.StopAsync(CancellationToken.None);
                broadcast.Dispose();
                await server.DisposeAsync();
                await other.StopAsync(CancellationToken.None);
                other.Dispose();
            });
        }

        public override async Task CutAsync()
        {
            await redis.KillAsync();
            await redis.RunAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await redis.DisposeAsync();
            await postgres.DisposeAsync();
        }
    }
}

/// <summary>A change that one portal's relay carried out reaches the pages of another.</summary>
public sealed class TwoPortals(ClinicDatabase databases) : IDisposable
{
    private readonly List<PostgresBroadcast> _broadcasts = [];

    [Fact]
    public async Task Hear_of_one_anothers_changes_and_read_everything_again_after_a_cut()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var doctor = Guid.CreateVersion7();
        var (mine, theirs) = (new DayFeed(NullLogger<DayFeed>.Instance), new DayFeed(NullLogger<DayFeed>.Instance));
        var (here, there) = (await BroadcastAsync(clinic), await BroadcastAsync(clinic));
        using var others = new DayFeedOfOthers(theirs, there);
        await others.StartAsync(TestContext.Current.CancellationToken);
        var heard = System.Threading.Channels.Channel.CreateUnbounded<DayChange>();
        using var page = theirs.Listen(doctor, async change => await heard.Writer.WriteAsync(change));
        var patient = Guid.CreateVersion7();

        await new DayFeedHandler(mine, here).HandleAsync(Owed("result.changed", patient, doctor), TestContext.Current.CancellationToken);
        await new DayFeedHandler(mine, here).HandleAsync(Owed("result.changed", patient, Guid.CreateVersion7()), TestContext.Current.CancellationToken);
        await clinic.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");

        var first = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("result.changed", (Guid?)doctor, (Guid?)patient), (first.Kind, first.UserId, first.PatientId));
        Assert.Equal(DayChange.Anything, await heard.Reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        foreach (var broadcast in _broadcasts)
        {
            broadcast.Dispose();
        }
    }

    private async Task<PostgresBroadcast> BroadcastAsync(ClinicUnderTest clinic)
    {
        var broadcast = new BroadcastContract.PostgresWay(clinic).Broadcast();
        _broadcasts.Add(broadcast);
        await broadcast.StartAsync(TestContext.Current.CancellationToken);
        await broadcast.Listening.WaitAsync(TestContext.Current.CancellationToken);
        return broadcast;
    }

    private static Data.Outbox.OutboxMessage Owed(string kind, Guid patient, Guid user) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        CreatedAt = ClinicUnderTest.Eleven,
        AvailableAt = ClinicUnderTest.Eleven,
        PatientId = patient,
        Payload = $$"""{"user":"{{user}}"}""",
    };
}
