using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>
/// Who may do what to a patient's row by statements of their own, table by table. The row is Meera's; Asha and Nila care
/// for her, Basu and Nora do not.
/// </summary>
public sealed class RowLevelSecurityTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string GeneratedAlways = "428C9";

    // r: reads it. i: may write such a row. u: may change it.
    private const string Matrix = """
        table                Asha Nila Basu Nora Desk Admin Former Nobody
        patients             riu  riu  i    i    riu  -     -      -
        patient_names        r    r    r    r    r    r     -      -
        care_team            r    r    -    -    -    -     -      -
        allergies            ri   ri   -    -    i    -     -      -
        consents             riu  riu  -    -    ri   -     -      -
        patient_photos       riu  r    -    -    riu  -     -      -
        appointments         riu  riu  -    riu  riu  -     -      -
        follow_ups           ri   r    -    r    r    -     -      -
        encounters           riu  r    -    -    -    -     -      -
        observations         ri   ri   -    -    -    -     -      -
        conditions           riu  riu  -    -    -    -     -      -
        procedures           riu  riu  -    -    -    -     -      -
        immunizations        riu  riu  -    -    -    -     -      -
        clinical_notes       riu  riu  -    -    -    -     -      -
        note_versions        ri   ri   -    -    -    -     -      -
        note_amendments      riu  ru   -    -    -    -     -      -
        documents            riu  riu  -    -    -    -     -      -
        prescriptions        riu  r    -    -    -    -     -      -
        prescription_items   riu  r    -    -    -    -     -      -
        prescription_findings ri  r    -    -    -    -     -      -
        prescription_papers  r    r    -    -    -    -     -      -
        prescription_pdfs    r    r    -    -    -    -     -      -
        h1_register          ri   -    r    -    -    -     -      -
        orders               riu  r    -    -    -    -     -      -
        order_items          riu  r    -    -    -    -     -      -
        results              riu  ru   -    -    -    -     -      -
        tasks                riu  ru   -    -    -    -     -      -
        alerts               riu  i    i    i    i    i     -      -
        audit_events         i    -    -    -    -    r     -      -
        outbox_messages      i    i    i    i    i    i     -      -
        imported_resources   -    -    -    -    -    -     -      -
        search_documents     -    -    -    -    -    -     -      -
        patient_documents    riu  ru   -    -    -    -     -      -
        document_parts       ri   r    -    -    -    -     -      -
        document_extracts    r    r    -    -    -    -     -      -
        """;

    private static readonly string[][] Rows = [.. Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static readonly Person[] People = [.. Rows[0].Skip(1).Select(Enum.Parse<Person>)];

    public static TheoryData<string> Tables => [.. Rows.Skip(1).Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Each_person_does_with_the_row_what_their_place_allows_and_nothing_else(string table)
    {
        var found = new List<string>();
        foreach (var person in People)
        {
            found.Add(await DeedsAsync(table, person));
        }

        Assert.Equal(Rows.Single(row => row[0] == table).Skip(1), found);
    }

    [Fact]
    public async Task A_row_of_ones_own_patient_cannot_be_handed_to_another()
    {
        var movable = new List<string>();
        foreach (var table in Rows.Skip(1).Select(row => row[0]).Where(table => Key(table) == "patient_id"))
        {
            await using var basu = await charts.AsAsync(Person.Basu);
            var move = $"UPDATE {table} SET patient_id = $1 WHERE patient_id = $2";
            if (await basu.RefusalOfAsync(move, TwoCharts.Meera, TwoCharts.Ravi) is null
                && await basu.RunAsync(move, TwoCharts.Meera, TwoCharts.Ravi) > 0)
            {
                movable.Add(table);
            }
        }

        // One's own task and alert name whom one likes, and show nothing of them.
        Assert.Equal(["tasks", "alerts"], movable);
    }

    [Fact]
    public async Task Every_table_about_a_patient_is_in_the_matrix()
    {
        await using var worker = await charts.AsWorkerAsync();

        var about = await worker.ListAsync<string>($"""
            SELECT DISTINCT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
                AND (a.attname IN ('patient_id', 'patient_ids') OR c.relname IN ('patients', 'tasks', 'alerts', 'audit_events', 'outbox_messages'))
            """);

        Assert.Equal(about.Except(RowLevelSecurityCatalogueTests.OpenTables).Order(), Rows.Skip(1).Select(row => row[0]).Order());
    }

    [Fact]
    public async Task Reception_sees_names_faces_and_bookings_and_no_clinical_row_of_anybody()
    {
        await using var desk = await charts.AsAsync(Person.Desk);

        var seen = new List<string>();
        foreach (var table in Rows.Skip(1).Select(row => row[0]))
        {
            if (await desk.RefusalOfAsync($"SELECT FROM {table}") is null && await desk.AskAsync<long>($"SELECT count(*) FROM {table}") > 0)
            {
                seen.Add(table);
            }
        }

        Assert.Equal(["patients", "patient_names", "consents", "patient_photos", "appointments", "follow_ups"], seen);
    }

    [Theory]
    [InlineData("deactivated", "UPDATE users SET status = 'inactive' WHERE id = $1")]
    [InlineData("made a receptionist", "UPDATE users SET role = 'receptionist' WHERE id = $1")]
    [InlineData("made an admin", "UPDATE users SET role = 'admin' WHERE id = $1")]
    public async Task A_doctor_loses_the_record_at_once_when(string what, string how)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        string[] record = ["encounters", "clinical_notes", "prescriptions", "prescription_items", "orders", "results", "observations", "conditions", "allergies"];
        foreach (var table in record)
        {
            Assert.NotEqual(0, await asha.AskAsync<long>($"SELECT count(*) FROM {table}"));
        }

        await asha.RunAsync(how, TwoCharts.Id(Person.Asha)!);

        foreach (var table in record)
        {
            Assert.True(await asha.AskAsync<long>($"SELECT count(*) FROM {table}") == 0, $"{table} is still read by a doctor who was {what}.");
        }
    }

    [Fact]
    public async Task Whoever_has_left_reads_not_even_what_was_addressed_to_them()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync("UPDATE users SET status = 'inactive' WHERE id = $1", TwoCharts.Id(Person.Asha)!);

        foreach (var table in new[] { "tasks", "alerts", "appointments", "care_team", "patients", "patient_names" })
        {
            Assert.Equal(0, await asha.AskAsync<long>($"SELECT count(*) FROM {table}"));
        }
    }

    private async Task<string> DeedsAsync(string table, Person person)
    {
        await using var statements = await charts.AsAsync(person);
        var reads = await statements.RefusalOfAsync($"SELECT FROM {table}") is null
            && await statements.AskAsync<long>(ReadableBy(table), TwoCharts.Meera) > 0;
        var inserts = Allows(await statements.RefusalOfAsync(
            $"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, $1::jsonb)).*", await AnotherAsync(table)));
        var updates = false;
        try
        {
            updates = await statements.RunAsync($"UPDATE {table} SET {Key(table)} = {Key(table)} WHERE {Key(table)} = $1", TwoCharts.Meera) > 0;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // No right to change the table at all.
        }

        var deeds = (reads ? "r" : "") + (inserts ? "i" : "") + (updates ? "u" : "");
        return deeds.Length == 0 ? "-" : deeds;
    }

    /// <summary>Meera's row once more under another id; null ids stay so that only the policy decides.</summary>
    private async Task<string> AnotherAsync(string table)
    {
        await using var worker = await charts.AsWorkerAsync();
        var row = await worker.AskAsync<string>(
            $"SELECT (to_jsonb(t) || CASE WHEN to_jsonb(t) ? 'id' THEN jsonb_build_object('id', gen_random_uuid()) ELSE '{{}}' END)::text FROM {table} t WHERE {Key(table)} = $1 LIMIT 1",
            TwoCharts.Meera);
        return row ?? throw new InvalidOperationException($"TwoCharts.sql has no row of {table}: give each of the two patients one.");
    }

    // A row that is there already, or that collides with another, was let in by the policy.
    private static bool Allows(string? refusal) => refusal switch
    {
        null or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => true,
        GeneratedAlways => false, // a table that nobody writes: its rows come by a trigger
        PostgresErrorCodes.InsufficientPrivilege => false,
        _ => throw new InvalidOperationException($"Neither allowed nor refused by a policy: SQLSTATE {refusal}."),
    };

    private static string ReadableBy(string table) => $"SELECT count(*) FROM {table} WHERE {Key(table)} = $1";

    private static string Key(string table) => table == "patients" ? "id" : "patient_id";
}
