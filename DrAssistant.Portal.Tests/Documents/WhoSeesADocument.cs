using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class WhoSeesADocument(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctors_and_nurses_in_care_and_nobody_else()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await clinic.KeptAsync(Files.Png(), clinic.Nila);

        Assert.Equal(Files.Png(), await clinic.ReadAsync(document, clinic.Asha));
        Assert.NotEmpty(await clinic.AskAsync(clinic.Nila, async d => (await d.ThumbnailAsync(document, Cancellation)).Value().ToArray()));
        foreach (var (person, kind) in new[] { (clinic.Basu, RefusalKind.NotFound), (clinic.Desk, RefusalKind.Forbidden), (await clinic.Clinic.Given.AdminAsync(), RefusalKind.Forbidden) })
        {
            await using var acting = clinic.Clinic.As(person);
            var door = acting.Get<IDocuments>();
            (await door.FindAsync(document, Cancellation)).AssertRefused(kind);
            (await door.OpenAsync(document, toKeep: false, Cancellation)).AssertRefused(kind);
            (await door.ThumbnailAsync(document, Cancellation)).AssertRefused(kind);
            (await door.MarkInErrorAsync(document, "No reason", Cancellation)).AssertRefused(kind);
            (await door.ChangeAsync(document, clinic.Draft([1]).Facts, Cancellation)).AssertRefused(kind);
            Assert.True((await door.ListAsync(new DocumentListQuery(clinic.Meera), Cancellation)).Value is null or { Documents.Count: 0 });
            (await clinic.SendAsync(person, Files.Jpeg())).AssertRefused(kind);
        }
    }

    [Fact]
    public async Task Breaking_the_glass_opens_it()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await clinic.KeptAsync(Files.Png());
        await using var basu = clinic.Clinic.As(clinic.Basu);

        (await basu.Get<IPatients>().BreakGlassAsync(clinic.Meera, "Emergency in the absence of the doctor", Cancellation)).Value();

        (await basu.Get<IDocuments>().FindAsync(document, Cancellation)).Value();
    }

    [Fact]
    public async Task An_opening_is_in_the_trail_once_however_many_pieces_are_fetched()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await clinic.KeptAsync(Files.Png());
        await using var acting = clinic.Clinic.As(clinic.Nila);
        foreach (var toKeep in new[] { false, false, true, false, true })
        {
            await using var content = (await acting.Get<IDocuments>().OpenAsync(document, toKeep, Cancellation)).Value().Content;
        }

        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "document.view", "document.download");
        await clinic.ReadAsync(document, clinic.Nila); // another session is another opening
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "document.view", "document.download", "document.view");
        var openings = new RecentOpenings(clinic.Clinic.Clock);
        var session = Guid.CreateVersion7();
        Assert.False(openings.IsOpen(session, document, "document.view"));
        openings.Opened(session, document, "document.view");
        Assert.True(openings.IsOpen(session, document, "document.view"));
        Assert.False(openings.IsOpen(session, document, "document.download"));
        Assert.False(openings.IsOpen(Guid.CreateVersion7(), document, "document.view"));
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.False(openings.IsOpen(session, document, "document.view"));
    }

    [Fact]
    public async Task What_was_entered_in_error_stays_and_is_shown_to_whoever_asks_for_it()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var (wrong, right) = (await clinic.KeptAsync(Files.Png()), await clinic.KeptAsync(Files.Jpeg()));

        (await clinic.AskAsync(clinic.Nila, d => d.MarkInErrorAsync(wrong, " ", Cancellation))).AssertRefused(RefusalKind.Invalid);
        var marked = (await clinic.AskAsync(clinic.Nila, d => d.MarkInErrorAsync(wrong, "Of another patient", Cancellation))).Value();
        (await clinic.AskAsync(clinic.Asha, d => d.MarkInErrorAsync(wrong, "Once more", Cancellation))).AssertRefused(RefusalKind.Conflict);

        Assert.Equal(new DocumentError(clinic.Clinic.Clock.Now, "Nila Das", "Of another patient"), marked.Error);
        var list = await clinic.AskAsync(clinic.Asha, async d => (await d.ListAsync(new DocumentListQuery(clinic.Meera), Cancellation)).Value());
        Assert.Equal((right, 1, 1), (Assert.Single(list.Documents).Id, list.InError, list.Counts[DocumentCategory.Report]));
        list = await clinic.AskAsync(clinic.Asha, async d => (await d.ListAsync(new DocumentListQuery(clinic.Meera, WithErrors: true), Cancellation)).Value());
        Assert.Equal(2, list.Documents.Count);
        Assert.Equal(Files.Png(), await clinic.ReadAsync(wrong));
    }

    [Fact]
    public async Task What_is_said_of_it_can_be_put_right_and_the_trail_has_both()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await clinic.KeptAsync(Files.Png());

        var changed = (await clinic.AskAsync(clinic.Nila, d => d.ChangeAsync(
            document, new DocumentFacts(DocumentCategory.Imaging, "Chest\nX-ray", new DateOnly(2026, 10, 1), "  "), Cancellation))).Value();

        Assert.Equal((DocumentCategory.Imaging, "Chest X-ray", new DateOnly(2026, 10, 1), (string?)null), (changed.Category, changed.Title, changed.Date, changed.Description));
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "document.change");
        await clinic.Clinic.AssertNowhereInTheTrailAsync("Chest X-ray");
        (await clinic.AskAsync(clinic.Nila, d => d.ChangeAsync(document, changed.Facts() with { Title = "" }, Cancellation))).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task It_stands_in_the_timeline_with_its_visit_or_on_its_own_day()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now.AddDays(-2));
        var (ofVisit, alone) = (Files.Png(), Files.Jpeg());
        await clinic.KeptAsync(ofVisit, draft: clinic.Draft(ofVisit, "Wound", new DocumentAttachment(EncounterId: visit), DocumentCategory.Photograph));
        await clinic.KeptAsync(alone, draft: clinic.Draft(alone, "Old report"));
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var timeline = acting.Get<IPatientTimeline>();

        var page = (await timeline.PageAsync(clinic.Meera, TimelineFilter.All, null, Cancellation)).Value();

        Assert.Equal(["Wound", "Old report"], page.Visits.Select(v => Assert.Single(v.Entries).Parts.Single().Text));
        Assert.Equal(["Photograph", "Report"], page.Visits.Select(v => v.Entries[0].Title));
        Assert.Equal((true, false, "Document of this day", new DateOnly(2026, 10, 30)), (page.Visits[0].IsVisit, page.Visits[1].IsVisit, page.Visits[1].Kind, clinic.Clinic.Days.DayOf(page.Visits[1].Start)));
        page = (await timeline.PageAsync(clinic.Meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Document }), null, Cancellation)).Value();
        Assert.Equal(2, page.Visits.Count);
    }

    [Fact]
    public async Task It_is_found_by_the_words_in_it_until_it_was_an_error()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        await using (var system = clinic.Clinic.AsSystem())
        {
            await system.Get<Reindexer>().RunAsync(progress: null, Cancellation);
        }

        var file = Files.Pdf("Moderate pericardial effusion without tamponade");
        var document = await clinic.KeptAsync(file, draft: clinic.Draft(file, "Outside echo"));
        await RelayAsync(clinic);

        var hit = Assert.Single(await HitsAsync(clinic, clinic.Asha, "pericardial effusions"));
        Assert.Equal((SearchGroup.Documents, document, clinic.Meera, "Outside echo"), (hit.Group, hit.Id, hit.PatientId, hit.Title));
        Assert.Equal("In the document", Assert.Single(hit.Snippets).Label);
        Assert.Equal(document, Assert.Single(await HitsAsync(clinic, clinic.Nila, "echo")).Id);
        Assert.Empty(await HitsAsync(clinic, clinic.Basu, "tamponade"));
        Assert.Empty(await HitsAsync(clinic, clinic.Desk, "tamponade"));

        (await clinic.AskAsync(clinic.Asha, d => d.MarkInErrorAsync(document, "Of another patient", Cancellation))).Value();
        Assert.Empty(await HitsAsync(clinic, clinic.Asha, "tamponade")); // before the index hears of it, too
        await RelayAsync(clinic);
        Assert.Empty(await HitsAsync(clinic, clinic.Asha, "tamponade"));
        await using var check = clinic.Clinic.AsSystem();
        Assert.Equal(0, await check.Get<IEnumerable<ISearchSource>>().Single(s => s.Kind is SearchKind.Document).CountAsync(Cancellation));
    }

    private static async Task<IReadOnlyList<SearchHit>> HitsAsync(DocumentClinic clinic, ClinicPerson person, string text)
    {
        await using var acting = clinic.Clinic.As(person);
        return (await acting.Get<ISearch>().FindAsync(new SearchQuestion(text), Cancellation)).Value().Hits;
    }

    private static async Task RelayAsync(DocumentClinic clinic)
    {
        while (await clinic.Clinic.RelayAsync() > 0)
        {
            // Until nothing is owed.
        }
    }
}

internal static class FactsOf
{
    public static DocumentFacts Facts(this DocumentView view) => new(view.Category, view.Title, view.Date, view.Description);
}
