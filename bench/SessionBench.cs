using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Cache;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// Whether Redis pays: knowing a session by its copy against asking PostgreSQL, and a patient's demographics from a cache, with the access check and the version stamp that it
/// needs, against reading them. Needs redis-server.
/// </summary>
internal static class SessionBench
{
    private const string Password = "a lantern over nine rivers";

    public static async Task RunAsync()
    {
        using var redis = StartRedis(out var connection);
        try
        {
            await using var clinic = await BenchClinic.StartAsync(new Dictionary<string, string?>
            {
                ["Stores:Cache:Kind"] = "Redis",
                ["Stores:Cache:Redis:Connection"] = connection,
            });
            var doctor = (await clinic.Services.GetRequiredService<StaffAccounts>().CreateAsync(
                new StaffAccount("meera.iyer", "meera@clinic.example", "Meera Iyer", StaffRole.Doctor), Password)).Value;
            await SessionsAsync(clinic);
            await DemographicsAsync(clinic, doctor);
            await MorningBench.RunAsync(clinic);
        }
        finally
        {
            redis.Kill();
        }
    }

    private static async Task SessionsAsync(BenchClinic clinic)
    {
        await using var scope = clinic.Services.CreateAsyncScope();
        var secret = (await scope.ServiceProvider.GetRequiredService<ISignIn>().SignInAsync("meera.iyer", Password, new SignInOrigin("192.0.2.7", "A browser"), default)).Value!.Secret;
        var sessions = scope.ServiceProvider.GetRequiredService<ISessions>();
        var record = clinic.Services.GetRequiredService<LatelyEnded>();
        var data = clinic.Services.GetRequiredService<ClinicDataSources>();
        await record.LookAsync(default);
        await sessions.FindAsync(secret, default);

        var looked = Stopwatch.StartNew();
        var measured = new Interleaved(
            ("floor: one row by its key, no more", async () =>
            {
                await using var ask = data.App.CreateCommand("SELECT user_id FROM sessions WHERE key_hash = $1");
                ask.Parameters.Add(new NpgsqlParameter { Value = SessionSecret.KeyOf(secret)! });
                await ask.ExecuteScalarAsync();
            }),
            ("session by PostgreSQL, the record", () => ByTheRecordAsync(scope.ServiceProvider, data, secret)),
            ("session by its copy in Redis", async () =>
            {
                if (looked.Elapsed > TimeSpan.FromSeconds(1))
                {
                    looked.Restart();
                    await record.LookAsync(default);
                }

                if (await sessions.FindAsync(secret, default) is null)
                {
                    throw new InvalidOperationException("The session is gone.");
                }
            }));
        await measured.RunAsync(rounds: 2_000, warmUp: 200);
        Report.Print(measured);
    }

    private static async Task ByTheRecordAsync(IServiceProvider services, ClinicDataSources data, string secret)
    {
        var store = ActivatorUtilities.CreateInstance<SessionStore>(services, data, new NoSessionCopies());
        if (await store.FindAsync(secret, default) is null)
        {
            throw new InvalidOperationException("The session is gone.");
        }
    }

    private static async Task DemographicsAsync(BenchClinic clinic, Guid doctor)
    {
        var patient = Guid.CreateVersion7();
        await clinic.ExecuteAsync($"""
            INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender) VALUES ('{patient}', 'SC-000001', 'Asha', 'Rao', '1980-02-03', 'female');
            INSERT INTO care_team (id, patient_id, user_id, reason) VALUES (gen_random_uuid(), '{patient}', '{doctor}', 'colleague')
            """);
        await using var scope = clinic.As(doctor, StaffRole.Doctor);
        var batch = scope.ServiceProvider.GetRequiredService<SecuredBatch>();
        var cache = clinic.Services.GetRequiredService<ICache>();
        var cipher = clinic.Services.GetRequiredService<PhiCipher>();
        var address = new FieldAddress("cache", "patient", patient);
        await cache.SetAsync($"patient:{patient}", cipher.ProtectBytes(address, JsonSerializer.SerializeToUtf8Bytes(new Demographics("Asha", "Rao", new DateOnly(1980, 2, 3), "female"))), TimeSpan.FromHours(1), default);

        var measured = new Interleaved(
            ("demographics by PostgreSQL, one round trip", () => ReadAsync(batch, patient, "first_name, last_name, date_of_birth, gender")),
            ("access and version by PostgreSQL, rest by Redis", async () =>
            {
                await ReadAsync(batch, patient, "xmin::text");
                var kept = await cache.GetAsync($"patient:{patient}", default) ?? throw new InvalidOperationException("The copy is gone.");
                JsonSerializer.Deserialize<Demographics>(cipher.RevealBytes(address, kept));
            }));
        await measured.RunAsync(rounds: 2_000, warmUp: 200);
        Report.Print(measured);
    }

    private static Task<bool> ReadAsync(SecuredBatch batch, Guid patient, string columns) => batch.ReadAsync(
        [new NpgsqlBatchCommand($"SELECT {columns} FROM patients WHERE id = $1") { Parameters = { new() { Value = patient } } }],
        async (reader, cancellation) => await reader.ReadAsync(cancellation) && reader.GetValue(0) is not null,
        default);

    private static Process StartRedis(out string connection)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        free.Stop();
        connection = $"127.0.0.1:{port},connectRetry=5";
        return Process.Start(new ProcessStartInfo("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    private sealed record Demographics(string FirstName, string LastName, DateOnly DateOfBirth, string Gender);
}
