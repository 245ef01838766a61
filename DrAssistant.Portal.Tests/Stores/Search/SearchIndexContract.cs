using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Search;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Search;

/// <summary>What every adapter of <see cref="ISearchIndex"/> must do. A derived class names the adapter.</summary>
public abstract class SearchIndexContract(ClinicDatabase databases)
{
    private const int Build = 1;

    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
    private static readonly SearchKind[] Notes = [SearchKind.Note];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_come_first_and_each_kind_says_how_many_there_are()
    {
        await using var clinic = await OpenAsync();
        IndexedDocument[] notes = [.. Enumerable.Range(0, 7).Select(n => Document(clinic.Meera, "a") with { At = Noon.AddHours(n / 2) })];
        IndexedDocument[] orders = [.. Enumerable.Range(0, 2).Select(n => Document(clinic.Meera, "a", SearchKind.Order) with { At = Noon.AddHours(n) })];
        await WriteAsync(clinic, [.. notes, .. orders, Document(clinic.Meera, "b", SearchKind.Result)]);

        var answer = await FindAsync(clinic, clinic.Nila, new IndexQuestion(Words("a"), [SearchKind.Note, SearchKind.Order, SearchKind.Result], 5));

        Guid[] Newest(IEnumerable<IndexedDocument> of) => [.. of.OrderByDescending(d => d.At).ThenBy(d => d.Key.Id.ToString(), StringComparer.Ordinal).Take(5).Select(d => d.Key.Id)];
        Assert.Equal([.. Newest(notes), .. Newest(orders)], answer.Hits.Select(hit => hit.Key.Id));
        Assert.Equal([(SearchKind.Note, 7L), (SearchKind.Order, 2L)], answer.Totals.OrderBy(t => t.Key).Select(t => (t.Key, t.Value)));
        Assert.Equal((orders[1].PatientId, orders[1].VisitId, orders[1].At), answer.Hits[5] is var hit ? (hit.PatientId, hit.VisitId, hit.At) : default);
    }

    [Fact]
    public async Task What_is_written_in_a_row_is_found_in_a_row_and_no_row_reaches_over_a_gap()
    {
        await using var clinic = await OpenAsync();
        var row = Document(clinic.Meera, "a b c");
        var parted = row with { Key = new DocumentKey(SearchKind.Note, Guid.CreateVersion7()), Terms = [new("a", 1), new("b", 12), new("c", 13)] };
        await WriteAsync(clinic, row, parted);

        async Task<IEnumerable<Guid>> Ids(params string[][] places) => await IdsAsync(clinic, new SearchTerms([new SearchDemand([places])], []));

        Assert.Equal([row.Key.Id], await Ids(["a"], ["b"]));
        Assert.Equal([row.Key.Id], await Ids(["a"], ["b"], ["c"]));
        Assert.Equal([row.Key.Id], await Ids(["x", "a"], ["y", "b"], ["c", "z"]));
        Assert.Equal(2, (await Ids(["b"], ["c"])).Count());
        Assert.Empty(await Ids(["a"], ["c"]));
        Assert.Empty(await Ids(["b"], ["a"]));
        Assert.Equal(2, (await Ids(["x", "c"])).Count());
        Assert.Empty(await Ids(["A"])); // a hash is of one case
    }

    [Fact]
    public async Task Every_demand_is_met_by_one_of_its_phrases_and_what_is_unwanted_by_none()
    {
        await using var clinic = await OpenAsync();
        var (ab, ac) = (Document(clinic.Meera, "a b"), Document(clinic.Meera, "a c"));
        await WriteAsync(clinic, ab, ac);
        SearchDemand A = Demand("a"), B = Demand("b"), C = Demand("c"), BOrC = new([[["b"]], [["c"]], [["a"], ["x"]]]), AThenB = new([[["a"], ["b"]]]);

        Assert.Equal(2, (await IdsAsync(clinic, new SearchTerms([A, BOrC], []))).Count);
        Assert.Equal([ab.Key.Id], await IdsAsync(clinic, new SearchTerms([A, B], [])));
        Assert.Empty(await IdsAsync(clinic, new SearchTerms([B, C], [])));
        Assert.Equal([ac.Key.Id], await IdsAsync(clinic, new SearchTerms([A], [B])));
        Assert.Equal([ac.Key.Id], await IdsAsync(clinic, new SearchTerms([A], [AThenB])));
        Assert.Empty(await IdsAsync(clinic, new SearchTerms([A], [B, C])));
    }

