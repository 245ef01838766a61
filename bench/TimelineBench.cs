using System.Globalization;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// Opening the timeline of patients with 10, 100 and 1,000 visits, end to end through the door (rights, row-level security, audit row, both steps, notes), and
/// its last page, against one bare statement that reads ten visits of the largest by index (the floor).
/// </summary>
internal static class TimelineBench
{
    private const int Rounds = 150;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly int[] Sizes = [10, 100, 1000];

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await SeedAsync(clinic);
        await using var bare = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(clinic.Superuser) { MaxAutoPrepare = 100 });
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var timeline = doctor.ServiceProvider.GetRequiredService<IPatientTimeline>();
        var last = new TimelineCursor(TimeProvider.System.GetUtcNow().AddDays(-3 * (Sizes[^1] - 11)), Guid.Empty);
        List<(string Name, Func<Task> Act)> ways = [("floor: ten visits of 1,000, bare", () => FloorAsync(bare))];
        ways.AddRange(Sizes.Select(size => (string.Create(CultureInfo.InvariantCulture, $"{size:#,##0} visits, the newest"), (Func<Task>)(() => PageAsync(timeline, size, TimelineFilter.All, null)))));
        ways.Add(("1,000 visits, the oldest", () => PageAsync(timeline, Sizes[^1], TimelineFilter.All, last)));
        ways.Add(("1,000 visits, \"bronchitis\"", () => PageAsync(timeline, Sizes[^1], TimelineFilter.All with { Text = "bronchitis" }, null)));
        var measuring = new Interleaved([.. ways]);
        await measuring.RunAsync(Rounds, warmUp: 20);
        Report.Print(measuring);
    }

    private static async Task PageAsync(IPatientTimeline timeline, int size, TimelineFilter filter, TimelineCursor? before)
    {
        var page = await timeline.PageAsync(Patient(size), filter, before, default);
        if (page.Value is not { Visits.Count: > 0 } read || read.AllVisits != size)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }

    private static async Task FloorAsync(NpgsqlDataSource bare)
    {
        await using var command = bare.CreateCommand("SELECT id, start_time, chief_complaint FROM encounters WHERE patient_id = $1 ORDER BY start_time DESC, id DESC LIMIT 10");
        command.Parameters.Add(new NpgsqlParameter { Value = Patient(Sizes[^1]) });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    private static Guid Patient(int size) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{size:000000000000}"));

    /// <summary>A visit has six vitals, a diagnosis, a prescription of three, an order of four tests with a result each; every fifth one's results came two days later.</summary>
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
                INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, end_time, status, chief_complaint)
                SELECT gen_random_uuid(), '{Doctor}', '{Patient(size)}', 'office_visit', now() - n * interval '3 days', now() - n * interval '3 days' + interval '15 minutes', 'completed',
                       CASE WHEN n % 40 = 0 THEN 'Bronchitis again' ELSE 'Visit ' || n END FROM generate_series(0, {size - 1}) n;
                """);
        }

        await clinic.ExecuteAsync($"""
            SET session_replication_role = replica;
            INSERT INTO observations (id, patient_id, encounter_id, category, code, code_system, name, value_number, unit, effective_at)
            SELECT gen_random_uuid(), patient_id, id, 'vital-signs', c, 'http://loinc.org', c, 100, 'mm[Hg]', start_time
            FROM encounters, unnest(ARRAY['8480-6', '8462-4', '8867-4', '8310-5', '29463-7', '59408-5']) c;
            INSERT INTO conditions (id, patient_id, encounter_id, name, recorded_at) SELECT gen_random_uuid(), patient_id, id, 'Cold', start_time FROM encounters;
            INSERT INTO prescriptions (id, encounter_id, patient_id, doctor_id, status, created_at, signed_at)
            SELECT gen_random_uuid(), id, patient_id, doctor_id, 'signed', start_time, start_time FROM encounters;
            INSERT INTO prescription_items (id, prescription_id, patient_id, medication_name, dosage, frequency)
            SELECT gen_random_uuid(), id, patient_id, 'Medicine ' || n, '1 tablet', '1-0-1' FROM prescriptions, generate_series(1, 3) n;
            INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status, ordered_at)
            SELECT gen_random_uuid(), id, patient_id, doctor_id, 'lab', 'completed', start_time FROM encounters;
            INSERT INTO order_items (id, order_id, patient_id, item_code, item_name) SELECT gen_random_uuid(), id, patient_id, 'test-' || n, 'Test ' || n FROM orders, generate_series(1, 4) n;
            INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, value_number, unit, effective_at, issued_at)
            SELECT gen_random_uuid(), i.id, i.patient_id, '2823-3', 'http://loinc.org', i.item_name, 4.2, 'mmol/L', o.ordered_at,
                   o.ordered_at + CASE WHEN hashtext(o.id::text) % 5 = 0 THEN interval '2 days' ELSE interval '0' END
            FROM order_items i JOIN orders o ON o.id = i.order_id;
            SET session_replication_role = DEFAULT;
            """);
        await clinic.ExecuteAsync($"VACUUM ANALYZE");
    }
}
