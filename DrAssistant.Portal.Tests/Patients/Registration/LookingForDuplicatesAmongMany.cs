using System.Diagnostics;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Registration;

/// <summary>A practice with many patients of few names: whom to compare is looked up by index, while somebody types.</summary>
public sealed class LookingForDuplicatesAmongMany(ClinicDatabase databases, ITestOutputHelper output)
{
    private const int Patients = 20_000;

    private static readonly string[] Given =
        ["Lakshmi", "Sunita", "Mohammed", "Ravi", "Anita", "Krishnan", "Zubeida", "Arjun", "Deepa", "Farhan", "Gita", "Harish", "Ishita", "Jaya", "Kiran", "Meera", "Nikhil", "Omana", "Priya", "Rahul"];

    private static readonly string[] Family =
        ["Subramanian", "Pawar", "Shaikh", "Rao", "Nair", "Iyer", "Sharma", "Patel", "Das", "Ghosh", "Reddy", "Naidu", "Khan", "Pillai", "Menon", "Gupta", "Joshi", "Kulkarni", "Bose", "Mehta"];

    private static readonly DuplicateQuestion[] Questions =
    [
        new("Laxmi", null, false, null, null, null),
        new("Laxmi Subramaniam", null, false, null, null, null),
        new("Laxmi Subramaniam", new DateOnly(1980, 3, 14), false, Gender.Female, "+919840000012", null),
        new("Mohd Sheikh", new DateOnly(1962, 7, 1), true, Gender.Male, null, null),
        new("Rao", new DateOnly(1990, 1, 1), false, null, "+919840000020", "91707072027023"),
        new("Bala Murugan Krishnan Iyer Das", new DateOnly(1990, 1, 1), false, null, null, null),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task reads_no_table_from_end_to_end()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        await FillAsync(clinic);
        await using var acting = clinic.As(devi);

        foreach (var question in Questions)
        {
            var plan = await PlanAsync(clinic, acting, devi, question);
            Assert.DoesNotContain("Seq Scan on patient", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on known_names", plan, StringComparison.Ordinal);

            var (median, worst) = await TimeAsync(acting, question);
            output.WriteLine($"{Array.IndexOf(Questions, question)}: p50 {median:F1} ms, worst of 15 {worst:F1} ms");
        }
    }

    private static async Task<string> PlanAsync(ClinicUnderTest clinic, ActingPerson acting, ClinicPerson person, DuplicateQuestion question)
    {
        var asked = acting.Get<DuplicateQuery>().For(question)!;
        await using var connection = new NpgsqlConnection(clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        await using var become = new NpgsqlCommand("SELECT set_config('app.user_id', $1, false)", connection) { Parameters = { new() { Value = person.Id.ToString() } } };
        await become.ExecuteNonQueryAsync(Cancellation);
        await using var explain = new NpgsqlCommand($"EXPLAIN (COSTS OFF) {asked.CommandText}", connection);
        foreach (NpgsqlParameter parameter in asked.Parameters)
        {
            explain.Parameters.Add(parameter.Clone());
        }

        await using var reader = await explain.ExecuteReaderAsync(Cancellation);
        return string.Join('\n', await reader.ListAsync(row => row.GetString(0), Cancellation));
    }

    private static async Task<(double Median, double Worst)> TimeAsync(ActingPerson acting, DuplicateQuestion question)
    {
        var times = new List<double>();
        for (var round = 0; round < 18; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.True((await acting.Get<IRegistration>().DuplicatesAsync(question, Cancellation)).Succeeded);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var measured = times.Skip(3).Order().ToList(); // the first ones plan
        return (measured[measured.Count / 2], measured[^1]);
    }

    private static Task FillAsync(ClinicUnderTest clinic) => ManyPatients.WriteAsync(
        clinic,
        [.. Enumerable.Range(0, Patients).Select(i => (Given[i % 20], Family[i / 20 % 20], new DateOnly(1930, 1, 1).AddDays(i * 37 % 34_000), (string?)$"+91984{i / 3:0000000}"))],
        Cancellation);
}