    /// <summary>Asked itself, past everything that asks for permissions first.</summary>
    [Fact]
    public async Task The_index_itself_has_nothing_for_the_desk_an_admin_nobody_or_another_doctor()
    {
        await using var clinic = await OpenAsync();
        var (meeras, ravis) = (Document(clinic.Meera, "a"), Document(clinic.Ravi, "a"));
        await clinic.NoteAsync(clinic.Asha, clinic.Meera, "makes Meera her patient");
        await clinic.NoteAsync(clinic.Basu, clinic.Ravi, "makes Ravi his");
        await WriteAsync(clinic, meeras, ravis);
        var all = new IndexQuestion(Words("a"), Enum.GetValues<SearchKind>(), 50);

        Assert.Equal([meeras.Key.Id], (await FindAsync(clinic, clinic.Asha, all)).Hits.Select(hit => hit.Key.Id));
        Assert.Equal([ravis.Key.Id], (await FindAsync(clinic, clinic.Basu, all)).Hits.Select(hit => hit.Key.Id));
        Assert.Equal(2, (await FindAsync(clinic, clinic.Nila, all)).Totals[SearchKind.Note]);
        foreach (var (person, question) in new (ClinicPerson?, IndexQuestion)[]
        {
            (clinic.Desk, all), (clinic.Admin, all), (null, all), (clinic.Asha, all with { PatientId = clinic.Ravi }), (clinic.Asha, all with { Kinds = [] }), (clinic.Asha, all with { Kinds = [SearchKind.Order] }),
        })
        {
            var answer = await FindAsync(clinic, person, question);
            Assert.Empty(answer.Hits);
            Assert.Empty(answer.Totals);
        }
    }

    [Fact]
    public async Task Filters_leave_a_patients_a_doctors_or_a_times_to_the_microsecond()
    {
        await using var clinic = await OpenAsync();
        var early = Document(clinic.Meera, "a") with { At = Noon, DoctorId = clinic.Asha.Id };
        var late = Document(clinic.Ravi, "a") with { At = Noon.AddMicroseconds(1), DoctorId = clinic.Basu.Id };
        await WriteAsync(clinic, early, late);
        var all = new IndexQuestion(Words("a"), Notes, 50);

        async Task<IEnumerable<Guid>> Ids(IndexQuestion question) => (await FindAsync(clinic, clinic.Nila, question)).Hits.Select(hit => hit.Key.Id);

        Assert.Equal([late.Key.Id, early.Key.Id], await Ids(all));
        Assert.Equal([early.Key.Id], await Ids(all with { PatientId = clinic.Meera }));
        Assert.Equal([late.Key.Id], await Ids(all with { DoctorId = clinic.Basu.Id }));
        Assert.Equal([late.Key.Id], await Ids(all with { Since = late.At }));
        Assert.Equal([early.Key.Id], await Ids(all with { Until = late.At }));
        Assert.Equal([early.Key.Id], await Ids(all with { Since = early.At.ToOffset(TimeSpan.FromHours(5.5)), Until = late.At }));
        Assert.Empty(await Ids(all with { Since = late.At.AddMicroseconds(1) }));
    }

    [Fact]
    public async Task In_whatever_order_and_however_often_versions_come_the_highest_stays()
    {
        await using var clinic = await OpenAsync();
        var first = Document(clinic.Meera, "a") with { Version = 5 };
        IndexedDocument second = first with { Version = 6, Terms = [new("b", 1)] }, gone = first with { Version = 7, Terms = [], IsGone = true };

        await WriteAsync(clinic, second);
        await WriteAsync(clinic, first, second, first);
        Assert.Empty(await IdsAsync(clinic, Words("a")));
        Assert.Equal([first.Key.Id], await IdsAsync(clinic, Words("b")));

        await WriteAsync(clinic, gone);
        await WriteAsync(clinic, second, gone);
        Assert.Empty(await IdsAsync(clinic, Words("b")));
        await using var system = clinic.Clinic.AsSystem();
        Assert.Equal(0, await system.Get<ISearchIndex>().CountAsync(Build, SearchKind.Note, Cancellation));
    }

