using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>What goes over the wire: the access filter in every command, ciphertext as binary, and what the server is told to hold.</summary>
public sealed class MongoWhatIsSentTests(MongoOnTheWire mongo) : IClassFixture<MongoOnTheWire>, IDisposable
{
    private const DocumentCollection Notes = DocumentCollection.ClinicalNotes;

    private static readonly Guid Meera = TwoCharts.Meera;
    private static readonly AccessFilter Both = AccessFilter.Of([TwoCharts.Meera, TwoCharts.Ravi]);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MongoDocumentStore Store => mongo.Adapter.Store;

    [Fact]
    public async Task Every_command_asks_for_the_patients_who_may_be_touched()
    {
        var document = Document();
        await Store.TryInsertAsync(Notes, document, Both, Cancellation);
        mongo.Server.Seen.Clear();

        await Store.FindAsync(Notes, document.Id, Both, Cancellation);
        await Store.ListAsync(Notes, new DocumentQuery(), Both, Cancellation);
        await Store.ListAsync(Notes, new DocumentQuery { PatientId = Meera }, Both, Cancellation);
        await Store.ListAsync(Notes, new DocumentQuery { PatientId = Guid.CreateVersion7() }, Both, Cancellation);
        await Store.CountAsync(Notes, new DocumentQuery { Status = "draft" }, Both, Cancellation);
        await Store.TryReplaceAsync(Notes, document with { Version = 2 }, "draft", Both, Cancellation);

        Guid[][] allowed = [[Meera, TwoCharts.Ravi], [Meera, TwoCharts.Ravi], [Meera], []];
        Assert.Equal(allowed, mongo.Server.Sent("find").Select(command => Patients(command.Get<BsonDocument>("filter")!)));
        Assert.Equal([Meera, TwoCharts.Ravi], Patients(Stage(Assert.Single(mongo.Server.Sent("aggregate")))));
        var update = (BsonDocument)Assert.Single(mongo.Server.Sent("update")[^1].Get<List<object?>>("updates")!)!;
        Assert.Equal([Meera], Patients(update.Get<BsonDocument>("q")!));
    }

    [Fact]
    public async Task What_is_written_counts_when_the_majority_has_it_and_what_is_read_is_what_they_have()
    {
        await Store.TryInsertAsync(Notes, Document(), Both, Cancellation);
        await Store.CountAsync(Notes, new DocumentQuery(), Both, Cancellation);
        await Store.ListAsync(Notes, new DocumentQuery(), Both, Cancellation);

        var concern = mongo.Server.Sent("insert")[^1].Get<BsonDocument>("writeConcern")!;
        Assert.Equal(("majority", true), (concern["w"], concern["j"]));
        foreach (var command in new[] { "find", "aggregate" })
        {
            Assert.Equal("majority", mongo.Server.Sent(command)[^1].Get<BsonDocument>("readConcern")!["level"]);
            Assert.True(mongo.Server.Sent(command)[^1].Number("maxTimeMS") > 0);
        }
    }

    [Fact]
    public async Task A_note_lies_in_the_server_under_the_names_and_in_the_types_of_the_data_model()
    {
        var note = Note();
        Assert.True(await NoteStore().TryAddAsync(note, Cancellation));

        var stored = Assert.Single(mongo.Server.Documents("clinicalNotes"), document => Equals(document["_id"], note.Id));

        Assert.Equal("_id", stored.First().Key);
        Assert.Equal(note.EncounterId, Assert.IsType<Guid>(stored["encounterId"]));
        Assert.Equal(note.SignedBy, Assert.IsType<Guid>(stored["signedBy"]));
        Assert.Equal(note.Attachments[0], Assert.IsType<Guid>(Assert.IsType<List<object?>>(stored["attachments"])[0]));
        Assert.IsType<DateTimeOffset>(stored["createdAt"]);
        Assert.IsType<DateTimeOffset>(stored["signedAt"]);
        Assert.Equal(7, Assert.IsType<BsonDocument>(stored["metadata"])["editCount"]);
        Assert.Equal(("signed", "progress", 0.5), (stored["status"], stored["noteType"], stored["aiConfidenceScore"]));
        Assert.IsType<byte[]>(stored["content"]);
        Assert.True(stored.Number("schemaVersion") >= 1);

        // Ciphertext that lies there as a text was not named in BodyFields.
        Assert.DoesNotContain(stored, field => field.Value is string { Length: >= 40 } text && Convert.TryFromBase64String(text, new byte[text.Length], out _));
    }

