using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(ClinicDatabase))]

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// One private PostgreSQL for the whole run, started when the first test asks for it. It hands out databases that are
/// copies of a migrated template: a copy takes a fraction of the time of the migrations.
/// </summary>
public sealed class ClinicDatabase : IAsyncDisposable
{
    private const string Template = "clinic_template";
    private const string FolderPrefix = "dr-assistant-run-";
    private const UnixFileMode OpenToTheServer
        = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    private static readonly EmbeddedPostgresOptions Fast = new(Durable: false, Connections: 300);
    private static readonly TimeSpan SurelyStarted = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _path;
    private DataFolder? _folder;
    private EmbeddedPostgres? _postgres;
    private bool _hasTemplate;
    private int _made;

    /// <summary>A database with the clinic's schema and no rows but the migrations' own.</summary>
    internal async Task<FreshClinic> NewAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await StartAsync(cancellation);
            if (!_hasTemplate)
            {
                await FillTemplateAsync(cancellation);
                _hasTemplate = true;
            }

            var name = NextName();
            await OnServerAsync("CREATE DATABASE %I OWNER %I TEMPLATE %I", cancellation, name, ClinicRoles.Owner, Template);
            await ClinicRoles.GrantAsync(Admin(name), cancellation);
            return Hand(name);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A database with the roles and extensions and nothing else, for tests of the migrations themselves.</summary>
    internal async Task<FreshClinic> NewEmptyAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await StartAsync(cancellation);
            var name = NextName();
            await ClinicRoles.EnsureAsync(Admin(name), ClinicPasswords.Of(_folder!), cancellation);
            return Hand(name);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder?.Dispose();
        _turn.Dispose();
        if (_path is not null)
        {
            Directory.Delete(_path, recursive: true);
        }
    }

    /// <summary>Here the migrations run, once a run.</summary>
    private async Task FillTemplateAsync(CancellationToken cancellation)
    {
        var template = await ClinicRoles.EnsureAsync(Admin(Template), ClinicPasswords.Of(_folder!), cancellation);
        await DatabaseMigrator.MigrateAsync(template.Owner, cancellation);

        // PostgreSQL copies only a database that nobody is connected to.
        await OnServerAsync("ALTER DATABASE %I WITH IS_TEMPLATE true ALLOW_CONNECTIONS false", cancellation, Template);
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (_postgres is not null)
        {
            return;
        }

        EndAbandonedRuns();
        if (_path is null)
        {
            _path = Directory.CreateTempSubdirectory(FolderPrefix).FullName;
            if (!OperatingSystem.IsWindows())
            {
                // Root runs the server as another user, who must be able to walk to the data folder.
                File.SetUnixFileMode(_path, OpenToTheServer);
            }
        }

        _folder ??= DataFolder.Take(Path.Combine(_path, "data"));
        _postgres = await EmbeddedPostgres.StartAsync(_folder, Fast, NullLogger.Instance, cancellation);
    }

    /// <summary>A run that was killed leaves its server behind. Nobody needs its data, so it is ended the quick way.</summary>
    private static void EndAbandonedRuns()
    {
        var recently = TimeProvider.System.GetUtcNow().UtcDateTime - SurelyStarted;
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*").Where(path => Directory.GetLastWriteTimeUtc(path) < recently))
        {
            try
            {
                using var abandoned = DataFolder.Take(Path.Combine(path, "data"));
                if (Postmaster.Running(ClusterFolder.Of(abandoned).Data) is { } server)
                {
                    using var process = Process.GetProcessById(server.Pid);
                    process.Kill();
                }

                Directory.Delete(path, recursive: true);
            }
            catch (Exception notOurs) when (notOurs is ClinicStartupException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Another run is at work there, or another person's did.
            }
        }
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"clinic_{Interlocked.Increment(ref _made)}");

    private string Admin(string database)
        => new NpgsqlConnectionStringBuilder(_postgres!.SuperuserConnectionString) { Database = database }.ConnectionString;

    private FreshClinic Hand(string name)
        => new(ClinicConnections.From(Admin(name), ClinicPasswords.Of(_folder!)), () => OnServerAsync("DROP DATABASE IF EXISTS %I WITH (FORCE)", CancellationToken.None, name));

    private async Task OnServerAsync(string format, CancellationToken cancellation, params string[] names)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Admin("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await connection.RunFormattedAsync(format, cancellation, names);
    }
}

/// <summary>A database of a test's own, dropped with it.</summary>
internal sealed class FreshClinic(ClinicConnections connections, Func<Task> drop) : IAsyncDisposable
{
    public ClinicConnections Connections => connections;

    public async ValueTask DisposeAsync()
    {
        foreach (var connectionString in new[] { connections.Superuser!, connections.Owner, connections.App, connections.Worker })
        {
            await using var any = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(any);
        }

        await drop();
    }
}

/// <summary>A migrated database for all tests of one class: <c>class X(MigratedClinic clinic) : IClassFixture&lt;MigratedClinic&gt;</c>.</summary>
public sealed class MigratedClinic(ClinicDatabase databases) : IAsyncLifetime
{
    private FreshClinic? _clinic;

    internal ClinicConnections Connections => _clinic!.Connections;

    public async ValueTask InitializeAsync() => _clinic = await databases.NewAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _clinic?.DisposeAsync() ?? ValueTask.CompletedTask;
}
