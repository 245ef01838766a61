using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Staff;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// Finding a patient among 300,000 while one types: every question is asked letter by letter, end to end through the door, by the desk
/// and by a doctor with 2,000 patients in care, against the same statement without row-level security, audit row and views (the floor).
/// </summary>
internal static class TypeaheadBench
{
    private const int Patients = 300_000;
    private const int InCare = 2_000;
    private const int Rounds = 6;
    private static readonly Guid Doctor = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Desk = Guid.Parse("01900000-0000-7000-8000-000000000002");

    private static readonly string[] Names =
    [
        "lakshmi", "laxmi choudhary", "mohammed sha", "sunita devi", "subramanian", "ramesh kumar", "sharma", "venkatesh rao", "krishnan", "gurpreet ka",
        "om", "bikas ghos", "k s rao", "chatterji", "लक्ष्मी", "रमेश", "lakshmi 1980", "kumar 14-mar-1980",
    ];

    private static readonly string[] Numbers = ["45012", "2345", "SC22-0048", "4812", "05-Nov-1980", "05111980"];

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await SeedAsync(clinic);
        await using var bare = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(clinic.Superuser) { MaxAutoPrepare = 100 });
        await using var desk = clinic.As(Desk, StaffRole.Receptionist);
        await using var doctor = clinic.As(Doctor, StaffRole.Doctor);
        var asking = new[]
        {
            new Asking("floor, the desk's statement", question => FloorAsync(clinic, bare, question, carer: false)),
            new Asking("the desk, through the door", question => DoorAsync(desk, question)),
            new Asking("floor, the doctor's statement", question => FloorAsync(clinic, bare, question, carer: true)),
            new Asking("the doctor, through the door", question => DoorAsync(doctor, question)),
        };
        var typed = Names.SelectMany(Typed).Concat(Numbers.SelectMany(Typed)).Distinct(StringComparer.Ordinal).ToList();
        await MeasureAsync(asking, typed);
        Print(asking, typed);
    }

    /// <summary>From the second letter on, as the page asks; a person stops at the twelfth.</summary>
    private static IEnumerable<string> Typed(string question) => Enumerable.Range(2, question.Length - 1).Select(length => question[..length]);

    private static async Task MeasureAsync(Asking[] asking, List<string> typed)
    {
        var dice = new Random(20261124);
        for (var round = -2; round < Rounds; round++)
        {
            var order = typed.ToArray();
            dice.Shuffle(order);
            foreach (var question in order)
            {
                dice.Shuffle(asking);
                foreach (var way in asking)
                {
                    var started = Stopwatch.GetTimestamp();
                    await way.Ask(question);
                    if (round >= 0)
                    {
                        way.Taken.Add((question, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
                    }
                }
            }
        }
    }

    private static void Print(Asking[] asking, List<string> typed)
    {
        Console.WriteLine($"{typed.Count} questions, {Rounds} times each");
        foreach (var way in asking.OrderBy(way => way.Name, StringComparer.Ordinal))
        {
            PrintLine(way.Name, [.. way.Taken.Select(t => t.Milliseconds)]);
        }

        foreach (var way in asking.Where(way => way.Name.Contains("door", StringComparison.Ordinal)).OrderBy(way => way.Name, StringComparer.Ordinal))
        {
            PrintLine($"  {way.Name}: two letters", [.. way.Taken.Where(t => t.Question.Length == 2).Select(t => t.Milliseconds)]);
            PrintLine($"  {way.Name}: numbers", [.. way.Taken.Where(t => t.Question.Any(char.IsAsciiDigit)).Select(t => t.Milliseconds)]);
            foreach (var slow in way.Taken.GroupBy(t => t.Question, StringComparer.Ordinal).OrderByDescending(g => Percentile([.. g.Select(t => t.Milliseconds)], 0.5)).Take(5))
            {
                PrintLine($"    slowest: '{slow.Key}'", [.. slow.Select(t => t.Milliseconds)]);
            }
        }
    }

    private static void PrintLine(string name, double[] times)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-56} p50 {Percentile(times, 0.5),7:F2} ms  p95 {Percentile(times, 0.95),7:F2} ms  worst {times.Max(),7:F2} ms"));

    private static double Percentile(double[] times, double share) => times.Order().ElementAt((int)Math.Ceiling(share * times.Length) - 1);

    private static async Task DoorAsync(AsyncServiceScope scope, string question)
        => Check((await scope.ServiceProvider.GetRequiredService<IPatients>().FindAsync(question, default)).Succeeded);

    private static async Task FloorAsync(BenchClinic clinic, NpgsqlDataSource bare, string question, bool carer)
    {
        var clock = clinic.Services.GetRequiredService<ClinicClock>();
        var (sql, parameters) = await clinic.Services.GetRequiredService<PatientSearchQuery>()
            .ForAsync(AskedFor.Of(question, clock.Today), new SearchManner(carer, AlsoInactive: false, clock.Now), default);
        await using var connection = await bare.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('app.user_id', $1, true)") { Parameters = { new() { Value = (carer ? Doctor : Desk).ToString() } } });
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    /// <summary>Three hundred thousand people; forty doctors with twenty visits a day each, a month back and a week ahead.</summary>
    private static async Task SeedAsync(BenchClinic clinic)
    {
        await clinic.ExecuteAsync($"""
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            SELECT CASE WHEN d = 1 THEN '{Doctor}'::uuid ELSE gen_random_uuid() END, 'd' || d, 'd' || d || '@x', 'Doctor ' || d, 'doctor', '-', 'D' || d, 'D' || d || '@X'
            FROM generate_series(1, 40) d;
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
            VALUES ('{Desk}', 'desk', 'desk@x', 'Desk', 'receptionist', '-', 'DESK', 'DESK@X');
            """);
        await new MadePeople(clinic, Patients).RegisterAsync();
        await clinic.ExecuteAsync($"""
            INSERT INTO care_team (id, patient_id, user_id, reason)
            SELECT gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(to_hex(p * 150), 12, '0'))::uuid, '{Doctor}', 'appointment' FROM generate_series(0, {InCare - 1}) p;
            SET session_replication_role = replica;
            INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, status, appointment_type)
            SELECT gen_random_uuid(), u.id, ('00000000-0000-7000-8000-' || lpad(to_hex((u.n * 7919 + day * 911 + slot * 131) % {Patients}), 12, '0'))::uuid,
                   date_trunc('day', now()) + day * interval '1 day' + slot * interval '15 minutes', date_trunc('day', now()) + day * interval '1 day' + (slot + 1) * interval '15 minutes',
                   CASE WHEN day < 0 THEN 'completed' ELSE 'scheduled' END, 'urgent'
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM users WHERE role = 'doctor') u, generate_series(-30, 7) day, generate_series(16, 35) slot;
            SET session_replication_role = DEFAULT;
            """);
        await clinic.ExecuteAsync($"VACUUM ANALYZE");
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }
    }

    private sealed record Asking(string Name, Func<string, Task> Ask)
    {
        public List<(string Question, double Milliseconds)> Taken { get; } = [];
    }
}
