using DrAssistant.Data.Common;
using DrAssistant.Data.Import;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>A clinic with a doctor, a nurse and others, a folder to import from, and a clock at noon of one day.</summary>
internal sealed class ImportingClinic : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 6, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ClinicUnderTest _clinic;

    private ImportingClinic(ClinicUnderTest clinic)
    {
        _clinic = clinic;
        _clinic.Clock.Now = Noon;
    }

    public IServiceProvider Services => _clinic.Services;

    public string Folder => _folder.Path;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ImportingClinic> NewAsync(ClinicDatabase databases)
    {
        var clinic = new ImportingClinic(await ClinicUnderTest.OpenAsync(databases));
        await clinic.StaffAsync("asha", StaffRole.Doctor, "active");
        await clinic.StaffAsync("meena", StaffRole.Nurse, "active");
        await clinic.StaffAsync("ravi", StaffRole.Receptionist, "active");
        await clinic.StaffAsync("left", StaffRole.Doctor, "inactive");
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
        => ClinicImport.FhirAsync(Services, request, new Progress<ImportProgress>(), Cancellation);

    /// <summary>Writes the bundle alone into the folder, and imports it.</summary>
    public async Task<ImportReport> ImportAsync(params object[] resources)
    {
        await WriteAsync("bundle.json", Fhir.Bundle(resources));
        return await ImportAsync();
    }

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_clinic.Connections.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
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

    /// <summary>How the only patient is reached, opened with the keys.</summary>
    public Task<PatientContact> ContactAsync() => _clinic.BehindAsync(
        async db => Services.GetRequiredService<PatientVault>().Reveal(await db.Patients.SingleAsync(Cancellation)));

    public async ValueTask DisposeAsync()
    {
        await _clinic.DisposeAsync();
        _folder.Dispose();
    }

    private Task<object?> StaffAsync(string name, StaffRole role, string status) => AskAsync<object>($"""
        INSERT INTO users (id, username, normalized_username, email, normalized_email, full_name, role, status, password_hash)
        VALUES (gen_random_uuid(), '{name}', upper('{name}'), '{name}@clinic.example', upper('{name}@clinic.example'), initcap('{name}'), '{EnumText.Of(role)}', '{status}', 'x')
        """);
}
