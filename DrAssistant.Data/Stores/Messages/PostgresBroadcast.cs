using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Stores.Messages;

/// <summary>Messages by LISTEN and NOTIFY. One connection listens as long as the portal runs, and is made anew when it breaks.</summary>
internal sealed partial class PostgresBroadcast(ClinicDataSources clinic, TimeProvider time, ILogger<PostgresBroadcast> log) : BackgroundService, IBroadcast
{
    private const string Channel = "clinic_portals";

    /// <summary>A connection that was cut without a word is found out by asking.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly Ears _ears = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first connection listens.</summary>
    public Task Listening => _listening.Task;

    public async Task SendAsync(string message, CancellationToken cancellation)
    {
        await using var send = clinic.Worker.CreateCommand("SELECT pg_notify($1, $2)");
        send.Parameters.Add(new NpgsqlParameter { Value = Channel });
        send.Parameters.Add(new NpgsqlParameter { Value = _ears.Signed(message) });
        await send.ExecuteNonQueryAsync(cancellation);
    }

    public IDisposable Listen(Action<string?> heard) => _ears.Add(heard);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                CutOff(e.GetType().Name);
                await Task.Delay(TryAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(stopping);
        connection.Notification += (_, heard) => _ears.Hear(heard.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stopping);
        }

        if (!_listening.TrySetResult())
        {
            _ears.Missed();
        }

        while (true)
        {
            if (!await connection.WaitAsync(AskAgain, stopping))
            {
                await using var ask = new NpgsqlCommand("SELECT 1", connection);
                await ask.ExecuteNonQueryAsync(stopping);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Messages from other portals are not heard ({Error}); trying again.")]
    private partial void CutOff(string error);
}
