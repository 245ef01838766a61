using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The portal's own PostgreSQL: made in the data folder at the first start, taken over when an earlier portal left it
/// running, started otherwise, stopped when disposed. Whoever calls holds the data folder.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const int Tries = 3;
    private const long LargestLog = 10 * 1024 * 1024;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder _folder;
    private readonly ServerAccount _account;
    private readonly ClusterFolder _place;
    private readonly PostgresBinaries _binaries;
    private readonly ILogger _logger;

    private EmbeddedPostgres(DataFolder folder, ServerAccount account, ClusterFolder place, PostgresBinaries binaries, ILogger logger)
        => (_folder, _account, _place, _binaries, _logger) = (folder, account, place, binaries, logger);

    public int Port { get; private set; }

    public string SuperuserConnectionString => SuperuserOf(_folder, Port);

    private string ClusterName => $"dr_assistant_{_folder.Id[^12..]}";

    public static async Task<EmbeddedPostgres> StartAsync(
        DataFolder folder, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellation)
    {
        var account = ServerAccount.Current();
        var place = await ClusterFolder.PrepareAsync(folder, account, cancellation);
        var binaries = await PostgresBinaries.FindAsync(options.Binaries, place.Made, cancellation);
        if (place.Made is null)
        {
            await place.InitialiseAsync(binaries, account, folder.Secret(ClusterFolder.SuperuserSecret), options, cancellation);
            PostgresLog.MadeCluster(logger, binaries.Major, place.Data);
        }

        var postgres = new EmbeddedPostgres(folder, account, place, binaries, logger);
        try
        {
            await postgres.RunAsync(cancellation);
            return postgres;
        }
        catch
        {
            // Stopped by its operator half way, or started and of no use: nothing stays behind that nobody holds.
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>The superuser's way into the cluster of a folder.</summary>
    public static string SuperuserOf(DataFolder folder, int port)
        => ClinicConnections.Loopback(port, ClinicRoles.PrivateDatabase, ClusterFolder.Superuser, folder.Secret(ClusterFolder.SuperuserSecret));

    /// <summary>Stops the server in an orderly way; one that does not stop in time is ended and recovers at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        var outcome = await StopAsync("fast");
        if (outcome is { Succeeded: false } && Postmaster.Running(_place.Data) is not null)
        {
            outcome = await StopAsync("immediate");
        }

        if (Postmaster.Running(_place.Data) is null)
        {
            PostgresLog.Stopped(_logger, Port);
        }
        else
        {
            PostgresLog.DidNotStop(_logger, Port, outcome?.LastWords ?? "no answer");
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var waiting = Stopwatch.StartNew();
        var started = false;
        var failures = 0;
        while (waiting.Elapsed < AnswersWithin)
        {
            if (Postmaster.Running(_place.Data) is { } running)
            {
                if (running.Port > 0 && await AnswersAsync(running.Port, cancellation))
                {
                    Keep(running.Port, started);
                    return;
                }
            }
            else if (!Postmaster.LeftWorkersBehind(ClusterName))
            {
                started = await StartServerAsync(cancellation);
                if (started)
                {
                    continue;
                }

                if (++failures == Tries)
                {
                    throw new ClinicStartupException($"PostgreSQL did not start: {Reason()} (its log is {_place.Log}).");
                }
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }

        throw new ClinicStartupException($"PostgreSQL did not answer within {AnswersWithin.TotalSeconds:0} seconds: see its log {_place.Log}.");
    }

    private void Keep(int port, bool started)
    {
        Port = port;
        FreePort.Remember(_folder, port);
        if (started)
        {
            PostgresLog.Started(_logger, port);
        }
        else
        {
            PostgresLog.Adopted(_logger, port);
        }
    }

    private async Task<bool> StartServerAsync(CancellationToken cancellation)
    {
        Postmaster.ForgetStranger(_place.Data, ClusterName);
        if (new FileInfo(_place.Log) is { Exists: true, Length: > LargestLog } log)
        {
            log.MoveTo(_place.Log + ".1", overwrite: true);
        }

        var outcome = await _account.RunAsync(
            [
                _binaries.Program("pg_ctl"), "start", $"--pgdata={_place.Data}", $"--log={_place.Log}", "--wait", "--timeout=60", "--silent",
                $"--options={ServerSettings.AtStart(FreePort.Choose(_folder), ClusterName)}",
            ],
            _place.Home,
            TimeSpan.FromSeconds(70),
            cancellation);
        return outcome.Succeeded;
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(SuperuserOf(_folder, port)) { Database = "postgres", Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ClinicStartupException($"PostgreSQL does not accept the password in {_folder.Path}: the folder's secrets and its database do not belong together, so put both back from one backup.", refused);
        }
        catch (NpgsqlException)
        {
            // Still starting, recovering, or stopping for an earlier portal.
            return false;
        }
    }

    private string Reason()
    {
        var fatal = File.Exists(_place.Log)
            ? File.ReadLines(_place.Log).LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal))
            : null;
        return fatal is null ? "it gave no reason" : fatal[fatal.IndexOf("FATAL:", StringComparison.Ordinal)..];
    }

    private async Task<ProgramOutcome?> StopAsync(string mode)
    {
        try
        {
            return await _account.RunAsync(
                [_binaries.Program("pg_ctl"), "stop", $"--pgdata={_place.Data}", $"--mode={mode}", "--wait", "--timeout=30", "--silent"],
                _place.Home,
                TimeSpan.FromSeconds(40),
                CancellationToken.None);
        }
        catch (ClinicStartupException)
        {
            return null;
        }
    }
}
