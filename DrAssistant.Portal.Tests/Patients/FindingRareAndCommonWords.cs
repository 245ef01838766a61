using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients;

/// <summary>Which words are often met decides how a name is looked for, and never whom a question finds.</summary>
public sealed class FindingRareAndCommonWords(ClinicDatabase databases)
{
    private static readonly string[] Given = ["Lakshmi", "Sunita", "Mohammed", "Ravi", "Anita", "Krishnan", "Zubeida", "Arjun", "Deepa", "Rajesh"];
    private static readonly string[] Family = ["Subramanian", "Pawar", "Shaikh", "Rao", "Nair", "Kumar", "Sharma", "Patel"];
    private static readonly string[] Endings = ["", "", "", "an", "vi", "ox", "ue", "ka"];
    private static readonly string[] Initials = ["", "", "K", "S"];

    private static readonly string[] Questions =
        ["kumarvc mohammmed", "sharam", "laksmi sharma s", "rajeshh patle", "sunita powar k", "zubaida shekh", "krishnn subramaniyan", "mohamed kumra s", "arjunue", "dipa nayar", "ravee rav", "anitha pattel"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task finds_the_same_whatever_is_often_met()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await ManyPatients.WriteAsync(clinic, Names(), Cancellation);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());

        var (asMarked, asRare, asCommon) = (await FoundAsync(desk), await MarkedAsync(clinic, desk, "false"), await MarkedAsync(clinic, desk, "true"));

        Assert.All(asMarked, found => Assert.NotEmpty(found));
        Assert.Equal(asMarked, asRare);
        Assert.Equal(asMarked, asCommon);
    }

    [Fact]
    public async Task marks_what_many_names_have_and_little_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var before = await CountAsync(clinic, "SELECT count(*) FROM name_words");

        await ManyPatients.WriteAsync(clinic, Enumerable.Range(0, 1_000).Select(n => ("Zarathustra", Written(n))), Cancellation);

        Assert.Equal(1_001, await CountAsync(clinic, "SELECT count(*) FROM name_words") - before);
        Assert.Equal(1, await CountAsync(clinic, "SELECT count(*) FROM name_words WHERE word = 'zarathustra' AND is_often"));
        Assert.InRange(await CountAsync(clinic, "SELECT count(*) FROM name_words WHERE word LIKE 'zz%' AND is_often"), 1, 60); // a name in 64 speaks for all its words
    }

    [Theory]
    [InlineData(20, 20, 0)]
    [InlineData(300, 300, 231)]
    [InlineData(2_000, 1_000, 931)]
    public async Task looks_at_one_name_in_sixteen_first_and_at_the_others_where_those_are_too_few(int most, int met, int others)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await ManyPatients.WriteAsync(clinic, Enumerable.Range(0, 1_000).Select(n => ("Zarathustra", Written(n))), Cancellation);
        var named = $"FROM names_that_meet_all(ARRAY['zarathustra'::tsquery], {most}) AS m";

        Assert.Equal(met, await CountAsync(clinic, $"SELECT count(*) {named}"));
        Assert.Equal(met, await CountAsync(clinic, $"SELECT count(DISTINCT m.name_id) {named}"));
        Assert.Equal(others, await CountAsync(clinic, $"SELECT count(*) {named} JOIN known_names n ON n.id = m.name_id WHERE NOT stands_for_sixteen(n.digest)"));
    }

    private static IEnumerable<(string First, string Last)> Names()
        => from first in Given from last in Family from ending in Endings from initial in Initials select (first, $"{last}{ending} {initial}".TrimEnd());

    private static string Written(int number) => $"Zz{string.Concat(number.ToString("000").Select(digit => (char)('a' + digit - '0')))}";

    private static async Task<List<string>> MarkedAsync(ClinicUnderTest clinic, ActingPerson desk, string often)
    {
        await using var owner = new NpgsqlConnection(clinic.Connections.Owner);
        await owner.OpenAsync(Cancellation);
        await using var mark = new NpgsqlCommand($"UPDATE name_words SET is_often = {often}", owner);
        await mark.ExecuteNonQueryAsync(Cancellation);
        await clinic.Services.GetRequiredService<NameWords>().LoadAsync(Cancellation);
        return await FoundAsync(desk);
    }

    private static async Task<List<string>> FoundAsync(ActingPerson desk)
    {
        var found = new List<string>();
        foreach (var question in Questions)
        {
            var hits = (await desk.Get<IPatients>().FindAsync(question, Cancellation)).Value();
            found.Add(string.Join(", ", hits.Select(hit => $"{hit.Name.Spoken} {hit.Id}")));
        }

        return found;
    }

    private static async Task<long> CountAsync(ClinicUnderTest clinic, string sql)
    {
        await using var connection = await clinic.Services.GetRequiredService<ClinicDataSources>().Worker.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
