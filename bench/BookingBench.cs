using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Bench;

/// <summary>
/// Bookings a second by sixteen clients on one doctor, against a raw INSERT into a bare table with the same exclusion constraints (the
/// floor) and against the same INSERT into the book itself, with its indexes, policies and triggers and nothing of ours. Then ten
/// thousand tries of slots that collide, after which nothing may overlap.
/// </summary>
internal static class BookingBench
{
    private const int Clients = 16;
    private const int Each = 40;
    private const int Rounds = 7;
    private const int Patients = 2_000;
    private const int Tries = 10_000;
    private const int Minutes = 15;

    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Desk = Guid.Parse("01900000-0000-7000-8000-000000000002");
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    private static int _slot;

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await SeedAsync(clinic);
        await using var raw = Prepared(clinic.Superuser);
        await using var app = Prepared(clinic.Connections.App);

        (string Name, Func<int, Task> Book)[] ways =
        [
            ("floor: raw INSERT, bare table, same constraints", slot => RawAsync(raw, "raw_appointments", secured: false, slot)),
            ("raw INSERT into the book, security and triggers", slot => RawAsync(app, "appointments", secured: true, slot)),
            ("the service: rules, security, audit, outbox", slot => BookAsync(clinic, slot)),
        ];
        var perSecond = ways.Select(_ => new double[Rounds]).ToArray();
        for (var round = -2; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var measured = await PerSecondAsync(ways[way].Book);
                if (round >= 0)
                {
                    perSecond[way][round] = measured;
                }
            }
        }

        for (var way = 0; way < ways.Length; way++)
        {
            // The median of the ratios, each of one round, in which all ways met the same load.
            var ratio = Median([.. perSecond[way].Zip(perSecond[0]).Select(r => r.First / r.Second)]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ways[way].Name,-50} {Median(perSecond[way]),8:F0} a second ({ratio:F2}x)"));
        }

        await CollideAsync(clinic);
    }

    private static async Task<double> PerSecondAsync(Func<int, Task> book)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var n = 0; n < Each; n++)
            {
                await book(Interlocked.Increment(ref _slot));
            }
        }));
        return Clients * Each / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task RawAsync(NpgsqlDataSource source, string table, bool secured, int slot)
    {
        var (day, start) = At(slot);
        var from = new DateTimeOffset(day.ToDateTime(start), Zone.BaseUtcOffset).ToUniversalTime();
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (secured)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('app.user_id', $1, true)") { Parameters = { new() { Value = Desk.ToString() } } });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"INSERT INTO {table} (id, doctor_id, patient_id, start_time, end_time, status, appointment_type, reason) VALUES ($1, $2, $3, $4, $5, 'scheduled', 'routine', $6)")
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() }, new() { Value = Doctor }, new() { Value = Patient(slot) },
                new() { Value = from }, new() { Value = from.AddMinutes(Minutes) }, new() { Value = "Cough", NpgsqlDbType = NpgsqlDbType.Varchar },
            },
        });
        Check(await batch.ExecuteNonQueryAsync() == 1);
    }

    private static async Task BookAsync(BenchClinic clinic, int slot)
    {
        await using var scope = clinic.As(Desk, StaffRole.Receptionist);
        Check((await scope.ServiceProvider.GetRequiredService<IBooking>().BookAsync(Draft(slot), default)).Succeeded);
    }

    /// <summary>Ten thousand tries of random times and lengths in one week: one wins, the others are told, and nothing overlaps.</summary>
    private static async Task CollideAsync(BenchClinic clinic)
    {
        var left = Tries;
        var (booked, refused) = (0, 0);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var dice = new Random(client);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using var scope = clinic.As(Desk, StaffRole.Receptionist);
                var draft = Draft(1);
                draft.PatientId = Patient(dice.Next(Patients));
                draft.Day = Today().AddDays(400 + dice.Next(7));
                draft.Start = new TimeOnly(8, 0).AddMinutes(5 * dice.Next(100));
                draft.Minutes = 5 * (1 + dice.Next(6));
                var answer = await scope.ServiceProvider.GetRequiredService<IBooking>().BookAsync(draft, default);
                Check(answer.Succeeded || answer.Refusal is SlotTaken);
                Interlocked.Add(ref answer.Succeeded ? ref booked : ref refused, 1);
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using var connection = new NpgsqlConnection(clinic.Superuser);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand("""
            SELECT count(*) FROM appointments a JOIN appointments b ON a.id < b.id AND (a.doctor_id = b.doctor_id OR a.patient_id = b.patient_id)
                AND a.start_time < b.end_time AND b.start_time < a.end_time
            WHERE a.start_time > now() + interval '390 days' AND b.start_time > now() + interval '390 days'
            """, connection);
        var overlaps = (long)(await look.ExecuteScalarAsync())!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Tries:#,##0} tries that collide: {booked} booked, {refused:#,##0} told who was faster, {overlaps} overlaps, {seconds:F0} s"));
        Check(overlaps == 0 && booked + refused == Tries);
    }

    private static AppointmentDraft Draft(int slot)
    {
        var (day, start) = At(slot);
        return new AppointmentDraft { PatientId = Patient(slot), DoctorId = Doctor, Day = day, Start = start, Minutes = Minutes, Reason = "Cough" };
    }

    /// <summary>Each number its own time, 64 a day from 07:00 to 23:00, from the day after tomorrow on.</summary>
    private static (DateOnly Day, TimeOnly Start) At(int slot)
        => (Today().AddDays(2 + (slot / 64)), new TimeOnly(7, 0).AddMinutes(Minutes * (slot % 64)));

    private static DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), Zone).DateTime);

    private static Guid Patient(int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{number % Patients:000000000000}"));

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>As the portal connects: every way of this measurement may keep its plans.</summary>
    private static NpgsqlDataSource Prepared(string connectionString)
        => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 });

    private static Task SeedAsync(BenchClinic clinic) => clinic.ExecuteAsync($"""
        INSERT INTO users (id, username, email, full_name, role, specialty, password_hash, normalized_username, normalized_email) VALUES
            ('{Doctor}', 'doctor', 'doctor@x', 'Dr. Asha Rao', 'doctor', 'General medicine', '-', 'DOCTOR', 'DOCTOR@X'),
            ('{Desk}', 'desk', 'desk@x', 'Devi Nair', 'receptionist', NULL, '-', 'DESK', 'DESK@X');
        INSERT INTO working_hours (id, doctor_id, weekday, start_time, end_time, slot_minutes)
        SELECT gen_random_uuid(), '{Doctor}', weekday, '07:00', '23:30', 15 FROM generate_series(0, 6) weekday;
        INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender)
        SELECT ('00000000-0000-0000-0000-' || lpad(p::text, 12, '0'))::uuid, 'M' || p, 'First' || p, 'Last' || p, '1980-01-01', 'female' FROM generate_series(0, {Patients - 1}) p;
        CREATE TABLE raw_appointments (
            id uuid PRIMARY KEY, doctor_id uuid NOT NULL, patient_id uuid NOT NULL, start_time timestamptz NOT NULL, end_time timestamptz NOT NULL,
            status varchar(20) NOT NULL, appointment_type varchar(20) NOT NULL, reason varchar(255),
            CONSTRAINT raw_doctor_is_free EXCLUDE USING gist (doctor_id WITH =, tstzrange(start_time, end_time, '[)') WITH &&)
                WHERE (status NOT IN ('cancelled', 'no_show') AND appointment_type <> 'urgent'),
            CONSTRAINT raw_patient_is_free EXCLUDE USING gist (patient_id WITH =, tstzrange(start_time, end_time, '[)') WITH &&)
                WHERE (status NOT IN ('cancelled', 'no_show') AND appointment_type <> 'urgent'));
        ANALYZE;
        """);

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }
}
