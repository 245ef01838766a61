using System.Text.Json.Nodes;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>What becomes of searching and of indexing when Elasticsearch is away, busy, or has lost what it had.</summary>
public sealed class ElasticFaultTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_is_away_patients_are_found_the_answer_says_that_it_is_not_whole_and_what_was_written_comes_later()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");
        await server.StopAsync();

        var answer = await clinic.FindAsync(clinic.Asha, "meera");
        Assert.Equal((false, 0), (answer.IsWhole, answer.Hits.Count));
        Assert.Equal([clinic.Meera], answer.Patients.Select(p => p.Id));
        await Assert.ThrowsAsync<SearchIndexException>(() => clinic.NoteAsync(clinic.Asha, clinic.Meera, "Sciatica"));

        await server.GoOnAsync();
        await UntilAsync(async () => (await clinic.FindAsync(clinic.Asha, "migraine")).IsWhole);
        Assert.Single(await clinic.IdsAsync(clinic.Asha, "migraine"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Turned_away_it_asks_again_and_the_person_does_not_notice(int status)
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        var note = await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");
        var busy = 2;
        server.Instead = request => request.Path.EndsWith("_search", StringComparison.Ordinal) && busy-- > 0 ? Busy(status) : null;

        Assert.Equal([note], await clinic.IdsAsync(clinic.Asha, "migraine"));
        Assert.Equal(3, server.Questions().Count);
        server.Instead = request => request.Path.EndsWith("_search", StringComparison.Ordinal) ? Busy(status) : null;
        Assert.False((await clinic.FindAsync(clinic.Asha, "migraine")).IsWhole);
        Assert.Equal(6, server.Questions().Count);
    }

    [Fact]
    public async Task Documents_that_it_has_no_time_for_are_sent_again_with_all_the_others()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        var busy = 1;
        server.Instead = request => request.Path == "_bulk" && busy-- > 0 ? new ElasticReply(200, "BulkResponse", new JsonObject
        {
            ["took"] = 1,
            ["errors"] = true,
            ["items"] = new JsonArray(new JsonObject
            {
                ["index"] = new JsonObject
                {
                    ["_index"] = "test-note-0001", ["_id"] = "x", ["status"] = 429, ["error"] = new JsonObject { ["type"] = "es_rejected_execution_exception", ["reason"] = "rejected" },
                },
            }),
        }) : null;

        var note = await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");

        Assert.Equal([note], await clinic.IdsAsync(clinic.Asha, "migraine"));
        Assert.Equal(2, server.Sent("_bulk").Count);
    }

    [Fact]
    public async Task A_document_that_it_refuses_is_parked_and_reported_and_the_others_go_on()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        var (good, poison) = (await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine", indexed: false), await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine", indexed: false));
        server.Indices.Poisoned.Add(poison.ToString());

        var report = await clinic.BuildAsync();

        Assert.Equal((1, 1), (report.Written, report.Failed));
        Assert.Equal([good], await clinic.IdsAsync(clinic.Asha, "migraine"));
        for (var tries = 0; tries < OutboxRelay.MostAttempts; tries++)
        {
            await clinic.Clinic.RelayAsync();
            clinic.Clinic.Clock.Now += TimeSpan.FromHours(1);
        }

        var parked = Assert.Single(await clinic.Clinic.OwedAsync(), m => m.Kind == SearchMessages.One);
        Assert.Equal((poison, true), (parked.SubjectId, parked.ParkedAt is not null));
    }

    [Fact]
    public async Task A_request_that_is_refused_as_a_whole_is_parted_until_the_document_to_blame_is_found()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        Guid[] notes = [await clinic.NoteAsync(clinic.Asha, clinic.Meera, "One"), await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Two"), await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Three")];
        server.Instead = request => request.Path == "_bulk" && request.Body.Contains($"\"_id\":\"{notes[1]}\"", StringComparison.Ordinal) ? ElasticReply.Recorded("mapper_parsing", "x") : null;
        await using var system = clinic.Clinic.AsSystem();
        var documents = await system.Get<SearchIndexer>().ReadAsync(SearchKind.Note, notes, Cancellation);

        Assert.Equal([new DocumentKey(SearchKind.Note, notes[1])], await system.Get<ISearchIndex>().WriteAsync(1, documents, Cancellation));
        Assert.Empty(await system.Get<ISearchIndex>().DifferingAsync(1, documents, Cancellation)); // each was written before
    }

    [Fact]
    public async Task A_lost_index_is_missed_not_made_anew_by_who_writes_first_and_built_again()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        var note = await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");
        server.Indices.Lose();

        Assert.False((await clinic.FindAsync(clinic.Asha, "migraine")).IsWhole);
        await Assert.ThrowsAsync<SearchIndexException>(() => clinic.IndexAsync(SearchKind.Note, note));
        Assert.Empty(server.Indices.Names);
        await using (var system = clinic.Clinic.AsSystem())
        {
            Assert.False(await system.Get<ISearchIndex>().IsThereAsync(1, Cancellation));
        }

        var keeper = clinic.Clinic.Services.GetServices<IHostedService>().OfType<IndexKeeper>().Single();
        Assert.True(await keeper.KeepAsync(Cancellation));
        Assert.Equal([note], await clinic.IdsAsync(clinic.Asha, "migraine"));
        Assert.Equal(Enum.GetValues<SearchKind>().Length, server.Indices.Names.Count(name => name.EndsWith("-0002", StringComparison.Ordinal)));
        Assert.True(await keeper.KeepAsync(Cancellation));
        Assert.Equal(Enum.GetValues<SearchKind>().Length, server.Indices.Names.Count()); // nothing to do
    }

    [Fact]
    public async Task What_changes_while_a_lost_index_is_built_anew_reaches_the_new_one()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        server.Indices.Lose();
        await using var system = clinic.Clinic.AsSystem();
        var build = (await system.Get<SearchBuilds>().BeginAsync(Cancellation)).Generation;
        await system.Get<ISearchIndex>().PrepareAsync(build, Cancellation);

        await Assert.ThrowsAsync<SearchIndexException>(() => clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine")); // the outbox tries again

        Assert.Equal(1, await system.Get<ISearchIndex>().CountAsync(build, SearchKind.Note, Cancellation));
    }

    /// <summary>A half of the answer must not look like nothing found.</summary>
    [Fact]
    public async Task An_answer_that_is_not_whole_is_none()
    {
        var (clinic, server) = await ElasticIndexUnderTest.OpenAsync(databases);
        await using var _ = clinic;
        await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine");
        server.Instead = request => request.Path.EndsWith("_search", StringComparison.Ordinal) ? TimedOut() : null;

        Assert.False((await clinic.FindAsync(clinic.Asha, "migraine")).IsWhole);
        Assert.All(server.Questions(), request => Assert.Contains("allow_partial_search_results=false", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_practice_that_moves_to_it_is_indexed_there_and_leaves_nothing_in_postgresql()
    {
        var (clinic, _) = await ElasticIndexUnderTest.OpenAsync(databases, built: false);
        await using var closing = clinic;
        var note = await clinic.NoteAsync(clinic.Asha, clinic.Meera, "Migraine", indexed: false);
        await clinic.Clinic.RunAsync("INSERT INTO search_builds (generation, rules, state) VALUES (1, $1, 'live')", SearchBuilds.Rules);
        await clinic.Clinic.RunAsync("INSERT INTO search_documents (generation, kind, id, patient_id, at, version, terms) VALUES (1, 'note', $1, $2, now(), 1, 'x:1')", note, clinic.Meera);

        Assert.False((await clinic.FindAsync(clinic.Asha, "migraine")).IsWhole); // what PostgreSQL has is another store's
        var keeper = clinic.Clinic.Services.GetServices<IHostedService>().OfType<IndexKeeper>().Single();
        Assert.True(await keeper.KeepAsync(Cancellation));

        Assert.Equal([note], await clinic.IdsAsync(clinic.Asha, "migraine"));
        await using var left = clinic.Clinic.Services.GetRequiredService<ClinicDataSources>().Worker.CreateCommand("SELECT count(*) FROM search_documents");
        Assert.Equal(0L, await left.ExecuteScalarAsync(Cancellation));
    }

    private static ElasticReply Busy(int status)
        => new(status, "ErrorResponse", new JsonObject { ["error"] = new JsonObject { ["type"] = "circuit_breaking_exception", ["reason"] = "too much" }, ["status"] = status });

    private static ElasticReply TimedOut() => new(200, "SearchResponse", new JsonObject
    {
        ["took"] = 1, ["timed_out"] = true, ["_shards"] = ElasticReply.Shards(1), ["hits"] = new JsonObject { ["hits"] = new JsonArray() },
    });

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 40, "It did not come back.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), Cancellation);
        }
    }
}