    [Fact]
    public async Task Both_sides_can_be_counted_drawn_from_and_compared()
    {
        await using var clinic = await OpenAsync();
        IndexedDocument[] notes = [.. Enumerable.Range(0, 30).Select(_ => Document(clinic.Meera, "a b"))];
        var gone = Document(clinic.Meera, "") with { IsGone = true };
        await WriteAsync(clinic, [.. notes, gone]);
        await using var system = clinic.Clinic.AsSystem();
        var index = system.Get<ISearchIndex>();

        Assert.Equal(30, await index.CountAsync(Build, SearchKind.Note, Cancellation));
        Assert.Equal(0, await index.CountAsync(Build, SearchKind.Order, Cancellation));
        var some = await index.SampleAsync(Build, SearchKind.Note, 20, Cancellation);
        Assert.Equal((20, 20), (some.Count, some.Intersect(notes.Select(note => note.Key.Id)).Count()));
        Assert.Equal(notes.Select(note => note.Key.Id).Order(), (await index.SampleAsync(Build, SearchKind.Note, 50, Cancellation)).Order());

        var (missing, otherwise, elsewhere) = (Document(clinic.Meera, "a"), notes[1] with { Terms = [new("a", 1), new("b", 3)] }, notes[2] with { PatientId = clinic.Ravi });
        Assert.Equal(
            new[] { missing.Key, otherwise.Key, elsewhere.Key }.OrderBy(key => key.Id),
            (await index.DifferingAsync(Build, [missing, notes[0], otherwise, elsewhere], Cancellation)).OrderBy(key => key.Id));
        Assert.Empty(await index.DifferingAsync(Build, [], Cancellation));
    }

    [Fact]
    public async Task A_build_beside_the_index_is_not_asked_until_it_is_switched_to_and_then_alone()
    {
        await using var clinic = await OpenAsync();
        var (old, anew) = (Document(clinic.Meera, "a"), Document(clinic.Meera, "a"));
        await WriteAsync(clinic, old);
        await using var system = clinic.Clinic.AsSystem();
        var (index, builds) = (system.Get<ISearchIndex>(), system.Get<SearchBuilds>());
        var build = (await builds.BeginAsync(Cancellation)).Generation;
        await index.PrepareAsync(build, Cancellation);
        await index.PrepareAsync(build, Cancellation); // a build that goes on
        Assert.True(await index.IsThereAsync(build, Cancellation));
        Assert.Empty(await index.WriteAsync(build, [anew], Cancellation));
        Assert.Equal([old.Key.Id], await IdsAsync(clinic, Words("a")));

        await index.SwitchAsync(build, Cancellation);
        await builds.SwitchAsync(build, Cancellation);
        await index.SwitchAsync(build, Cancellation);
        Assert.Equal([anew.Key.Id], await IdsAsync(clinic, Words("a")));

        await index.DropAsync(Build, Cancellation);
        await index.DropAsync(Build, Cancellation);
        Assert.Equal([anew.Key.Id], await IdsAsync(clinic, Words("a")));
    }

    private protected abstract Task<IndexUnderTest> IndexAsync();

    private protected async Task<SearchClinic> OpenAsync() => await SearchClinic.OpenAsync(databases, built: true, await IndexAsync());

    private static IndexedDocument Document(Guid patient, string words, SearchKind kind = SearchKind.Note) => new(
        new DocumentKey(kind, Guid.CreateVersion7()), patient, Guid.CreateVersion7(), Guid.CreateVersion7(), Noon, 1, IsGone: false,
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, n) => new PlacedTerm(word, n + 1))]);

    private static SearchTerms Words(params string[] words) => new([.. words.Select(Demand)], []);

    private static SearchDemand Demand(string word) => new([[[word]]]);

    private static async Task WriteAsync(SearchClinic clinic, params IndexedDocument[] documents)
    {
        await using var system = clinic.Clinic.AsSystem();
        foreach (var once in documents.Select((document, n) => (document, n)).GroupBy(d => documents.Take(d.n).Count(other => other.Key == d.document.Key), d => d.document))
        {
            Assert.Empty(await system.Get<ISearchIndex>().WriteAsync(Build, [.. once], Cancellation));
        }
    }

    private static async Task<IndexAnswer> FindAsync(SearchClinic clinic, ClinicPerson? person, IndexQuestion question)
    {
        await clinic.Index.SettleAsync();
        await using var acting = person is null ? clinic.Clinic.AsNobody() : clinic.Clinic.As(person);
        return await acting.Get<ISearchIndex>().FindAsync(question, Cancellation);
    }

    /// <summary>As the nurse finds them, who has both patients.</summary>
    private static async Task<IReadOnlyList<Guid>> IdsAsync(SearchClinic clinic, SearchTerms terms)
        => [.. (await FindAsync(clinic, clinic.Nila, new IndexQuestion(terms, Notes, 50))).Hits.Select(hit => hit.Key.Id)];
}
