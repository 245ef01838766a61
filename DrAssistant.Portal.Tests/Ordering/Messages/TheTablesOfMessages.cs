using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

/// <summary>Who may do what, by statements of their own, to what laboratories sent. Nobody's place gives a key away to who keeps no keys, or a report to the desk.</summary>
public sealed class TheTablesOfMessages(TwoCharts charts) : IClassFixture<TwoCharts>, IAsyncLifetime
{
    // r: reads it. i: may write such a row. u: may settle or change it. d: may delete it.
    private const string Matrix = """
        table             Asha Nila Desk Admin Former Nobody
        result_senders    -    -    -    riu   -      -
        result_files      r    r    -    r     -      -
        result_messages   r    r    -    r     -      -
        unmatched_results ru   ru   -    -     -      -
        """;

    private const string Sent = """
        INSERT INTO providers (id, name, kind) VALUES ('00000010-0000-7000-8000-000000000001', 'Ganga', 'laboratory') ON CONFLICT DO NOTHING;
        INSERT INTO result_senders (id, provider_id, name, key_hash, created_by)
        VALUES ('00000010-0000-7000-8000-000000000002', '00000010-0000-7000-8000-000000000001', 'Analyser', '\x01', '0000000a-0000-7000-8000-000000000006') ON CONFLICT DO NOTHING;
        INSERT INTO result_files (id, digest, format) VALUES ('00000010-0000-7000-8000-000000000003', '\x02', 'hl7v2') ON CONFLICT DO NOTHING;
        INSERT INTO result_messages (id, file_id, position, sender, digest, status)
        VALUES ('00000010-0000-7000-8000-000000000004', '00000010-0000-7000-8000-000000000003', 0, 'GANGA', '\x03', 'unmatched') ON CONFLICT DO NOTHING;
        INSERT INTO unmatched_results (id, message_id, position, why, content)
        VALUES ('00000010-0000-7000-8000-000000000005', '00000010-0000-7000-8000-000000000004', 0, 'no_patient', '\x04') ON CONFLICT DO NOTHING;
        """;

    private static readonly string[][] Rows = [.. Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static readonly Dictionary<string, string> Changes = new(StringComparer.Ordinal)
    {
        ["result_senders"] = "UPDATE result_senders SET revoked_at = now()",
        ["result_files"] = "UPDATE result_files SET problem = 'x'",
        ["result_messages"] = "UPDATE result_messages SET problem = 'x'",
        ["unmatched_results"] = "UPDATE unmatched_results SET settled_at = now(), settled_by = clinic_user(), settled_as = 'dismissed'",
    };

    public static TheoryData<string> Tables => [.. Rows.Skip(1).Select(row => row[0])];

    /// <summary>As the importer writes them.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync(Sent);
        await worker.KeepAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Each_person_does_with_them_what_their_place_allows_and_nothing_else(string table)
    {
        var found = new List<string>();
        foreach (var person in Rows[0].Skip(1).Select(Enum.Parse<Person>))
        {
            found.Add(await DeedsAsync(table, person));
        }

        Assert.Equal(Rows.Single(row => row[0] == table).Skip(1), found);
    }

    [Fact]
    public async Task Nobody_settles_a_result_in_anothers_name_or_a_second_time()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(
            "UPDATE unmatched_results SET settled_at = now(), settled_by = $1, settled_as = 'dismissed'", TwoCharts.Id(Person.Nila)!));
        Assert.Equal(1, await asha.RunAsync(Changes["unmatched_results"]));
        Assert.Equal(0, await asha.RunAsync("UPDATE unmatched_results SET settled_as = 'attached'"));
    }

    [Fact]
    public async Task What_a_laboratory_sent_is_changed_by_nobody_who_settles_it()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(@"UPDATE unmatched_results SET content = '\x05'"));
    }

    private async Task<string> DeedsAsync(string table, Person person)
    {
        await using var statements = await charts.AsAsync(person);
        var reads = await statements.RefusalOfAsync($"SELECT FROM {table}") is null && await statements.AskAsync<long>($"SELECT count(*) FROM {table}") > 0;
        var inserts = await statements.RefusalOfAsync(
            $"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, $1::jsonb)).*", await AnotherAsync(table)) is not PostgresErrorCodes.InsufficientPrivilege;
        var updates = await statements.RefusalOfAsync(Changes[table]) is null && await statements.RunAsync(Changes[table]) > 0;
        var deletes = await statements.RefusalOfAsync($"DELETE FROM {table}") is null;
        var deeds = $"{(reads ? "r" : "")}{(inserts ? "i" : "")}{(updates ? "u" : "")}{(deletes ? "d" : "")}";
        return deeds.Length == 0 ? "-" : deeds;
    }

    private async Task<string> AnotherAsync(string table)
    {
        await using var worker = await charts.AsWorkerAsync();
        return (await worker.AskAsync<string>($"SELECT (to_jsonb(t) || jsonb_build_object('id', gen_random_uuid()))::text FROM {table} t LIMIT 1"))!;
    }
}
