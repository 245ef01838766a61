using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>
/// Rows that say not whose they are, but with which row they go: the sound of a recording, and a document on its way. By statements of one's own; the rows are
/// Meera's, for whom Asha and Nila care and Basu and Nora do not.
/// </summary>
public sealed class RowsThatGoWithAnother(TwoCharts charts) : IClassFixture<TwoCharts>, IAsyncLifetime
{
    // r: reads it. i: may write such a row. u: may change it. d: may take it away.
    private const string Matrix = """
        table            Asha Nila Basu Nora Desk Admin Former Nobody
        recording_parts  ri   ri   -    -    -    -     -      -
        recording_files  r    r    -    -    -    -     -      -
        recording_chunks r    r    -    -    -    -     -      -
        """;

    private static readonly string[][] Rows = [.. Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static readonly Person[] People = [.. Rows[0].Skip(1).Select(Enum.Parse<Person>)];

    public static TheoryData<string> Tables => [.. Rows.Skip(1).Select(row => row[0])];

    /// <summary>Each patient's recording has a part, and each has another one that is a file of two chunks.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync("""
            INSERT INTO recording_parts (recording_id, number, sha256, length, content, arrived_at)
                SELECT id, 0, 'a hash', 3, '\x010203', now() FROM recordings WHERE place = 'parts' ON CONFLICT DO NOTHING;
            """);
        if (await worker.AskAsync<long>("SELECT count(*) FROM recording_files") == 0)
        {
            await worker.RunAsync("""
                INSERT INTO recordings (id, patient_id, encounter_id, doctor_id, recorded_by, consent_id, mime_type, expires_at, retention_reason, status, place, content_key)
                    SELECT gen_random_uuid(), patient_id, encounter_id, doctor_id, recorded_by, consent_id, mime_type, expires_at, retention_reason, 'transcribed', 'bucket', left(md5(id::text), 32) FROM recordings;
                """);
            await worker.RunAsync("INSERT INTO recording_files (id, length, chunk_size, upload_date) SELECT content_key, 6, 3, now() FROM recordings WHERE place = 'bucket'");
            await worker.RunAsync("INSERT INTO recording_chunks (files_id, n, data) SELECT f.id, n, '\\x010203' FROM recording_files f, generate_series(0, 1) n");
        }

        await worker.KeepAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Each_person_reaches_the_sound_as_far_as_its_recording_and_nobody_changes_it(string table)
    {
        var found = new List<string>();
        foreach (var person in People)
        {
            found.Add(await DeedsAsync(table, person));
        }

        Assert.Equal(Rows.Single(row => row[0] == table).Skip(1), found);
    }

    [Fact]
    public async Task Who_cares_for_one_of_two_patients_sees_the_sound_of_that_one()
    {
        foreach (var (table, rows) in new[] { ("recording_parts", 1L), ("recording_files", 1L), ("recording_chunks", 2L) })
        {
            foreach (var person in new[] { Person.Asha, Person.Basu })
            {
                await using var statements = await charts.AsAsync(person);
                Assert.Equal(rows, await statements.AskAsync<long>($"SELECT count(*) FROM {table}"));
            }
        }
    }

    [Fact]
    public async Task No_part_slips_into_a_recording_that_was_put_together()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(AnotherPart, await KeyAsync("recordings", "bucket")));
        Assert.Null(await asha.RefusalOfAsync(AnotherPart, await KeyAsync("recordings", "parts")));
    }

    [Theory]
    [InlineData(Person.Asha, true)]
    [InlineData(Person.Nila, false)]
    [InlineData(Person.Basu, false)]
    [InlineData(Person.Desk, false)]
    [InlineData(Person.Former, false)]
    [InlineData(Person.Nobody, false)]
    public async Task An_upload_is_given_up_by_whoever_began_it_and_by_nobody_once_it_is_whole(Person person, bool may)
    {
        await using (var statements = await charts.AsAsync(person))
        {
            Assert.Equal(may ? 1 : 0, await statements.RunAsync("DELETE FROM patient_documents WHERE patient_id = $1 AND status = 'uploading'", TwoCharts.Meera));
        }

        await using var whole = await charts.AsAsync(Person.Asha);
        await whole.RunAsync("UPDATE patient_documents SET status = 'queued', content_type = 'application/pdf', uploaded_at = now() WHERE patient_id = $1", TwoCharts.Meera);
        await whole.BecomeAsync(TwoCharts.Id(person));
        Assert.Equal(0, await whole.RunAsync("DELETE FROM patient_documents WHERE patient_id = $1", TwoCharts.Meera));
    }

    [Fact]
    public async Task A_part_of_a_document_is_sent_by_whoever_began_it_and_only_while_it_is_on_its_way()
    {
        const string Part = "INSERT INTO document_parts (document_id, patient_id, number, length, content) SELECT id, patient_id, 7, 3, '\\x00' FROM patient_documents WHERE patient_id = $1";
        await using var asha = await charts.AsAsync(Person.Asha);
        await using var nila = await charts.AsAsync(Person.Nila);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await nila.RefusalOfAsync(Part, TwoCharts.Meera));
        Assert.Null(await asha.RefusalOfAsync(Part, TwoCharts.Meera));
        await asha.RunAsync("UPDATE patient_documents SET status = 'queued', content_type = 'application/pdf', uploaded_at = now() WHERE patient_id = $1", TwoCharts.Meera);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(Part, TwoCharts.Meera));
    }

    [Theory]
    [InlineData("status", "'queued'")]
    [InlineData("uploaded_by", "'0000000a-0000-7000-8000-000000000003'")]
    public async Task A_document_is_begun_in_ones_own_name_and_is_never_whole_at_once(string column, string value)
    {
        const string Columns = "patient_id, encounter_id, category, title, document_date, content_length, content_sha256, created_at, content_type, uploaded_at";
        await using var asha = await charts.AsAsync(Person.Asha);
        var others = new Dictionary<string, string> { ["status"] = "'uploading'", ["uploaded_by"] = "uploaded_by", [column] = value };
        var begin = $"INSERT INTO patient_documents (id, status, uploaded_by, {Columns}) SELECT gen_random_uuid(), {{0}}, {{1}}, patient_id, encounter_id, category, title, document_date, content_length, content_sha256, created_at, 'application/pdf', now() FROM patient_documents WHERE patient_id = $1";

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(string.Format(null, begin, others["status"], others["uploaded_by"]), TwoCharts.Meera));
        Assert.Null(await asha.RefusalOfAsync(string.Format(null, begin, "'uploading'", "uploaded_by"), TwoCharts.Meera));
    }

    /// <summary>A statement that names no column reads none, so that only the policy of the deed itself stands in its way.</summary>
    [Theory]
    [InlineData("recordings", "UPDATE recordings SET words = 7")]
    [InlineData("transcripts", "UPDATE transcripts SET version = 2")]
    [InlineData("note_drafts", "UPDATE note_drafts SET version = 2")]
    [InlineData("patient_documents", "UPDATE patient_documents SET attempts = 3")]
    [InlineData("patient_documents", "DELETE FROM patient_documents")]
    public async Task A_blind_statement_reaches_no_row_of_anothers_patient(string table, string deed)
    {
        await using var worker = await charts.AsWorkerAsync();
        var (ravis, all) = (await worker.AskAsync<long>($"SELECT count(*) FROM {table} WHERE patient_id = $1", TwoCharts.Ravi), await worker.AskAsync<long>($"SELECT count(*) FROM {table}"));
        Assert.InRange(ravis, 1, all - 1);

        await using (var basu = await charts.AsAsync(Person.Basu))
        {
            Assert.Equal(ravis, await basu.RunAsync(deed));
        }

        await using var desk = await charts.AsAsync(Person.Desk);
        Assert.Equal(0, await desk.RunAsync(deed));
    }

    private const string AnotherPart = "INSERT INTO recording_parts (recording_id, number, sha256, length, content, arrived_at) VALUES ($1, 7, 'a hash', 3, '\\x010203', now())";

    private async Task<string> DeedsAsync(string table, Person person)
    {
        var key = await KeyAsync(table, "parts");
        var column = ColumnOf(table);
        await using var statements = await charts.AsAsync(person);
        var reads = await statements.AskAsync<long>($"SELECT count(*) FROM {table} WHERE {column} = $1", key) > 0;
        var inserts = await MayAsync(statements, table switch
        {
            "recording_parts" => AnotherPart,
            "recording_files" => "INSERT INTO recording_files (id, length, chunk_size, upload_date) SELECT 'another', 1, 1, now() WHERE $1::text IS NOT NULL",
            _ => "INSERT INTO recording_chunks (files_id, n, data) VALUES ($1, 7, '\\x01')",
        }, key);
        var updates = await MayAsync(statements, $"UPDATE {table} SET {column} = {column} WHERE {column} = $1", key);
        var deletes = await MayAsync(statements, $"DELETE FROM {table} WHERE {column} = $1", key);
        var deeds = (reads ? "r" : "") + (inserts ? "i" : "") + (updates ? "u" : "") + (deletes ? "d" : "");
        return deeds.Length == 0 ? "-" : deeds;
    }

    private static async Task<bool> MayAsync(Statements statements, string deed, object key) => await statements.RefusalOfAsync(deed, key) switch
    {
        null => true,
        PostgresErrorCodes.InsufficientPrivilege => false,
        var other => throw new InvalidOperationException($"Neither allowed nor refused by a policy: SQLSTATE {other}."),
    };

    private static string ColumnOf(string table) => table switch
    {
        "recording_parts" => "recording_id",
        "recording_files" => "id",
        _ => "files_id",
    };

    /// <summary>By which Meera's row of a table is found.</summary>
    private async Task<object> KeyAsync(string table, string place)
    {
        await using var worker = await charts.AsWorkerAsync();
        return table is "recordings" or "recording_parts"
            ? await worker.AskAsync<Guid>("SELECT id FROM recordings WHERE patient_id = $1 AND place = $2", TwoCharts.Meera, place)
            : (await worker.AskAsync<string>("SELECT content_key::text FROM recordings WHERE patient_id = $1 AND place = 'bucket'", TwoCharts.Meera))!;
    }
}
