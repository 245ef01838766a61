using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>With the index in PostgreSQL; derived classes have it elsewhere.</summary>
public class KeepingTheIndex(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_saved_is_found_and_what_it_said_before_is_not()
    {
        await using var search = await OpenAsync();
        var visit = await search.Clinic.Given.EncounterAsync(search.Asha, search.Meera, search.Clinic.Clock.Now);
        await using var asha = search.Clinic.As(search.Asha);
        var notes = asha.Get<IClinicalNotes>();
        var begun = (await notes.BeginAsync(new NoteStart(visit, search.Meera), Cancellation)).Value();
        async Task<NoteView> Says(NoteView page, string complaint)
        {
            var content = new SoapContent { Subjective = new() { ChiefComplaint = complaint } };
            return (await notes.SaveAsync(new NoteDraft { NoteId = page.Id, PatientId = page.PatientId, BasedOn = page.Version, Base = page.Content, Content = content }, Cancellation)).Value().Note;
        }

        var indexing = search.Clinic.Services.GetServices<IHostedService>().OfType<SavedNotesIndexing>().Single();
        var first = await Says(begun, "Migraine");
        await indexing.IndexAsync(Cancellation);
        Assert.Equal([begun.Id], await search.IdsAsync(search.Asha, "migraine"));

        await Says(first, "Sciatica");
        await indexing.IndexAsync(Cancellation);
        Assert.Empty(await search.IdsAsync(search.Asha, "migraine"));
        Assert.Equal([begun.Id], await search.IdsAsync(search.Asha, "sciatica"));
    }

    [Fact]
    public async Task The_outbox_brings_what_the_quick_way_lost()
    {
        await using var search = await OpenAsync();
        var visit = await search.Clinic.Given.EncounterAsync(search.Asha, search.Meera, search.Clinic.Clock.Now);
        await using var asha = search.Clinic.As(search.Asha);
        var notes = asha.Get<IClinicalNotes>();
        var begun = (await notes.BeginAsync(new NoteStart(visit, search.Meera), Cancellation)).Value();
        var content = new SoapContent { Subjective = new() { ChiefComplaint = "Migraine" } };
        (await notes.SaveAsync(new NoteDraft { NoteId = begun.Id, PatientId = begun.PatientId, BasedOn = begun.Version, Base = begun.Content, Content = content }, Cancellation)).Value();

        search.Clinic.Clock.Now += TimeSpan.FromMinutes(3);
        await search.Clinic.RelayAsync();

        Assert.Equal([begun.Id], await search.IdsAsync(search.Asha, "migraine"));
    }

    [Fact]
    public async Task A_late_or_repeated_write_brings_nothing_old_back()
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, "Migraine");
        await using var system = search.Clinic.AsSystem();
        var (indexer, index) = (system.Get<SearchIndexer>(), system.Get<ISearchIndex>());
        var early = await indexer.ReadAsync(SearchKind.Note, [note], Cancellation);
        await indexer.WriteAsync(SearchKind.Note, [note], Cancellation);
        var late = early.Select(d => d with { Terms = [], IsGone = true }).ToList();

        Assert.Empty(await index.WriteAsync(1, late, Cancellation));
        Assert.Equal([note], await search.IdsAsync(search.Asha, "migraine"));

        var next = late.ConvertAll(d => d with { Version = d.Version + 100 });
        Assert.Empty(await index.WriteAsync(1, next, Cancellation));
        Assert.Empty(await index.WriteAsync(1, early, Cancellation));
        Assert.Empty(await search.IdsAsync(search.Asha, "migraine"));
    }

    [Fact]
    public async Task A_note_that_was_entered_in_error_is_not_found()
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, "Migraine");
        await using (var asha = search.Clinic.As(search.Asha))
        {
            (await asha.Get<IClinicalNotes>().MarkEnteredInErrorAsync(new NoteAct(note, search.Meera, "Written for somebody else"), Cancellation)).Value();
        }

        Assert.Empty(await search.IdsAsync(search.Asha, "migraine")); // before the index knows
        await search.Clinic.RelayAsync();
        Assert.Empty(await search.IdsAsync(search.Asha, "migraine"));
        await using var system = search.Clinic.AsSystem();
        Assert.Equal(0, await system.Get<ISearchIndex>().CountAsync(1, SearchKind.Note, Cancellation));
    }

    [Fact]
    public async Task A_new_index_is_built_beside_the_old_and_both_hear_of_what_changes_meanwhile()
    {
        await using var search = await OpenAsync();
        var early = await search.NoteAsync(search.Asha, search.Meera, "Migraine", hoursAgo: 3);
        await using var system = search.Clinic.AsSystem();
        var builds = system.Get<SearchBuilds>();
        var begun = await builds.BeginAsync(Cancellation);
        await system.Get<ISearchIndex>().PrepareAsync(begun.Generation, Cancellation);
        var meanwhile = await search.NoteAsync(search.Asha, search.Meera, "Migraine", hoursAgo: 2);

        Assert.Equal([meanwhile, early], await search.IdsAsync(search.Asha, "migraine")); // of the old one
        Assert.Equal(1, await system.Get<ISearchIndex>().CountAsync(begun.Generation, SearchKind.Note, Cancellation));

        var report = await search.BuildAsync();

        Assert.Equal(begun.Generation, (await builds.LiveAsync(Cancellation))!.Generation);
        Assert.Equal([meanwhile, early], await search.IdsAsync(search.Asha, "migraine"));
        Assert.All(report.Checked, line => Assert.True(line.IsRight, line.ToString()));
        Assert.Equal(0, await system.Get<ISearchIndex>().CountAsync(1, SearchKind.Note, Cancellation));
    }

    [Fact]
    public async Task A_build_that_was_killed_goes_on_where_it_was_and_ends_with_equal_counts()
    {
        await using var search = await OpenAsync();
        for (var n = 0; n < 3; n++)
        {
            await search.NoteAsync(search.Asha, search.Meera, "Migraine", hoursAgo: n + 1);
            await search.PrescriptionAsync(search.Asha, search.Meera, "Sumatriptan");
        }

        using var killed = new CancellationTokenSource();
        await using (var system = search.Clinic.AsSystem())
        {
            var stop = new Kill(killed);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.Get<Reindexer>().RunAsync(stop, killed.Token));
            var left = (await system.Get<SearchBuilds>().UnfinishedAsync(Cancellation))!;
            Assert.Equal((3L, SearchKind.Note), (left.Written, left.Kind));
        }

        Assert.Equal(3, (await search.IdsAsync(search.Asha, "migraine")).Count);
        var report = await search.BuildAsync();

        Assert.Equal(6, report.Written); // the notes were not written again
        Assert.All(report.Checked, line => Assert.True(line.IsRight, line.ToString()));
        Assert.Equal(3, report.Checked.Single(line => line.Kind is SearchKind.Prescription).Found);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_owed_and_reported_and_the_build_ends()
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, "Migraine");
        var poison = await search.NoteAsync(search.Asha, search.Meera, "Sciatica");
        await search.Clinic.RunAsync("UPDATE clinical_notes SET body = jsonb_set(body, '{content}', '\"broken\"') WHERE id = $1", poison);

        var report = await search.BuildAsync();

        Assert.Equal((1, 1), (report.Written, report.Failed));
        Assert.Equal([note], await search.IdsAsync(search.Asha, "migraine"));
        Assert.Equal(poison, Assert.Single(await search.Clinic.OwedAsync(), m => m.Kind == SearchMessages.One).SubjectId);
        for (var tries = 0; tries < OutboxRelay.MostAttempts; tries++)
        {
            await search.Clinic.RelayAsync();
            search.Clinic.Clock.Now += TimeSpan.FromHours(1);
        }

        var parked = Assert.Single(await search.Clinic.OwedAsync(), m => m.Kind == SearchMessages.One);
        Assert.NotNull(parked.ParkedAt);
    }

    [Fact]
    public async Task Everything_of_an_imported_patient_is_found_once_the_outbox_has_told()
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, "Migraine", indexed: false); // nobody was told
        await search.Clinic.RunAsync("""
            INSERT INTO outbox_messages (id, kind, subject_id, patient_id, created_at, available_at) VALUES (gen_random_uuid(), 'patient.imported', $1, $1, $2, $2)
            """, search.Meera, search.Clinic.Clock.Now);

        await search.Clinic.RelayAsync();

        Assert.Equal([note], await search.IdsAsync(search.Asha, "migraine"));
    }

    private protected virtual Task<IndexUnderTest> IndexAsync() => Task.FromResult(new IndexUnderTest());

    private async Task<SearchClinic> OpenAsync(bool built = true) => await SearchClinic.OpenAsync(databases, built, await IndexAsync());

    /// <summary>Ends the build when its first page is written.</summary>
    private sealed class Kill(CancellationTokenSource killed) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value) => killed.Cancel();
    }
}