    [Fact]
    public async Task A_note_is_read_as_it_was_written_to_the_last_digit_of_its_times()
    {
        var note = Note();
        await NoteStore().TryAddAsync(note, Cancellation);

        var read = await NoteStore().FindAsync(note.Id, Cancellation);

        Assert.Equivalent(note, read, strict: true);
        Assert.Equal(note.SignedAt, read!.SignedAt);
    }

    [Theory]
    [InlineData("content", "in clear")]
    [InlineData("aiSummary", "in clear")]
    [InlineData("status", "published")]
    [InlineData("patientId", null)]
    [InlineData("version", 0)]
    [InlineData("createdAt", "yesterday")]
    public async Task The_server_itself_refuses_what_is_no_note_whoever_writes_it(string field, object? value)
    {
        var document = Document();
        await Store.TryInsertAsync(Notes, document, Both, Cancellation);
        var stored = Assert.Single(mongo.Server.Documents("clinicalNotes"), note => Equals(note["_id"], document.Id));
        var other = new BsonDocument();
        foreach (var (name, kept) in stored)
        {
            other.Add(name, name == "_id" || name == "encounterId" ? Guid.CreateVersion7() : kept);
        }

        Assert.Equal(1, Insert(other).Number("n"));
        var wrong = new BsonDocument { { "_id", Guid.CreateVersion7() }, { "encounterId", Guid.CreateVersion7() }, { field, value } };
        foreach (var (name, kept) in stored.Where(kept => !wrong.Has(kept.Key)))
        {
            wrong.Add(name, kept);
        }

        var refused = (BsonDocument)Assert.Single(Insert(wrong).Get<List<object?>>("writeErrors")!)!;
        Assert.Equal(121, refused["code"]);
    }

    [Fact]
    public async Task Clinical_text_in_clear_does_not_leave_the_portal()
        => await Assert.ThrowsAsync<FormatException>(() => Store.TryInsertAsync(Notes, Document() with { Body = """{"content": {"subjective": "chest pain"}}""" }, Both, Cancellation));

    [Theory]
    [InlineData("""{"patientId": "x"}""")]
    [InlineData("""{"_id": 1}""")]
    [InlineData("""{"belowMillisecond": {}}""")]
    public async Task A_body_cannot_stand_in_for_the_facts(string body)
        => await Assert.ThrowsAsync<FormatException>(() => Store.TryInsertAsync(Notes, Document() with { Body = body }, Both, Cancellation));

    [Fact]
    public async Task The_server_is_told_the_indexes_that_the_questions_use()
    {
        await using var server = new WireServer();
        using var first = new MongoUnderTest(server.Uri);
        await first.Opening.OpenAsync(Cancellation);

        var indexes = server.Sent("createIndexes").SelectMany(command => command.Get<List<object?>>("indexes")!.Cast<BsonDocument>()
            .Select(index => $"{command.First().Value}: {string.Join(", ", index.Get<BsonDocument>("key")!.Select(field => $"{field.Key} {field.Value}"))}{(index["unique"] is true ? " unique" : "")}"));

        Assert.Equal(
        [
            "clinicalNotes: patientId 1, createdAt -1", "clinicalNotes: encounterId 1 unique", "clinicalNotes: encounterId 1, createdAt -1", "clinicalNotes: doctorId 1, status 1, updatedAt -1",
            "noteVersions: patientId 1, createdAt -1", "noteVersions: encounterId 1, createdAt -1",
            "documents: patientId 1, createdAt -1", "documents: encounterId 1, createdAt -1",
            "noteAmendments: patientId 1, createdAt -1", "noteAmendments: encounterId 1, createdAt -1",
            "voiceRecordings: patientId 1, createdAt -1", "voiceRecordings: encounterId 1, createdAt -1",
            "transcripts: patientId 1, createdAt -1", "transcripts: encounterId 1, createdAt -1",
            "noteDrafts: patientId 1, createdAt -1", "noteDrafts: encounterId 1, createdAt -1",
        ], indexes);
    }

