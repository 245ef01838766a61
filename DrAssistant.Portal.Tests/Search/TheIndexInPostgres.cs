using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>What only the index in PostgreSQL has: a table, a function and their rights.</summary>
public sealed class TheIndexInPostgres(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_index_itself_has_nothing_for_the_desk_an_admin_or_nobody_and_shows_its_table_to_nobody()
    {
        await using var search = await SearchClinic.OpenAsync(databases);
        await search.NoteAsync(search.Asha, search.Meera, "Palpitations.");
        const string Everything = "SELECT count(*) FROM search_index((SELECT ''::tsquery || $1::tsquery), ARRAY['note'], NULL, NULL, NULL, NULL, 50)";
        var key = search.Clinic.Services.GetService(typeof(SearchKeys)) as SearchKeys;
        foreach (var (person, expected) in new[] { (search.Asha, 1L), (search.Desk, 0L), (search.Admin, 0L), (search.Basu, 0L) })
        {
            await using var app = new NpgsqlConnection(search.Clinic.Connections.App);
            await app.OpenAsync(Cancellation);
            await using var who = new NpgsqlCommand("SELECT set_config('app.user_id', $1, false)", app) { Parameters = { new() { Value = person.Id.ToString() } } };
            await who.ExecuteScalarAsync(Cancellation);
            await using var ask = new NpgsqlCommand(Everything, app) { Parameters = { new() { Value = $"'{key!.Of("palpit")}'" } } };
            Assert.Equal(expected, await ask.ExecuteScalarAsync(Cancellation));
            await using var look = new NpgsqlCommand("SELECT count(*) FROM search_documents", app);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => look.ExecuteScalarAsync(Cancellation))).SqlState);
        }
    }

    [Fact]
    public async Task The_index_holds_no_word_of_a_note()
    {
        await using var search = await SearchClinic.OpenAsync(databases);
        await search.NoteAsync(search.Asha, search.Meera, "Palpitations.");
        await using var worker = new NpgsqlConnection(search.Clinic.Connections.Worker);
        await worker.OpenAsync(Cancellation);
        await using var look = new NpgsqlCommand("SELECT string_agg(terms::text, ' ') FROM search_documents", worker);

        var terms = (string)(await look.ExecuteScalarAsync(Cancellation))!;

        Assert.NotEmpty(terms);
        Assert.DoesNotContain("palpit", terms, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_document_that_the_index_refuses_does_not_hold_up_the_others()
    {
        await using var search = await SearchClinic.OpenAsync(databases);
        var note = await search.NoteAsync(search.Asha, search.Meera, "Migraine");
        await using var system = search.Clinic.AsSystem();
        var good = Assert.Single(await system.Get<SearchIndexer>().ReadAsync(SearchKind.Note, [note], Cancellation));
        var nobodys = good with { Key = new DocumentKey(SearchKind.Note, Guid.CreateVersion7()), PatientId = Guid.CreateVersion7() };
        await search.Clinic.RunAsync("DELETE FROM search_documents");

        var refused = await system.Get<ISearchIndex>().WriteAsync(1, [nobodys, good], Cancellation);

        Assert.Equal([nobodys.Key], refused);
        Assert.Equal([note], await search.IdsAsync(search.Asha, "migraine"));
    }

    [Fact]
    public async Task The_check_sees_what_is_missing_and_what_is_otherwise()
    {
        await using var search = await SearchClinic.OpenAsync(databases);
        var (gone, changed) = (await search.NoteAsync(search.Asha, search.Meera, "Migraine"), await search.NoteAsync(search.Asha, search.Meera, "Sciatica"));
        await search.Clinic.RunAsync("DELETE FROM search_documents WHERE id = $1", gone);
        await search.Clinic.RunAsync("UPDATE search_documents SET terms = '''x'':1' WHERE id = $1", changed);
        await using var system = search.Clinic.AsSystem();

        var line = (await system.Get<SearchCheck>().RunAsync(Cancellation)).Single(l => l.Kind is SearchKind.Note);

        Assert.Equal((2, 1, 2, 2), (line.Kept, line.Found, line.Compared, line.Differing));
    }
}
