using System.Globalization;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// All results of patients with 30, 300 and 3,000 of them, end to end through the door (rights, row-level security, audit row, kinds and limits), against one bare
/// statement that reads 300 values by index (the floor).
/// </summary>
internal static class FlowsheetBench
{
    private const int Rounds = 150;
    private const int Tests = 20;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly int[] Sizes = [30, 300, 3000];

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(default);
        await SeedAsync(clinic);
        await using var bare = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(clinic.Superuser) { MaxAutoPrepare = 100 });
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var history = doctor.ServiceProvider.GetRequiredService<IResultHistory>();
        List<(string Name, Func<Task> Act)> ways = [("floor: 300 values, bare", () => FloorAsync(bare))];
        ways.AddRange(Sizes.Select(size => (string.Create(CultureInfo.InvariantCulture, $"{size:#,##0} values"), (Func<Task>)(() => SheetAsync(history, size)))));
        var measuring = new Interleaved([.. ways]);
        await measuring.RunAsync(Rounds, warmUp: 20);
        Report.Print(measuring);
    }

    private static async Task SheetAsync(IResultHistory history, int size)
    {
        var sheet = await history.FlowsheetAsync(Patient(size), default);
        if (sheet.Value is not { } read || read.Groups.Sum(g => g.Tests.Sum(t => t.Values.Count)) != size)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }

    private static async Task FloorAsync(NpgsqlDataSource bare)
    {
        await using var command = bare.CreateCommand("SELECT code, value_number, unit, flag, effective_at FROM results WHERE patient_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = Patient(300) });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    private static Guid Patient(int size) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{size:000000000000}"));

    private static async Task SeedAsync(BenchClinic clinic)
    {
        await clinic.ExecuteAsync($"""
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            VALUES ('{Doctor}', 'doctor', 'doctor@x', 'Dr. Asha Rao', 'doctor', '-', 'DOCTOR', 'DOCTOR@X');
            """);
        foreach (var size in Sizes)
        {
            await clinic.ExecuteAsync($"""
                INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender) VALUES ('{Patient(size)}', 'M{size}', 'Meera', 'Nair', '1980-01-01', 'female');
                INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, end_time, status)
                VALUES (gen_random_uuid(), '{Doctor}', '{Patient(size)}', 'office_visit', now(), now(), 'completed');
                SET session_replication_role = replica;
                INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status, ordered_at)
                SELECT gen_random_uuid(), id, patient_id, doctor_id, 'lab', 'completed', start_time FROM encounters WHERE patient_id = '{Patient(size)}';
                INSERT INTO order_items (id, order_id, patient_id, item_code, item_name)
                SELECT gen_random_uuid(), id, patient_id, 'panel', 'Panel' FROM orders WHERE patient_id = '{Patient(size)}';
                INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, value_number, unit, effective_at, issued_at)
                SELECT gen_random_uuid(), i.id, i.patient_id, c.code, c.code_system, c.name, 40 + n % 20, c.unit, now() - n / {Tests} * interval '9 days', now()
                FROM order_items i, generate_series(0, {size - 1}) n
                    JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS at, * FROM order_catalogue WHERE code_system = 'http://loinc.org' AND unit IS NOT NULL ORDER BY id LIMIT {Tests}) c ON c.at = n % {Tests}
                WHERE i.patient_id = '{Patient(size)}';
                SET session_replication_role = DEFAULT;
                """);
        }

        await clinic.ExecuteAsync($"VACUUM ANALYZE");
    }
}
