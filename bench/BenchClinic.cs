using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>A private PostgreSQL in a temporary folder with the clinic's schema, and the doors on top of it.</summary>
internal sealed class BenchClinic : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly ServiceProvider _services;

    private BenchClinic(DataFolder folder, EmbeddedPostgres postgres, ClinicConnections connections, ServiceProvider services)
        => (_folder, _postgres, Connections, _services) = (folder, postgres, connections, services);

    public ClinicConnections Connections { get; }

    public IServiceProvider Services => _services;

    public string Superuser => new NpgsqlConnectionStringBuilder(_postgres.SuperuserConnectionString) { Database = "clinic" }.ConnectionString;

    public static async Task<BenchClinic> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"dr-assistant-bench-{Environment.ProcessId}");
        var folder = DataFolder.Take(path);
        var postgres = await EmbeddedPostgres.StartAsync(folder, new EmbeddedPostgresOptions(), NullLogger.Instance, default);
        var connections = await ClinicRoles.EnsureAsync(postgres.SuperuserConnectionString, ClinicPasswords.Of(folder), default);
        await DatabaseMigrator.MigrateAsync(connections.Owner, default);

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Bench practice",
            ["Clinic:DataFolder"] = path,
        }).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(new ClinicDataSources(connections.App, connections.Worker))
            .AddClinicData<BenchUser>(configuration)
            .BuildServiceProvider();
        return new BenchClinic(folder, postgres, connections, services);
    }

    /// <summary>A circuit's worth of services for one person.</summary>
    public AsyncServiceScope As(Guid person, StaffRole role)
    {
        var scope = _services.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<BenchUser>();
        (user.Id, user.Role) = (person, role);
        return scope;
    }

    public async Task ExecuteAsync(FormattableString sql)
    {
        await using var connection = new NpgsqlConnection(Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql.ToString(CultureInfo.InvariantCulture), connection) { CommandTimeout = 1_800 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of an answer.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(FormattableString sql)
    {
        await using var connection = new NpgsqlConnection(Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql.ToString(CultureInfo.InvariantCulture), connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _postgres.DisposeAsync();
        var path = _folder.Path;
        _folder.Dispose();
        Directory.Delete(path, recursive: true);
    }

    private sealed class BenchUser : ICurrentUser
    {
        public Guid? Id { get; set; }

        public StaffRole? Role { get; set; }

        public string? FullName => null;

        public Guid? SessionId => null;

        public string? IpAddress => null;

        public string? UserAgent => null;

        public bool IsSystem => false;

        public bool Can(string permission) => RolePermissions.Grants(Role, permission);
    }
}
