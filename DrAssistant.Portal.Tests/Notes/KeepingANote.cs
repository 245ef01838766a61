using System.Text;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>Notes as they lie in the store: sealed, and only for those who care for the patient.</summary>
public sealed class KeepingANote(TwoCharts charts) : IClassFixture<TwoCharts>, IDisposable
{
    private const string Complaint = "Crushing chest pain since morning";
    private const string Said = "doctor it hurts here";
    private const string Summary = "Suspected angina";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_clinical_cannot_be_read_in_the_table()
    {
        var note = await NoteAsync();
        Assert.True(await As(Person.Asha).TryAddAsync(note, Cancellation));

        await using var worker = await charts.AsWorkerAsync();
        var body = await worker.AskAsync<string>("SELECT body::text FROM clinical_notes WHERE id = $1", note.Id);

        Assert.Contains("noteType", body, StringComparison.Ordinal);
        foreach (var text in new[] { Complaint, Said, Summary })
        {
            Assert.DoesNotContain(text, body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..12], body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_cares_for_the_patient_reads_it_as_it_was_written()
    {
        var note = await NoteAsync();
        await As(Person.Asha).TryAddAsync(note, Cancellation);

        var read = await As(Person.Nila).FindAsync(note.Id, Cancellation);

        Assert.Equal(Complaint, read?.Content.Subjective?.ChiefComplaint);
        Assert.Equal((Said, Summary, 0.5, NoteType.Progress), (read?.RawTranscription, read?.AiSummary, read?.AiConfidenceScore, read?.NoteType));
        Assert.Equal(["follow-up"], read?.Tags);
        Assert.Equal(note.Id, Assert.Single(await As(Person.Asha).ListAsync(new DocumentQuery { EncounterId = note.EncounterId }, Cancellation)).Id);
    }

    [Theory]
    [InlineData(Person.Basu)]
    [InlineData(Person.Desk)]
    [InlineData(Person.Admin)]
    [InlineData(Person.Former)]
    [InlineData(Person.Nobody)]
    public async Task Nobody_else_finds_lists_counts_or_adds_one(Person person)
    {
        var note = await NoteAsync();
        await As(Person.Asha).TryAddAsync(note, Cancellation);
        var store = As(person);
        var query = new DocumentQuery { PatientId = TwoCharts.Meera };

        Assert.Null(await store.FindAsync(note.Id, Cancellation));
        Assert.Empty(await store.ListAsync(query, Cancellation));
        Assert.Equal(0, await store.CountAsync(query, Cancellation));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => store.TryAddAsync(note with { Id = Guid.CreateVersion7() }, Cancellation));
    }

    [Fact]
    public async Task Text_that_was_moved_to_another_note_is_not_shown()
    {
        var (note, other) = (await NoteAsync(), await NoteAsync());
        await As(Person.Asha).TryAddAsync(note, Cancellation);
        await As(Person.Asha).TryAddAsync(other, Cancellation);
        await using (var worker = await charts.AsWorkerAsync())
        {
            await worker.RunAsync("UPDATE clinical_notes SET body = (SELECT body FROM clinical_notes WHERE id = $1) WHERE id = $2", note.Id, other.Id);
            await worker.KeepAsync();
        }

        await Assert.ThrowsAsync<UnreadableFieldException>(() => As(Person.Asha).FindAsync(other.Id, Cancellation));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ClinicalNote> NoteAsync()
    {
        var visit = Guid.CreateVersion7();
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync("INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status) VALUES ($1, $2, $3, 'office_visit', now(), 'completed')",
            visit, TwoCharts.Id(Person.Asha)!, TwoCharts.Meera);
        await worker.KeepAsync();
        var now = TimeProvider.System.GetUtcNow();
        return new ClinicalNote
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit,
            PatientId = TwoCharts.Meera,
            DoctorId = TwoCharts.Id(Person.Asha)!.Value,
            CreatedAt = now,
            UpdatedAt = now,
            NoteType = NoteType.Progress,
            Content = new SoapContent { Subjective = new Subjective { ChiefComplaint = Complaint } },
            RawTranscription = Said,
            AiSummary = Summary,
            AiConfidenceScore = 0.5,
            Tags = ["follow-up"],
        };
    }

    private NoteStore As(Person person)
    {
        var user = TestPerson.Of(person);
        var batch = new SecuredBatch(charts.Sources, user);
        var ring = KeyRing.Open(_folder["ring.json"], _folder["master.json"], TimeProvider.System);
        return new NoteStore(new PostgresDocumentStore(batch, user), new CareTeam(batch, user), new PhiCipher(ring));
    }
}
