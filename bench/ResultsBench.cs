using System.Diagnostics;
using System.Globalization;
using System.Text;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>A laboratory's file of 10,000 messages, each for an order of its own, read as the command reads it; then the same file again.</summary>
internal static class ResultsBench
{
    private const int Messages = 10_000;
    private const int Patients = 2_000;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(default);
        await SeedAsync(clinic);
        var path = Path.Combine(Path.GetTempPath(), $"results-{Environment.ProcessId}.hl7");
        try
        {
            await WriteAsync(clinic, path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Messages} messages, {new FileInfo(path).Length / 1_048_576.0:0.0} MB"));
            await TakeAsync(clinic, path, "all of it new");
            await TakeAsync(clinic, path, "the same file again");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task TakeAsync(BenchClinic clinic, string path, string what)
    {
        GC.Collect();
        var most = 0L;
        var started = Stopwatch.GetTimestamp();
        var read = await ResultFileImport.ReadAsync(clinic.Services, path, new Watching(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false))), default);
        var taken = Stopwatch.GetElapsedTime(started);
        var file = read.Value!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {taken.TotalSeconds:0.0} s, {Messages / taken.TotalSeconds:0} a second; {file.Filed} filed, {file.Unmatched} unmatched, {file.Refused} refused, {file.Repeated} repeated; "
            + $"most memory {most / 1_048_576} MB managed, {Environment.WorkingSet / 1_048_576} MB of the process"));
    }

    private static async Task SeedAsync(BenchClinic clinic)
    {
        await clinic.ExecuteAsync($"""
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            VALUES ('{Doctor}', 'doctor', 'd@clinic.example', 'Doctor', 'doctor', 'x', 'DOCTOR', 'D@CLINIC.EXAMPLE')
            """);
        await using var database = NpgsqlDataSource.Create(clinic.Superuser);
        for (var n = 1; n <= Patients; n++)
        {
            await using var patient = database.CreateCommand("""
                WITH p AS (INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender) VALUES (gen_random_uuid(), $1, 'Given', 'Family' || $2, '1980-02-01', 'female') RETURNING id),
                     v AS (INSERT INTO encounters (id, patient_id, doctor_id, encounter_type, start_time, status) SELECT gen_random_uuid(), id, $3, 'office_visit', now() - interval '1 day', 'completed' FROM p RETURNING id, patient_id),
                     o AS (INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status, ordered_at, number)
                           SELECT gen_random_uuid(), v.id, v.patient_id, $3, 'lab', 'ordered', now() - interval '1 day', 'OR-26-' || lpad((($2 - 1) * 5 + k)::text, 6, '0') FROM v, generate_series(1, 5) AS k RETURNING id, patient_id)
                INSERT INTO order_items (id, order_id, patient_id, item_code, item_name, code_system) SELECT gen_random_uuid(), id, patient_id, '2823-3', 'Potassium', 'http://loinc.org' FROM o
                """);
            patient.Parameters.Add(new NpgsqlParameter { Value = Mrn.Issue("DA", 2026, n).Text });
            patient.Parameters.Add(new NpgsqlParameter { Value = n });
            patient.Parameters.Add(new NpgsqlParameter { Value = Doctor });
            await patient.ExecuteNonQueryAsync();
        }
    }

    private static async Task WriteAsync(BenchClinic clinic, string path)
    {
        var now = clinic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var at = now.AddHours(-1).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var file = new StringBuilder();
        for (var n = 0; n < Messages; n++)
        {
            var patient = (n / 5) + 1;
            file.Append(CultureInfo.InvariantCulture, $"MSH|^~\\&|LIS|GANGA|||{at}+0000||ORU^R01^ORU_R01|B-{n}|P|2.5.1\rPID|1||{Mrn.Issue("DA", 2026, patient).Text}||Family{patient}^Given||19800201|F\r");
            file.Append(CultureInfo.InvariantCulture, $"OBR|1|OR-26-{n + 1:000000}||2823-3^Potassium^LN|||{at}+0000\rOBX|1|NM|2823-3^Potassium^LN||{3 + (n % 30) / 10.0:0.0}|mmol/L|3.5-5.1||||F\r");
        }

        await File.WriteAllTextAsync(path, file.ToString());
    }

    private sealed class Watching(Action look) : IProgress<ResultFileProgress>
    {
        private const int Every = 250;

        public void Report(ResultFileProgress value)
        {
            if (value.Read % Every == 0)
            {
                look();
            }
        }
    }
}
