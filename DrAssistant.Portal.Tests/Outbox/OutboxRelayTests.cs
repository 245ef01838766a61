using System.Collections.Concurrent;
using DrAssistant.Data;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DrAssistant.Portal.Tests.Outbox;

/// <summary>What the outbox owes is carried out, whatever fails in between. Each test has a kind of message of its own.</summary>
public sealed class OutboxRelayTests(TwoCharts charts) : IClassFixture<TwoCharts>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The charts' own messages, and those of the test before, are nobody's business here.
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync("DELETE FROM outbox_messages");
        await worker.KeepAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_is_delivered_once()
    {
        var ids = await OweAsync(3);
        var handler = new Recorder();
        using var relay = Relay(handler);

        Assert.Equal(3, await relay.RelayAsync(Cancellation));
        Assert.Equal(0, await relay.RelayAsync(Cancellation));

        Assert.Equal(ids.Order(), handler.Taken.Order());
        Assert.All(await StateAsync(), row => Assert.Equal(["True", "False", "1", ""], row));
    }

    [Fact]
    public async Task A_message_that_nobody_takes_is_done()
    {
        await OweAsync(1);
        using var relay = Relay(new Recorder { Takes = "something.else" });

        Assert.Equal(1, await relay.RelayAsync(Cancellation));

        Assert.Equal(["True", "False", "1", ""], Assert.Single(await StateAsync()));
    }

    [Fact]
    public async Task A_message_that_fails_waits_longer_each_time_and_then_succeeds()
    {
        await OweAsync(1);
        var handler = new Recorder { Fails = true };
        using var relay = Relay(handler);

        await relay.RelayAsync(Cancellation);
        Assert.Equal(0, await relay.RelayAsync(Cancellation)); // not yet again
        Assert.Equal(2, await WaitOfTheLastAsync(), 1.0);
        await DueNowAsync();
        await relay.RelayAsync(Cancellation);
        Assert.Equal(4, await WaitOfTheLastAsync(), 1.0);
        Assert.Equal(["False", "False", "2", "InvalidOperationException"], Assert.Single(await StateAsync()));

        handler.Fails = false;
        await DueNowAsync();
        await relay.RelayAsync(Cancellation);

        Assert.Equal(["True", "False", "3", ""], Assert.Single(await StateAsync()));
    }

    [Fact]
    public async Task One_that_fails_does_not_hold_up_the_others()
    {
        var ids = await OweAsync(3);
        var handler = new Recorder { FailsFor = ids[0] };
        using var relay = Relay(handler);

        await relay.RelayAsync(Cancellation);

        Assert.Equal(2, (await StateAsync()).Count(row => row[0] == "True"));
    }

    // A call to another server that times out throws exactly this, and nobody has stopped the relay.
    [Fact]
    public async Task A_handler_that_was_cut_off_has_failed_like_any_other()
    {
        var ids = await OweAsync(2);
        var handler = new Recorder { FailsFor = ids[0], Failure = new TaskCanceledException() };
        using var relay = Relay(handler);

        Assert.Equal(2, await relay.RelayAsync(Cancellation));

        Assert.Equal(1, (await StateAsync()).Count(row => row[0] == "True"));
    }

    [Fact]
    public async Task After_ten_failures_it_is_set_aside_and_the_admins_are_told_without_its_content()
    {
        var id = (await OweAsync(1))[0];
        using var relay = Relay(new Recorder { Fails = true });

        for (var i = 0; i < OutboxRelay.MostAttempts; i++)
        {
            Assert.Equal(1, await relay.RelayAsync(Cancellation));
            await DueNowAsync();
        }

        await using (var told = await charts.AsWorkerAsync())
        {
            Assert.NotEmpty(await told.RowsAsync("DELETE FROM outbox_messages WHERE kind = 'alert.raised' RETURNING id"));
            await told.KeepAsync();
        }

        await using var worker = await charts.AsWorkerAsync();
        Assert.Equal(0, await relay.RelayAsync(Cancellation));
        Assert.Equal(["False", "True", "10", "InvalidOperationException"], Assert.Single(await StateAsync()));
        var alert = Assert.Single(await worker.RowsAsync("SELECT user_id, severity, message FROM alerts WHERE source = 'outbox' AND source_id = $1", id));
        Assert.Equal([$"{TwoCharts.Id(Person.Admin)}", "high"], alert[..2]);
        Assert.Contains(id.ToString(), alert[2], StringComparison.Ordinal);
        Assert.DoesNotContain(Recorder.Secret, string.Join(' ', (await StateAsync()).SelectMany(row => row).Concat(alert)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_relays_share_the_work_and_do_nothing_twice()
    {
        var ids = await OweAsync(80);
        var handler = new Recorder { Gate = new SemaphoreSlim(0) };
        using var first = Relay(handler);
        using var second = Relay(handler);

        // The first holds its rows while the second comes.
        var working = first.RelayAsync(Cancellation);
        Assert.True(await handler.Started.WaitAsync(Patience, Cancellation), "Nobody began.");
        var other = second.RelayAsync(Cancellation);
        Assert.True(await handler.Started.WaitAsync(Patience, Cancellation), "Nobody began.");
        handler.Gate.Release(1000);

        Assert.Equal([30, 50], new[] { await working, await other }.Order());
        Assert.Equal(ids.Order(), handler.Taken.Order());
        Assert.All(await StateAsync(), row => Assert.Equal("True", row[0]));
    }

    [Fact]
    public async Task A_relay_that_dies_half_way_gives_its_rows_back()
    {
        var ids = await OweAsync(2);
        var handler = new Recorder { Gate = new SemaphoreSlim(0) };
        using var relay = Relay(handler);
        var dying = relay.RelayAsync(Cancellation);
        Assert.True(await handler.Started.WaitAsync(Patience, Cancellation), "Nobody began.");

        await using (var worker = await charts.AsWorkerAsync())
        {
            Assert.True(await worker.AskAsync<bool>("""
                SELECT bool_or(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user AND state = 'idle in transaction' AND query LIKE '%SKIP LOCKED%'
                """));
        }

        handler.Gate.Release(1000);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => dying);
        Assert.All(await StateAsync(), row => Assert.Equal(["False", "False", "0", ""], row));

        Assert.Equal(2, await relay.RelayAsync(Cancellation));
        Assert.Equal(ids.Order(), handler.Taken.Distinct().Order());
        Assert.All(await StateAsync(), row => Assert.Equal("True", row[0]));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_message_is_there_exactly_when_its_change_is(bool kept, int messages)
    {
        var options = new DbContextOptionsBuilder<ClinicDb>().UseNpgsql(charts.Sources.Worker).Options;
        await using (var db = new ClinicDb(options))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            new OutboxWriter(TimeProvider.System).Add(db, "test.happened", TwoCharts.Meera, TwoCharts.Meera);
            await db.SaveChangesAsync(Cancellation);
            if (kept)
            {
                await transaction.CommitAsync(Cancellation);
            }
        }

        var handler = new Recorder();
        using var relay = Relay(handler);
        Assert.Equal(messages, await relay.RelayAsync(Cancellation));
        Assert.Equal(messages, handler.Taken.Count);
    }

    private OutboxRelay Relay(IOutboxHandler handler)
    {
        var scopes = new ServiceCollection().AddScoped<SystemScope.Marker>().AddSingleton(handler)
            .BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        return new OutboxRelay(charts.Sources, scopes, new OutboxSignal(), TimeProvider.System, NullLogger<OutboxRelay>.Instance);
    }

    private async Task<List<Guid>> OweAsync(int count)
    {
        await using var worker = await charts.AsWorkerAsync();
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        await worker.RunAsync("INSERT INTO outbox_messages (id, kind) SELECT id, 'test.happened' FROM unnest($1) id", ids.ToArray());
        await worker.KeepAsync();
        return ids;
    }

    private async Task<IReadOnlyList<string[]>> StateAsync()
    {
        await using var worker = await charts.AsWorkerAsync();
        return await worker.RowsAsync("SELECT done_at IS NOT NULL, parked_at IS NOT NULL, attempts, last_error FROM outbox_messages");
    }

    private async Task DueNowAsync()
    {
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync("UPDATE outbox_messages SET available_at = now() WHERE done_at IS NULL");
        await worker.KeepAsync();
    }

    private async Task<double> WaitOfTheLastAsync()
    {
        await using var worker = await charts.AsWorkerAsync();
        return await worker.AskAsync<double>("SELECT extract(epoch FROM available_at - now())::float8 FROM outbox_messages");
    }

    private sealed class Recorder : IOutboxHandler
    {
        public const string Secret = "Meera Nair";

        public string Takes { get; init; } = "test.happened";

        public IReadOnlySet<string> Kinds => new HashSet<string> { Takes };

        public ConcurrentBag<Guid> Taken { get; } = [];

        public bool Fails { get; set; }

        public Guid? FailsFor { get; init; }

        public Exception Failure { get; init; } = new InvalidOperationException($"{Secret} was not found.");

        /// <summary>Holds every message until it is opened.</summary>
        public SemaphoreSlim? Gate { get; init; }

        public SemaphoreSlim Started { get; } = new(0);

        public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
        {
            if (Gate is not null)
            {
                Started.Release();
                await Gate.WaitAsync(cancellation);
            }

            if (Fails || FailsFor == message.Id)
            {
                throw Failure;
            }

            Taken.Add(message.Id);
        }
    }
}
