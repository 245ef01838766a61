using DrAssistant.Data;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>A clinic with a doctor, a nurse and a receptionist, a folder to import from, and a clock at noon of one day.</summary>
internal sealed class ImportingClinic : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 6, 30, 0, TimeSpan.Zero);
    public static readonly Guid Doctor = Guid.CreateVersion7();
    public static readonly Guid Nurse = Guid.CreateVersion7();

    private readonly TemporaryFolder _keys = new();
    private readonly TemporaryFolder _folder = new();
    private readonly FreshClinic _database;
    private readonly ServiceProvider _services;

    private ImportingClinic(FreshClinic database)
    {
        _database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Clinic:Name"] = "Sunrise Clinic",
            ["Clinic:MrnPrefix"] = "SC",
            ["Clinic:DataFolder"] = _keys.Path,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddClinicData<Nobody>(configuration)
            .AddSingleton<TimeProvider>(new StoppedClock(Noon))
            .AddSingleton(new ClinicDataSources(database.Connections.App, database.Connections.Worker))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public IServiceProvider Services => _services;

    public string Folder => _folder.Path;

    public string Superuser => _database.Connections.Superuser!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ImportingClinic> NewAsync(ClinicDatabase databases)
    {
        var clinic = new ImportingClinic(await databases.NewAsync(Cancellation));
        await clinic.StaffAsync(Doctor, "asha", "doctor", "active");
        await clinic.StaffAsync(Nurse, "meena", "nurse", "active");
        await clinic.StaffAsync(Guid.CreateVersion7(), "ravi", "receptionist", "active");
        await clinic.StaffAsync(Guid.CreateVersion7(), "left", "doctor", "inactive");
        return clinic;
    }

    public Task WriteAsync(string file, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
        return File.WriteAllTextAsync(Path.Combine(Folder, file), json, Cancellation);
    }

    public Task<ImportReport> ImportAsync() => ImportAsync(new FhirImportRequest(Folder));

    public async Task<ImportReport> ImportAsync(FhirImportRequest request)
    {
        var result = await TryImportAsync(request);
        Assert.True(result.Succeeded, result.Refusal?.Message);
        return result.Value;
    }

    public Task<Result<ImportReport>> TryImportAsync(FhirImportRequest request)
        => ClinicImport.FhirAsync(_services, request, new Progress<ImportProgress>(), Cancellation);

    /// <summary>Writes the bundle alone into the folder, and imports it.</summary>
    public async Task<ImportReport> ImportAsync(params object[] resources)
    {
        await WriteAsync("bundle.json", Fhir.Bundle(resources));
        return await ImportAsync();
    }

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Superuser);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation) is T value ? value : default;
    }

    public async Task<long> CountAsync(string table) => await AskAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>The rows as PostgreSQL writes them, one a line.</summary>
    public async Task<string> RowsAsync(string select)
        => await AskAsync<string>($"SELECT string_agg(r::text, E'\\n') FROM ({select}) r") ?? "";

    /// <summary>A sum over the contents of every table.</summary>
    public async Task<string> ChecksumAsync()
    {
        var tables = (await AskAsync<string>("SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"))!.Split(',');
        var sums = new List<string>();
        foreach (var table in tables)
        {
            sums.Add($"{table} {await AskAsync<string>($"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM {table} t")}");
        }

        return string.Join('\n', sums);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _keys.Dispose();
        _folder.Dispose();
    }

    private Task<object?> StaffAsync(Guid id, string name, string role, string status) => AskAsync<object>($"""
        INSERT INTO users (id, username, normalized_username, email, normalized_email, full_name, role, status, password_hash)
        VALUES ('{id}', '{name}', upper('{name}'), '{name}@clinic.example', upper('{name}@clinic.example'), initcap('{name}'), '{role}', '{status}', 'x')
        """);

    private sealed class Nobody : ICurrentUser
    {
        public Guid? Id => null;

        public StaffRole? Role => null;

        public string? FullName => null;

        public Guid? SessionId => null;

        public string? IpAddress => null;

        public string? UserAgent => null;

        public bool IsSystem => false;

        public bool Can(string permission) => false;
    }
}
