using System.Diagnostics;
using System.Globalization;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients;

/// <summary>A practice of twenty thousand patients: a search looks its terms up by index, as the portal's own role and whatever the plan.</summary>
public sealed class FindingAmongManyPatients(ClinicDatabase databases, ITestOutputHelper output)
{
    private const int Patients = 20_000;

    private static readonly string[] Questions =
        ["Lakshmi", "Laxmi Subramanian", "sun paw", "Mohd Sheikh", "K S Krishnan", "लक्ष्मी", "rao", "Zubaida", "a", "98450 12345", "2345", "4812", "05", "lakshmi 1980", "lakshmi rao 01-Jan-1980", "01011980", "SC26-0051", "SC26-005120-3", ""];

    private static readonly string[] Given =
        ["Lakshmi", "Sunita", "Mohammed", "Ravi", "Anita", "Krishnan", "Zubeida", "Arjun", "Deepa", "Farhan", "Gita", "Harish", "Ishita", "Jaya", "Kiran", "Meera", "Nikhil", "Omana", "Priya", "Rahul"];

    private static readonly string[] Family =
        ["Subramanian", "Pawar", "Shaikh", "Rao", "Nair", "Iyer", "Sharma", "Patel", "Das", "Ghosh", "Reddy", "Naidu", "Khan", "Pillai", "Menon", "Gupta", "Joshi", "Kulkarni", "Bose", "Mehta"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_never_reads_all_the_terms()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await FillAsync(clinic);
        await using var acting = clinic.As(asha);

        foreach (var question in Questions)
        {
            foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
            {
                var plan = await PlanAsync(clinic, acting, asha, question, mode);
                Assert.DoesNotContain("Seq Scan on patient_name_terms", plan, StringComparison.Ordinal);
                Assert.DoesNotContain("Seq Scan on known_names", plan, StringComparison.Ordinal);

                // All numbers that begin so, to show twenty.
                Assert.DoesNotContain("Bitmap Index Scan on idx_patient_names_mrn ", plan, StringComparison.Ordinal);
                Assert.DoesNotContain("Bitmap Index Scan on idx_patient_names_mrn_number", plan, StringComparison.Ordinal);
                Assert.DoesNotContain("Seq Scan on patients ", question is "98450 12345" or "2345" ? plan : "", StringComparison.Ordinal);
            }

            var (median, worst) = await TimeAsync(acting, question);
            output.WriteLine($"'{question}': p50 {median:F1} ms, worst of 15 {worst:F1} ms");
        }
    }

    private static async Task<string> PlanAsync(ClinicUnderTest clinic, ActingPerson acting, ClinicPerson person, string question, string mode)
    {
        var (sql, parameters) = await acting.Get<PatientSearchQuery>()
            .ForAsync(AskedFor.Of(question, clinic.Days.Today), new SearchManner(IsCarer: true, AlsoInactive: false, clinic.Clock.Now), Cancellation);
        await using var connection = new NpgsqlConnection(clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT set_config('app.user_id', '{person.Id}', false);
            SELECT set_config('plan_cache_mode', '{mode}', false);
            PREPARE search{Types(parameters)} AS {sql};
            EXPLAIN (ANALYZE, COSTS OFF) EXECUTE search{Literals(parameters)};
            """;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.NextResultAsync(Cancellation);
        await reader.NextResultAsync(Cancellation);
        var lines = await reader.ListAsync(row => row.GetString(0), Cancellation);
        Assert.NotEmpty(lines);
        return string.Join('\n', lines);
    }

    /// <summary>PREPARE takes its values as literals; what is asked here holds none that would need escaping.</summary>
    private static string Literals(NpgsqlParameter[] parameters)
        => parameters.Length == 0 ? "" : $"({string.Join(", ", parameters.Select(p => Literal(p.Value)))})";

    private static string Types(NpgsqlParameter[] parameters)
        => parameters.Length == 0 ? "" : $"({string.Join(", ", parameters.Select(p => p.Value switch
        {
            string[] => "text[]",
            bool[] => "boolean[]",
            float[] => "real[]",
            ulong => "xid8",
            byte[][] => "bytea[]",
            byte[] => "bytea",
            DateTimeOffset => "timestamptz",
            DateOnly => "date",
            _ => "text",
        }))})";

    private static string Literal(object? value) => value switch
    {
        null or DBNull => "NULL",
        string[] words => $"ARRAY[{string.Join(", ", words.Select(Literal))}]::text[]",
        bool[] flags => $"ARRAY[{string.Join(", ", flags)}]::boolean[]",
        float[] numbers => $"ARRAY[{string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]::real[]",
        byte[][] hashes => $"ARRAY[{string.Join(", ", hashes.Select(hash => $"'\\x{Convert.ToHexString(hash)}'"))}]::bytea[]",
        byte[] hash => $"'\\x{Convert.ToHexString(hash)}'",
        DateTimeOffset at => $"'{at:O}'",
        DateOnly day => $"'{day:yyyy-MM-dd}'",
        _ => $"'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private static async Task<(double Median, double Worst)> TimeAsync(ActingPerson acting, string question)
    {
        var times = new List<double>();
        for (var round = 0; round < 18; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.True((await acting.Get<IPatients>().FindAsync(question, Cancellation)).Succeeded);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var measured = times.Skip(3).Order().ToList(); // the first ones plan
        return (measured[measured.Count / 2], measured[^1]);
    }

    private static Task FillAsync(ClinicUnderTest clinic) => ManyPatients.WriteAsync(
        clinic, [.. Enumerable.Range(0, Patients).Select(i => ($"{Given[i % 20]}{Syllables(i / 20)}", Family[i / 20 % 20], new DateOnly(1980, 1, 1), (string?)$"+91984{i:0000000}"))], Cancellation);

    /// <summary>A thousand different endings, so that names are as many as in a town.</summary>
    private static string Syllables(int number)
        => number == 0 ? "" : string.Concat(number.ToString().Select(digit => "karamitasonelupi"[(2 * (digit - '0') % 16)..][..2]));
}
