using System.Globalization;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// The doctor's day at 20,000 patients and 400,000 appointments: what row-level security, the user's context and the
/// audit row cost, against the same statements in one batch without any of them (the floor), and against the seed's
/// three queries sent one by one in a transaction (the usual way).
/// </summary>
internal static class DashboardBench
{
    private const int Patients = 20_000;
    private const int Days = 500;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await SeedAsync(clinic);

        await using var bare = Prepared(clinic.Superuser);
        await using var app = Prepared(clinic.Connections.App);
        await using var scope = clinic.As(Doctor, StaffRole.Doctor);
        var dashboard = scope.ServiceProvider.GetRequiredService<IDashboard>();
        var (from, to) = Today();

        var measured = new Interleaved(
            ("floor: the statements, no security", () => BatchAsync(bare, from, to, secured: false)),
            ("the same with row-level security", () => BatchAsync(app, from, to, secured: true)),
            ("the service: security, audit row, views", async () => Check((await dashboard.TodayAsync(default)).Succeeded)),
            ("one by one in a transaction, security", () => OneByOneAsync(app, from, to)));
        await measured.RunAsync(rounds: 300, warmUp: 50);
        Report.Print(measured);
    }

    /// <summary>As the portal connects: every way of this measurement may keep its plans.</summary>
    private static NpgsqlDataSource Prepared(string connectionString)
        => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 });

    private static async Task BatchAsync(NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset to, bool secured)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (secured)
        {
            batch.BatchCommands.Add(WhoIsAsking());
        }

        foreach (var command in Statements(from, to))
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync();
        Check(await ReadAllAsync(reader) > 0);
    }

    private static async Task OneByOneAsync(NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset to)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in Statements(from, to).Prepend(WhoIsAsking()))
        {
            await using var command = new NpgsqlCommand(statement.CommandText, connection, transaction);
            command.Parameters.AddRange(statement.Parameters.Select(p => p.Clone()).ToArray());
            await using var reader = await command.ExecuteReaderAsync();
            await ReadAllAsync(reader);
        }

        await transaction.CommitAsync();
    }

    private static IEnumerable<NpgsqlBatchCommand> Statements(DateTimeOffset from, DateTimeOffset to) =>
    [
        DoctorDayQuery.Visits(Doctor, from, to), DoctorDayQuery.Vitals(Doctor, from, to), DoctorDayQuery.Conditions(Doctor, from, to),
        DoctorDayQuery.Tasks(Doctor, from, to, from), DoctorDayQuery.Alerts(Doctor), DoctorDayQuery.Results(Doctor),
    ];

    private static NpgsqlBatchCommand WhoIsAsking() => new("SELECT set_config('app.user_id', $1, true)")
    {
        Parameters = { new() { Value = Doctor.ToString() } },
    };

    private static async Task<int> ReadAllAsync(NpgsqlDataReader reader)
    {
        var rows = 0;
        do
        {
            while (await reader.ReadAsync())
            {
                rows++;
            }
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    private static (DateTimeOffset From, DateTimeOffset To) Today()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        var midnight = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).Date;
        return (new DateTimeOffset(midnight, zone.BaseUtcOffset).ToUniversalTime(), new DateTimeOffset(midnight.AddDays(1), zone.BaseUtcOffset).ToUniversalTime());
    }

    /// <summary>Forty doctors; the measured one has a care team of 2,000 patients, 24 visits today, 12 tasks, 6 alerts, 8 results.</summary>
    private static async Task SeedAsync(BenchClinic clinic)
    {
        var (from, _) = Today();
        var start = from.ToString("O", CultureInfo.InvariantCulture);
        await clinic.ExecuteAsync($"""
            SET session_replication_role = replica;
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            SELECT CASE WHEN d = 1 THEN '{Doctor}'::uuid ELSE gen_random_uuid() END, 'd' || d, 'd' || d || '@x', 'Doctor ' || d, 'doctor', '-', 'D' || d, 'D' || d || '@X'
            FROM generate_series(1, 40) d;
            INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender)
            SELECT ('00000000-0000-0000-0000-' || lpad(p::text, 12, '0'))::uuid, 'M' || p, 'First' || p, 'Last' || p, '1980-01-01', 'female' FROM generate_series(1, {Patients}) p;
            INSERT INTO patient_names SELECT id, mrn, first_name, last_name, date_of_birth, false, gender, status FROM patients;
            INSERT INTO care_team (id, patient_id, user_id, reason)
            SELECT gen_random_uuid(), ('00000000-0000-0000-0000-' || lpad(p::text, 12, '0'))::uuid, '{Doctor}', 'appointment' FROM generate_series(1, 2000) p;
            ALTER TABLE appointments DROP CONSTRAINT doctor_is_free, DROP CONSTRAINT patient_is_free;
            INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, status, appointment_type)
            SELECT gen_random_uuid(), u.id, ('00000000-0000-0000-0000-' || lpad((1 + (day * 20 + slot) % 2000)::text, 12, '0'))::uuid,
                   '{start}'::timestamptz + (day - {Days}) * interval '1 day' + interval '9 hours' + slot * interval '15 minutes',
                   '{start}'::timestamptz + (day - {Days}) * interval '1 day' + interval '9 hours' + slot * interval '15 minutes' + interval '15 minutes',
                   CASE WHEN slot % 5 = 0 THEN 'checked_in' ELSE 'scheduled' END, 'routine'
            FROM users u, generate_series(1, {Days}) day, generate_series(1, 20) slot;
            INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status)
            SELECT gen_random_uuid(), '{Doctor}', id, 'office_visit', now() - interval '30 days', 'completed' FROM patients;
            INSERT INTO observations (id, patient_id, encounter_id, category, code, code_system, name, value_number, unit, effective_at)
            SELECT gen_random_uuid(), patient_id, id, 'vital-signs', c, 'http://loinc.org', c, 100, '/min', now() FROM encounters, unnest(ARRAY['8480-6', '8462-4', '8867-4']) c;
            INSERT INTO conditions (id, patient_id, name, recorded_at) SELECT gen_random_uuid(), id, 'Hypertension', now() FROM patients;
            INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status) SELECT gen_random_uuid(), id, patient_id, '{Doctor}', 'lab', 'completed' FROM encounters;
            INSERT INTO order_items (id, order_id, patient_id, item_code, item_name) SELECT gen_random_uuid(), id, patient_id, '2823-3', 'Potassium' FROM orders;
            INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, value_number, flag, effective_at, issued_at, reviewed_by, reviewed_at)
            SELECT gen_random_uuid(), i.id, i.patient_id, '2823-3', 'http://loinc.org', 'Potassium', 4 + v * 0.1, 'normal', now() - v * interval '1 day', now() - v * interval '1 day',
                   CASE WHEN NOT (v = 1 AND i.patient_id <= '00000000-0000-0000-0000-000000000008') THEN '{Doctor}'::uuid END,
                   CASE WHEN NOT (v = 1 AND i.patient_id <= '00000000-0000-0000-0000-000000000008') THEN now() END
            FROM order_items i, generate_series(1, 3) v;
            INSERT INTO tasks (id, title, assigned_to, created_by, patient_id, priority, task_type)
            SELECT gen_random_uuid(), 'Call back', u.id, u.id, p.id, 'high', 'follow_up' FROM users u CROSS JOIN (SELECT id FROM patients LIMIT 12) p;
            INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message)
            SELECT gen_random_uuid(), u.id, p.id, 'lab_result', 'high', 'Potassium', 'high' FROM users u CROSS JOIN (SELECT id FROM patients LIMIT 6) p;
            SET session_replication_role = DEFAULT;
            ANALYZE;
            """);
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }
}