    [Fact]
    public async Task The_index_by_which_a_visit_had_one_note_for_ever_is_taken_away()
    {
        await using var server = new WireServer();
        server.Do(new BsonDocument
        {
            { "createIndexes", "clinicalNotes" },
            { "indexes", new List<object?> { new BsonDocument { { "key", new BsonDocument { { "encounterId", 1 } } }, { "name", "encounter" }, { "unique", true } } } },
        });
        using var portal = new MongoUnderTest(server.Uri);

        await portal.Opening.OpenAsync(Cancellation);

        Assert.Equal("encounter", Assert.Single(server.Sent("dropIndexes"))["index"]);
        var partial = server.Sent("createIndexes")[0].Get<List<object?>>("indexes")!.Cast<BsonDocument>().Single(index => index["unique"] is true).Get<BsonDocument>("partialFilterExpression")!;
        Assert.Equal(Enum.GetValues<NoteStatus>().Except([NoteStatus.EnteredInError]).Select(EnumText.Of), partial.Get<BsonDocument>("status")!.Get<List<object?>>("$in")!);
    }

    [Fact]
    public async Task A_second_portal_finds_the_collections_and_brings_their_validators_up_to_date()
    {
        using var second = new MongoUnderTest(mongo.Server.Uri);
        mongo.Server.Seen.Clear();

        await second.Opening.OpenAsync(Cancellation);

        Assert.Equal(["clinicalNotes", "noteVersions", "documents", "noteAmendments", "voiceRecordings", "transcripts", "noteDrafts"], mongo.Server.Sent("collMod").Select(command => command.First().Value));
    }

    [Fact]
    public void A_status_of_a_note_is_a_word_that_the_portal_knows()
        => Assert.Equal(Enum.GetValues<NoteStatus>().Select(EnumText.Of), MongoValidators.NoteStatuses);

    public void Dispose() => _folder.Dispose();

    private static Guid[] Patients(BsonDocument filter) => [.. filter.Get<List<object?>>("$and")!.Cast<BsonDocument>()
        .Where(part => part.Has("patientId")).SelectMany(part => part.Get<BsonDocument>("patientId")!.Get<List<object?>>("$in")!).Cast<Guid>()];

    private static BsonDocument Stage(BsonDocument aggregate) => ((BsonDocument)aggregate.Get<List<object?>>("pipeline")![0]!).Get<BsonDocument>("$match")!;

    private static StoredDocument Document()
    {
        var now = new DateTimeOffset(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
        return new StoredDocument(Guid.CreateVersion7(), Meera, Guid.CreateVersion7(), TwoCharts.Id(Person.Asha), "draft", 1, now, now, """{"schemaVersion": 1}""");
    }

    private static ClinicalNote Note()
    {
        var now = new DateTimeOffset(2026, 11, 5, 6, 30, 0, TimeSpan.Zero).AddTicks(1_234_567);
        return new ClinicalNote
        {
            Id = Guid.CreateVersion7(),
            EncounterId = Guid.CreateVersion7(),
            PatientId = Meera,
            DoctorId = TwoCharts.Id(Person.Asha)!.Value,
            CreatedAt = now,
            UpdatedAt = now.AddTicks(1),
            Status = NoteStatus.Signed,
            NoteType = NoteType.Progress,
            Content = new SoapContent { Subjective = new Subjective { ChiefComplaint = "Crushing chest pain since morning" } },
            RawTranscription = "doctor it hurts here",
            AiSummary = "Suspected angina",
            AiConfidenceScore = 0.5,
            SignedBy = TwoCharts.Id(Person.Asha),
            SignedAt = now.AddTicks(2),
            Metadata = new NoteMetadata { EditCount = 7, CompletionTime = 61.25 },
            Tags = ["2026-11-05", "follow-up"],
            Attachments = [Guid.CreateVersion7()],
        };
    }

    private BsonDocument Insert(BsonDocument document)
        => mongo.Server.Do(new BsonDocument { { "insert", "clinicalNotes" }, { "documents", new List<object?> { document } } });

    private NoteStore NoteStore()
    {
        var system = new SystemUser();
        var ring = KeyRing.Open(_folder["ring.json"], _folder["master.json"], TimeProvider.System);
        return new NoteStore(Store, new CareTeam(null!, system), new PhiCipher(ring));
    }
}
