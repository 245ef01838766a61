using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Ordering.Messages.Files;

/// <summary>Goes on with files that somebody began and did not finish: a portal that was stopped, a sender who hung up.</summary>
internal sealed partial class WaitingFiles(ClinicDataSources clinic, ResultFileReading reading, TimeProvider time, ILogger<WaitingFiles> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>What is younger is in the hands of whoever received it.</summary>
    private static readonly TimeSpan Left = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GoOnAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The database is away, or a file cannot be opened: it waits, and the portal goes on.
                Paused(e.GetType().Name);
            }

            await Task.Delay(Poll, time, stoppingToken);
        }
    }

    /// <summary>Reads what is left of each.</summary>
    internal async Task<int> GoOnAsync(CancellationToken cancellation)
    {
        await using var ask = clinic.Worker.CreateCommand("SELECT id FROM result_files WHERE status IN ('waiting', 'working') AND received_at < $1 ORDER BY received_at LIMIT 20");
        ask.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() - Left });
        var files = new List<Guid>();
        await using (var reader = await ask.ExecuteReaderAsync(cancellation))
        {
            files = await reader.ListAsync(row => row.GetGuid(0), cancellation);
        }

        foreach (var file in files)
        {
            await reading.ReadAsync(file, origin: null, progress: null, cancellation);
        }

        return files.Count;
    }

    [LoggerMessage(LogLevel.Warning, "Reading the waiting result files paused: {Error}.")]
    private partial void Paused(string error);
}
