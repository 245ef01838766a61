using System.Threading.Channels;
using DrAssistant.Data.Stores.Messages;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DrAssistant.Portal.Tests.Stores.Messages;

/// <summary>What <see cref="IBroadcast"/> must do, over every way. A derived class names it.</summary>
public abstract class BroadcastContract(ClinicDatabase databases)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_portal_says_the_others_hear_and_not_itself()
    {
        await using var way = await OpenAsync();
        await using var one = await way.PortalAsync();
        await using var two = await way.PortalAsync();
        await using var three = await way.PortalAsync();

        await one.Broadcast.SendAsync("first", Cancellation);
        await one.Broadcast.SendAsync("नमस्ते | with a bar", Cancellation);
        await two.Broadcast.SendAsync("back", Cancellation);

        Assert.Equal(["first", "नमस्ते | with a bar"], await two.HearAsync(2));
        Assert.Equal("back", await one.HearAsync());
        Assert.Equal(["back", "first", "नमस्ते | with a bar"], (await three.HearAsync(3)).Order(StringComparer.Ordinal));
        Assert.False(one.HasHeard);
    }

    [Fact]
    public async Task The_longest_message_arrives_and_a_longer_one_is_refused_before_it_is_sent()
    {
        await using var way = await OpenAsync();
        await using var one = await way.PortalAsync();
        await using var two = await way.PortalAsync();
        var longest = new string('a', IBroadcast.Longest);

        await one.Broadcast.SendAsync(longest, Cancellation);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => one.Broadcast.SendAsync(longest + "a", Cancellation));

        Assert.Equal(longest, await two.HearAsync());
    }

    [Fact]
    public async Task Whoever_stopped_listening_is_told_nothing()
    {
        await using var way = await OpenAsync();
        await using var one = await way.PortalAsync();
        await using var two = await way.PortalAsync();
        var heard = new List<string?>();
        two.Broadcast.Listen(heard.Add).Dispose();

        await one.Broadcast.SendAsync("first", Cancellation);

        Assert.Equal("first", await two.HearAsync());
        Assert.Empty(heard);
    }

    [Fact]
    public async Task A_portal_that_was_cut_off_says_that_something_may_be_missing_and_hears_again()
    {
        await using var way = await OpenAsync();
        await using var one = await way.PortalAsync();
        await using var two = await way.PortalAsync();

        await way.CutAsync();

        Assert.Null(await two.HearAsync());
        string? heard;
        do
        {
            await one.Broadcast.SendAsync("again", Cancellation);
            heard = await two.HearAsync();
        }
        while (heard is null);
        Assert.Equal("again", heard);
    }

    internal abstract Task<Way> OpenAsync();

    internal async Task<PostgresWay> PostgresAsync() => new(await ClinicUnderTest.OpenAsync(databases));

    /// <summary>What lies between the portals.</summary>
    internal abstract class Way : IAsyncDisposable
    {
        public abstract Task<Portal> PortalAsync();

        /// <summary>Breaks every connection that listens.</summary>
        public abstract Task CutAsync();

        public abstract ValueTask DisposeAsync();
    }

    internal sealed class PostgresWay(ClinicUnderTest clinic) : Way
    {
        public override async Task<Portal> PortalAsync()
        {
            var broadcast = Broadcast();
            await broadcast.StartAsync(Cancellation);
            await broadcast.Listening.WaitAsync(Soon, Cancellation);
            return new Portal(broadcast, async () =>
            {
                await broadcast.StopAsync(CancellationToken.None);
                broadcast.Dispose();
            });
        }

        public PostgresBroadcast Broadcast()
            => new(new ClinicDataSources(clinic.Connections.App, clinic.Connections.Worker), TimeProvider.System, NullLogger<PostgresBroadcast>.Instance);

        public override Task CutAsync()
            => clinic.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");

        public override ValueTask DisposeAsync() => clinic.DisposeAsync();
    }

    /// <summary>One portal and what it hears, in order.</summary>
    internal sealed class Portal : IAsyncDisposable
    {
        private readonly Channel<string?> _heard = Channel.CreateUnbounded<string?>();
        private readonly Func<Task> _stop;

        public Portal(IBroadcast broadcast, Func<Task> stop)
        {
            (Broadcast, _stop) = (broadcast, stop);
            broadcast.Listen(message => _heard.Writer.TryWrite(message));
        }

        public IBroadcast Broadcast { get; }

        public bool HasHeard => _heard.Reader.Count > 0;

        public async Task<string?> HearAsync() => await _heard.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Soon, Cancellation);

        public async Task<List<string?>> HearAsync(int times)
        {
            var heard = new List<string?>();
            while (heard.Count < times)
            {
                heard.Add(await HearAsync());
            }

            return heard;
        }

        public async ValueTask DisposeAsync() => await _stop();
    }
}
