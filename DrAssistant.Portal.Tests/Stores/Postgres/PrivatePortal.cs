using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>A data folder with its private cluster, as a portal holds them: it can be stopped, started again, or lost as by kill -9.</summary>
internal sealed class PrivatePortal : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = OpenToTheServer(new TemporaryFolder());
    private DataFolder? _folder;
    private EmbeddedPostgres? _postgres;

    public string Data => _temporary["data"];

    public string Home => Path.Combine(Data, "postgres");

    public string Cluster => Path.Combine(Home, "cluster");

    public int Port => _postgres!.Port;

    public string Superuser => _postgres!.SuperuserConnectionString;

    public int Pid => Postmaster.Running(Cluster)!.Pid;

    /// <summary>Root runs the server as another user, who must be able to walk to the data folder.</summary>
    public static TemporaryFolder OpenToTheServer(TemporaryFolder folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute);
        }

        return folder;
    }

    public DataFolder Take() => _folder ??= DataFolder.Take(Data);

    public Task StartAsync(CancellationToken cancellation) => StartAsync(new EmbeddedPostgresOptions(), cancellation);

    public async Task StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
        => _postgres = await EmbeddedPostgres.StartAsync(Take(), options, NullLogger.Instance, cancellation);

    public async Task StopAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        Lose();
    }

    /// <summary>The portal is gone without a word: the lock is free, the server goes on.</summary>
    public void Lose()
    {
        _postgres = null;
        _folder?.Dispose();
        _folder = null;
    }

    public async Task<T?> AskAsync<T>(string sql, CancellationToken cancellation)
        => await AskAsync<T>(new NpgsqlConnectionStringBuilder(Superuser) { Database = "postgres" }.ConnectionString, sql, cancellation);

    public static async Task<T?> AskAsync<T>(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return await connection.AskAsync<T>(sql, cancellation);
    }

    public static ClinicDatabaseProvisioner Provisioner(bool development, params (string Key, string? Value)[] settings)
        => new(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build(),
            development,
            NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is null && Postmaster.Running(Cluster) is not null)
        {
            // A test that failed half way lost its server: it is taken over once more, to be stopped in order.
            await StartAsync(CancellationToken.None);
        }

        await StopAsync();
        _temporary.Dispose();
    }
}
