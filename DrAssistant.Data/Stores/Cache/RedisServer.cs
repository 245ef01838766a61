using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DrAssistant.Data.Stores.Cache;

/// <summary>The one connection to Redis. It comes back by itself, and the portal starts without it.</summary>
internal sealed class RedisServer(IOptions<CacheOptions> options) : IAsyncDisposable
{
    private const int AnswerWithin = 2_000;

    private readonly SemaphoreSlim _one = new(1, 1);
    private ConnectionMultiplexer? _connection;

    /// <summary>Redis is away, or slow, or its connection was given up meanwhile: what a caller does without it.</summary>
    public static bool IsAway(Exception e) => e is RedisException or TimeoutException or ObjectDisposedException;

    /// <summary>What is the matter with a connection string, in the operator's words.</summary>
    public static string? Problem(string connection)
    {
        try
        {
            var read = ConfigurationOptions.Parse(connection);
            return read.EndPoints.Count == 0 ? "it names no server."
                : !read.Ssl && !read.EndPoints.All(e => LocalHost.Is(e.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal))) ? "ssl=true is needed: the server is on another machine."
                : null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    public async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellation)
    {
        if (_connection is { } there)
        {
            return there;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            if (_connection is null)
            {
                var read = ConfigurationOptions.Parse(options.Value.Redis.Connection!);
                read.AbortOnConnectFail = false;
                read.ConnectTimeout = AnswerWithin;
                read.SyncTimeout = AnswerWithin;
                read.ClientName = "dr-assistant";
                _connection = await ConnectionMultiplexer.ConnectAsync(read).WaitAsync(cancellation);
            }

            return _connection;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives up a connection that looks whole and is not; the next question makes a new one.</summary>
    public async Task GiveUpAsync(ConnectionMultiplexer mute)
    {
        if (Interlocked.CompareExchange(ref _connection, null, mute) == mute)
        {
            try
            {
                await mute.CloseAsync(allowCommandsToComplete: false);
            }
            catch (Exception e) when (IsAway(e))
            {
                // It was given up because it does not answer.
            }

            mute.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        if (_connection is { } connection)
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            connection.Dispose();
        }
    }
}
