using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(ClinicDatabase))]

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// One private PostgreSQL for the whole run, started when the first test asks for it. It hands out databases that are
/// copies of a migrated template: a copy takes a fraction of the time of the migrations. A copy is some 800 files, made and
/// deleted with each of some thousand tests, so the server keeps them in memory where there is room.
/// </summary>
public sealed class ClinicDatabase : IAsyncDisposable
{
    private const string Template = "clinic_template";
    private const string TemplateWithReferenceData = "clinic_template_with_reference_data";
    private const string FolderPrefix = "dr-assistant-run-";
    private const string Memory = "/dev/shm";
    private const long Room = 1L << 30;
    private const UnixFileMode OpenToTheServer
        = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    private static readonly EmbeddedPostgresOptions Fast = new(Durable: false, Connections: 300);
    private static readonly TimeSpan SurelyStarted = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<string> _templates = [];
    private string? _path;
    private DataFolder? _folder;
    private EmbeddedPostgres? _postgres;
    private int _made;

    /// <summary>A database with the clinic's schema and no rows but the migrations' own.</summary>
    internal Task<FreshClinic> NewAsync(CancellationToken cancellation) => CopyAsync(Template, cancellation);

    /// <summary>One that has the lists that ship with the portal as well, as after its first start.</summary>
    internal Task<FreshClinic> NewWithReferenceDataAsync(CancellationToken cancellation) => CopyAsync(TemplateWithReferenceData, cancellation);

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

    private async Task<FreshClinic> CopyAsync(string template, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await StartAsync(cancellation);
            await EnsureTemplateAsync(template, cancellation);
            return Hand(await CopyAsync(template, NextName(), cancellation));
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string> CopyAsync(string template, string name, CancellationToken cancellation)
    {
        await using var server = await OpenServerAsync(cancellation);
        await server.RunFormattedAsync("CREATE DATABASE %I OWNER %I TEMPLATE %I STRATEGY FILE_COPY", cancellation, name, ClinicRoles.Owner, template);
        await ClinicRoles.LetInAsync(server, name, cancellation);
        return name;
    }

    private async Task EnsureTemplateAsync(string template, CancellationToken cancellation)
    {
        if (_templates.Contains(template))
        {
            return;
        }

        await (template == Template ? MigrateAsync(cancellation) : LoadReferenceDataAsync(cancellation));

        // PostgreSQL copies only a database that nobody is connected to.
        await using var server = await OpenServerAsync(cancellation);
        await server.RunFormattedAsync("ALTER DATABASE %I WITH IS_TEMPLATE true ALLOW_CONNECTIONS false", cancellation, template);
        _templates.Add(template);
    }

    /// <summary>Here the migrations run, once a run.</summary>
    private async Task MigrateAsync(CancellationToken cancellation)
    {
        var template = await ClinicRoles.EnsureAsync(Admin(Template), ClinicPasswords.Of(_folder!), cancellation);
        await DatabaseMigrator.MigrateAsync(template.Owner, cancellation);
    }

    private async Task LoadReferenceDataAsync(CancellationToken cancellation)
    {
        await EnsureTemplateAsync(Template, cancellation);
        var name = await CopyAsync(Template, TemplateWithReferenceData, cancellation);
        var connections = ClinicConnections.From(Admin(name), ClinicPasswords.Of(_folder!));
        await using var sources = new ClinicDataSources(connections.App, connections.Worker);
        await new ReferenceDataLoader(sources).LoadAsync(cancellation);
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
            _path = Directory.CreateDirectory(Path.Combine(Place(), FolderPrefix + Path.GetRandomFileName())).FullName;
            if (!OperatingSystem.IsWindows())
            {
                // Root runs the server as another user, who must be able to walk to the data folder.
                File.SetUnixFileMode(_path, OpenToTheServer);
            }
        }

        _folder ??= DataFolder.Take(Path.Combine(_path, "data"));
        _postgres = await EmbeddedPostgres.StartAsync(_folder, Fast, NullLogger.Instance, cancellation);
    }

    /// <summary>The memory, where the system shows it as a folder with room in it, otherwise the disk. A container often has very little of the former.</summary>
    private static string Place()
        => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Room ? Memory : Path.GetTempPath();

    /// <summary>A run that was killed leaves its server behind. Nobody needs its data, so it is ended the quick way.</summary>
    private static void EndAbandonedRuns()
    {
        var recently = TimeProvider.System.GetUtcNow().UtcDateTime - SurelyStarted;
        var places = new[] { Memory, Path.GetTempPath() }.Where(Directory.Exists);
        foreach (var path in places.SelectMany(place => Directory.EnumerateDirectories(place, FolderPrefix + "*")).Where(path => Directory.GetLastWriteTimeUtc(path) < recently))
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
        => new(ClinicConnections.From(Admin(name), ClinicPasswords.Of(_folder!)), () => DropAsync(name));

    private async Task DropAsync(string name)
    {
        await using var server = await OpenServerAsync(CancellationToken.None);
        await server.RunFormattedAsync("DROP DATABASE IF EXISTS %I WITH (FORCE)", CancellationToken.None, name);
    }

    private async Task<NpgsqlConnection> OpenServerAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(Admin("postgres"));
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
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
