using DrAssistant.Data.Stores.Cache;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace DrAssistant.Data.Stores.Messages;

/// <summary>
/// Messages by Redis, and by PostgreSQL while Redis is away: every portal listens on both ways, so none is lost between them.
/// </summary>
internal sealed partial class RedisBroadcast(RedisServer redis, PostgresBroadcast other, TimeProvider time, ILogger<RedisBroadcast> log) : BackgroundService, IBroadcast
{
    private const string Channel = "clinic:portals";

    /// <summary>How often a portal calls itself, and how many calls may be on their way on a busy machine.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);
    private const int Patience = 3;

    /// <summary>After how many calls that it did not hear a portal takes a new connection, and how long an answer of Redis may take.</summary>
    private const int Endurance = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private readonly Ears _ears = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _unheard;

    /// <summary>True from the start: what others said before this portal heard itself for the first time, it may have missed.</summary>
    private volatile bool _deaf = true;

    /// <summary>Done when Redis has answered for the first time.</summary>
    public Task Listening => _listening.Task;

    public async Task SendAsync(string message, CancellationToken cancellation)
    {
        var wire = _ears.Signed(message);
        try
        {
            var connection = await redis.ConnectAsync(cancellation);
            if (await connection.GetSubscriber().PublishAsync(Channel, wire).WaitAsync(Longest, time, cancellation) > 0)
            {
                return;
            }

            // It took the message and had nobody to give it to: not even this portal has its subscription back.
            await other.SendAsync(message, cancellation);
        }
        catch (Exception e) when (RedisServer.IsAway(e))
        {
            ByTheOtherWay(e.GetType().Name);
            await other.SendAsync(message, cancellation);
        }
    }

    public IDisposable Listen(Action<string?> heard)
    {
        var ear = _ears.Add(heard);
        var otherEar = other.Listen(heard);
        return new Both(ear, otherEar);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ListenOnceAsync(stoppingToken);
                _deaf = true;
                await Task.Delay(Echo, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    /// <summary>
    /// Subscribes, and calls itself until it has not heard itself for long: whether a portal hears is known only to who hears themselves, as a
    /// connection that looks whole may not be subscribed any more. Such a one is given up.
    /// </summary>
    private async Task ListenOnceAsync(CancellationToken stopping)
    {
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await redis.ConnectAsync(stopping);
            connection.ConnectionFailed += (_, failed) => _deaf |= failed.ConnectionType is ConnectionType.Subscription;
            var subscriber = connection.GetSubscriber();
            await subscriber.SubscribeAsync(Channel, (_, wire) => Heard(wire!)).WaitAsync(Longest, time, stopping);
            _unheard = 0;
            using var timer = new PeriodicTimer(Echo, time);
            do
            {
                await CallAsync(subscriber, stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping) && Volatile.Read(ref _unheard) <= Endurance);
        }
        catch (Exception e) when (RedisServer.IsAway(e))
        {
            // It is asked again.
        }

        if (connection is not null)
        {
            await redis.GiveUpAsync(connection);
        }
    }

    private async Task CallAsync(ISubscriber subscriber, CancellationToken stopping)
    {
        if (Interlocked.Increment(ref _unheard) > Patience)
        {
            _deaf = true;
        }

        try
        {
            await subscriber.PublishAsync(Channel, _ears.Signed("")).WaitAsync(Longest, time, stopping);
        }
        catch (Exception e) when (RedisServer.IsAway(e))
        {
            _deaf = true;
        }
    }

    private void Heard(string wire)
    {
        if (!_ears.IsOwn(wire))
        {
            _ears.Hear(wire);
            return;
        }

        Interlocked.Exchange(ref _unheard, 0);
        if (_deaf)
        {
            _deaf = false;
            _ears.Missed();
        }

        _listening.TrySetResult();
    }

    [LoggerMessage(LogLevel.Debug, "Redis did not take a message ({Error}); PostgreSQL carries it.")]
    private partial void ByTheOtherWay(string error);

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
