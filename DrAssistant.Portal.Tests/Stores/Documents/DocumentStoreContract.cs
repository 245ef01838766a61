using System.Text.Json.Nodes;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Documents;

/// <summary>What every adapter of <see cref="IDocumentStore"/> must do. A derived class names the adapter.</summary>
public abstract class DocumentStoreContract
{
    private const DocumentCollection Facts = DocumentCollection.Documents;
    private const DocumentCollection Notes = DocumentCollection.ClinicalNotes;

    // Whole microseconds, which every adapter keeps.
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
    private static readonly AccessFilter Both = AccessFilter.Of([TwoCharts.Meera, TwoCharts.Ravi]);
    private static readonly AccessFilter RaviOnly = AccessFilter.Of([TwoCharts.Ravi]);

    private readonly Guid _thisTest = Guid.CreateVersion7();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The store as background work uses it, which nothing but the access filter confines.</summary>
    internal abstract IDocumentStore Store { get; }

    [Fact]
    public async Task What_was_inserted_is_found_as_it_was()
    {
        var document = Document() with { Body = """{"title": "Röntgen", "pages": [1, 2], "size": 12.50, "none": null}""" };

        Assert.True(await Store.TryInsertAsync(Facts, document, Both, Cancellation));

        var found = await Store.FindAsync(Facts, document.Id, Both, Cancellation);
        Assert.Equal(document, found! with { Body = document.Body });
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document.Body), JsonNode.Parse(found.Body)));
        Assert.Null(await Store.FindAsync(Facts, Guid.CreateVersion7(), Both, Cancellation));
        Assert.Null(await Store.FindAsync(Notes, document.Id, Both, Cancellation));
    }

    /// <summary>What a text looks like is no reason to make something else of it, and a number keeps its digits.</summary>
    [Theory]
    [InlineData("""{"id": "0190c1b2-0000-7000-8000-000000000001", "at": "2026-11-05T06:30:00Z", "code": "QUJD", "oid": {"$oid": "5f"}, "when": {"$date": 0}}""")]
    [InlineData("""{"small": 0.1, "long": 9007199254740993, "exact": 0.10, "negative": -12.500, "large": 1E+300, "third": 0.3333333333333333}""")]
    [InlineData("""{"list": [1, [2, [3]], {"a": []}], "empty": {}, "blank": "", "yes": true, "no": false, "nothing": null}""")]
    [InlineData("""{"words": "\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude00 \"quoted\" \\ \n\t", "dotted.name": 1, "with space": 2}""")]
    public async Task A_body_comes_back_as_it_was_whatever_it_holds(string body)
    {
        var document = await InsertedAsync(Document() with { Body = body });

        var found = await Store.FindAsync(Facts, document.Id, Both, Cancellation);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(found!.Body)), found.Body);
    }

    [Fact]
    public async Task An_instant_is_kept_to_the_microsecond()
    {
        var document = await InsertedAsync(Document() with { CreatedAt = Noon.AddMicroseconds(123_456), UpdatedAt = Noon.AddMicroseconds(-1) });

        var found = await Store.FindAsync(Facts, document.Id, Both, Cancellation);

        Assert.Equal((document.CreatedAt, document.UpdatedAt), (found!.CreatedAt, found.UpdatedAt));
        Assert.True(await Store.TryReplaceAsync(Facts, found with { Version = 2 }, document.Status, Both, Cancellation));
    }

    [Fact]
    public async Task An_id_is_inserted_once()
    {
        var document = await InsertedAsync(Document());

        Assert.False(await Store.TryInsertAsync(Facts, document with { Status = "other" }, Both, Cancellation));

        Assert.Equal(document.Status, (await Store.FindAsync(Facts, document.Id, Both, Cancellation))?.Status);
    }

    [Fact]
    public async Task An_encounter_has_one_note()
    {
        var note = Document() with { EncounterId = await VisitAsync(TwoCharts.Meera), Status = "draft" };
        Assert.True(await Store.TryInsertAsync(Notes, note, Both, Cancellation));

        Assert.False(await Store.TryInsertAsync(Notes, note with { Id = Guid.CreateVersion7() }, Both, Cancellation));

        Assert.Equal(1, await Store.CountAsync(Notes, new DocumentQuery { EncounterId = note.EncounterId }, Both, Cancellation));
    }

    [Fact]
    public async Task An_encounter_whose_note_was_entered_in_error_gets_another_one_and_no_third()
    {
        var note = Document() with { EncounterId = await VisitAsync(TwoCharts.Meera), Status = "draft" };
        Assert.True(await Store.TryInsertAsync(Notes, note, Both, Cancellation));
        Assert.True(await Store.TryReplaceAsync(Notes, note with { Version = 2, Status = "entered_in_error" }, "draft", Both, Cancellation));

        var second = note with { Id = Guid.CreateVersion7() };
        Assert.True(await Store.TryInsertAsync(Notes, second, Both, Cancellation));

        Assert.False(await Store.TryInsertAsync(Notes, note with { Id = Guid.CreateVersion7() }, Both, Cancellation));
        Assert.Equal(2, await Store.CountAsync(Notes, new DocumentQuery { EncounterId = note.EncounterId }, Both, Cancellation));
        Assert.True(await Store.TryReplaceAsync(Notes, second with { Version = 2, Status = "entered_in_error" }, "draft", Both, Cancellation));
    }

    [Fact]
    public async Task Of_many_who_write_the_note_of_one_encounter_one_succeeds()
    {
        var note = Document() with { EncounterId = await VisitAsync(TwoCharts.Meera), Status = "draft" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.TryInsertAsync(Notes, note with { Id = Guid.CreateVersion7() }, Both, Cancellation)));

        Assert.Single(answers, answer => answer);
    }

    [Fact]
    public async Task A_note_that_was_signed_is_amended_and_never_changed_otherwise()
    {
        var note = Document() with { EncounterId = await VisitAsync(TwoCharts.Meera), Status = "draft" };
        Assert.True(await Store.TryInsertAsync(Notes, note, Both, Cancellation));
        var signed = note with { Version = 2, Status = "signed", Body = """{"text":"as signed"}""" };
        Assert.True(await Store.TryReplaceAsync(Notes, signed, "draft", Both, Cancellation));

        // As a draft it is no longer there; as what it is, the store itself refuses.
        Assert.False(await Store.TryReplaceAsync(Notes, signed with { Version = 3, Body = "{}" }, "draft", Both, Cancellation));
        Assert.NotNull(await Record.ExceptionAsync(() => Store.TryReplaceAsync(Notes, signed with { Version = 3, Body = "{}" }, "signed", Both, Cancellation)));
        Assert.NotNull(await Record.ExceptionAsync(() => Store.TryReplaceAsync(Notes, signed with { Version = 3, Status = "draft" }, "signed", Both, Cancellation)));

        Assert.Contains("as signed", (await Store.FindAsync(Notes, note.Id, Both, Cancellation))!.Body, StringComparison.Ordinal);
        Assert.True(await Store.TryReplaceAsync(Notes, signed with { Version = 3, Status = "amended" }, "signed", Both, Cancellation));
        Assert.True(await Store.TryReplaceAsync(Notes, signed with { Version = 4, Status = "amended" }, "amended", Both, Cancellation));
    }

    [Fact]
    public async Task A_version_is_written_and_never_rewritten()
    {
        var version = Document() with { Status = "signed" };
        Assert.True(await Store.TryInsertAsync(DocumentCollection.NoteVersions, version, Both, Cancellation));

        Assert.NotNull(await Record.ExceptionAsync(
            () => Store.TryReplaceAsync(DocumentCollection.NoteVersions, version with { Version = 2, Status = "amended" }, "signed", Both, Cancellation)));

        Assert.Equal(1, (await Store.FindAsync(DocumentCollection.NoteVersions, version.Id, Both, Cancellation))?.Version);
    }

    [Fact]
    public async Task The_next_version_replaces_the_one_before()
    {
        var document = await InsertedAsync(Document());
        var next = document with { Version = 2, Status = "checked", UpdatedAt = Noon.AddHours(1), Body = """{"a":2}""" };

        Assert.True(await Store.TryReplaceAsync(Facts, next, document.Status, Both, Cancellation));

        var found = await Store.FindAsync(Facts, document.Id, Both, Cancellation);
        Assert.Equal(next, found! with { Body = next.Body });
        Assert.Equal(2, JsonNode.Parse(found.Body)!["a"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(1)] // the same once more
    [InlineData(3)] // one was skipped
    [InlineData(0)]
    public async Task Another_version_than_the_next_replaces_nothing(int version)
    {
        var document = await InsertedAsync(Document());

        Assert.False(await Store.TryReplaceAsync(Facts, document with { Version = version, Status = "lost" }, document.Status, Both, Cancellation));

        Assert.Equal(document.Status, (await Store.FindAsync(Facts, document.Id, Both, Cancellation))?.Status);
    }

    [Fact]
    public async Task A_document_that_is_no_longer_as_it_was_is_not_replaced()
    {
        var document = await InsertedAsync(Document());

        Assert.False(await Store.TryReplaceAsync(Facts, document with { Version = 2 }, "signed", Both, Cancellation));
        Assert.False(await Store.TryReplaceAsync(Facts, document with { Id = Guid.CreateVersion7(), Version = 2 }, document.Status, Both, Cancellation));
        Assert.False(await Store.TryReplaceAsync(Facts, document with { PatientId = TwoCharts.Ravi, Version = 2 }, document.Status, Both, Cancellation));
    }

    [Fact]
    public async Task Of_many_who_replace_the_same_version_one_succeeds()
    {
        var document = await InsertedAsync(Document());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.TryReplaceAsync(
            Facts, document with { Version = 2, Body = $$"""{"by":{{i}}}""" }, document.Status, Both, Cancellation)));

        var winner = Array.IndexOf(answers, true);
        Assert.Single(answers, answer => answer);
        Assert.Equal(winner, JsonNode.Parse((await Store.FindAsync(Facts, document.Id, Both, Cancellation))!.Body)!["by"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_list_begins_with_the_newest_and_stops_where_it_is_told()
    {
        var oldest = await InsertedAsync(Document() with { CreatedAt = Noon.AddDays(-1) });
        var newest = await InsertedAsync(Document() with { CreatedAt = Noon.AddDays(1) });
        var middle = await InsertedAsync(Document());

        Assert.Equal([newest.Id, middle.Id, oldest.Id], await ListAsync(Mine()));
        Assert.Equal([newest.Id, middle.Id], await ListAsync(Mine() with { Take = 2 }));
        Assert.Equal([oldest.Id, middle.Id, newest.Id], await ListAsync(Mine() with { OldestFirst = true }));
        Assert.Empty(await ListAsync(Mine() with { Take = 0 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_after_page_shows_each_document_once_even_those_of_one_instant(bool oldestFirst)
    {
        var all = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            all.Add((await InsertedAsync(Document() with { CreatedAt = i < 5 ? Noon : Noon.AddMinutes(i) })).Id);
        }

        var seen = new List<StoredDocument>();
        while (true)
        {
            var after = seen.Count == 0 ? null : new DocumentCursor(seen[^1].CreatedAt, seen[^1].Id);
            var page = await Store.ListAsync(Facts, Mine() with { Take = 2, After = after, OldestFirst = oldestFirst }, Both, Cancellation);
            if (page.Count == 0)
            {
                break;
            }

            seen.AddRange(page);
        }

        Assert.Equal(all.Count, seen.Count);
        Assert.Equal(all.Order(), seen.Select(document => document.Id).Order());
        Assert.Equal(oldestFirst ? seen.Select(document => document.CreatedAt).Order() : seen.Select(document => document.CreatedAt).OrderDescending(), seen.Select(document => document.CreatedAt));
    }

    [Fact]
    public async Task A_question_narrows_by_all_that_it_names()
    {
        var mine = await InsertedAsync(Document());
        var ofRavi = await InsertedAsync(Document() with { PatientId = TwoCharts.Ravi });
        var byBasu = await InsertedAsync(Document() with { DoctorId = TwoCharts.Id(Person.Basu) });
        var checkedOne = await InsertedAsync(Document() with { Status = "checked" });
        var elsewhere = await InsertedAsync(Document() with { EncounterId = Guid.CreateVersion7() });

        Assert.Equal(ofRavi.Id, Assert.Single(await ListAsync(Mine() with { PatientId = TwoCharts.Ravi })));
        Assert.Equal(byBasu.Id, Assert.Single(await ListAsync(Mine() with { DoctorId = TwoCharts.Id(Person.Basu) })));
        Assert.Equal(checkedOne.Id, Assert.Single(await ListAsync(Mine() with { Status = "checked" })));
        Assert.Equal(4, await Store.CountAsync(Facts, Mine(), Both, Cancellation));
        Assert.Equal(5, await Store.CountAsync(Facts, new DocumentQuery { EncounterIds = [_thisTest, elsewhere.EncounterId!.Value] }, Both, Cancellation));
        Assert.Equal(0, await Store.CountAsync(Facts, new DocumentQuery { EncounterIds = [] }, Both, Cancellation));
        Assert.Equal(mine.Id, Assert.Single(await ListAsync(Mine() with
        {
            PatientId = TwoCharts.Meera, DoctorId = TwoCharts.Id(Person.Asha), Status = mine.Status,
        })));
    }

    [Fact]
    public async Task Nothing_outside_the_access_filter_is_found_listed_or_counted()
    {
        var document = await InsertedAsync(Document());

        Assert.Null(await Store.FindAsync(Facts, document.Id, RaviOnly, Cancellation));
        Assert.Empty(await Store.ListAsync(Facts, Mine(), RaviOnly, Cancellation));
        Assert.Equal(0, await Store.CountAsync(Facts, Mine(), RaviOnly, Cancellation));
        Assert.Empty(await Store.ListAsync(Facts, Mine() with { PatientId = TwoCharts.Meera }, RaviOnly, Cancellation));
        Assert.Empty(await Store.ListAsync(Facts, Mine(), AccessFilter.Of([]), Cancellation));
        Assert.Single(await Store.ListAsync(Facts, Mine(), AccessFilter.Everything, Cancellation));
    }

    [Fact]
    public async Task Nothing_outside_the_access_filter_is_written()
    {
        var document = await InsertedAsync(Document());

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Store.TryInsertAsync(Facts, Document(), RaviOnly, Cancellation));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Store.TryReplaceAsync(Facts, document with { Version = 2 }, document.Status, RaviOnly, Cancellation));

        // Nor by claiming that it is about somebody else.
        Assert.False(await Store.TryReplaceAsync(
            Facts, document with { PatientId = TwoCharts.Ravi, Version = 2 }, document.Status, RaviOnly, Cancellation));
        Assert.Equal(1, await Store.CountAsync(Facts, Mine(), Both, Cancellation));
    }

    /// <summary>A visit that a note can belong to.</summary>
    private protected abstract Task<Guid> VisitAsync(Guid patient);

    private protected StoredDocument Document() => new(
        Guid.CreateVersion7(), TwoCharts.Meera, _thisTest, TwoCharts.Id(Person.Asha), "stored", 1, Noon, Noon, """{"a":1}""");

    private DocumentQuery Mine() => new() { EncounterId = _thisTest };

    private async Task<StoredDocument> InsertedAsync(StoredDocument document)
    {
        Assert.True(await Store.TryInsertAsync(Facts, document, Both, Cancellation));
        return document;
    }

    private async Task<IEnumerable<Guid>> ListAsync(DocumentQuery query)
        => (await Store.ListAsync(Facts, query, Both, Cancellation)).Select(document => document.Id);
}
