using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Patients.Merging;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>Two records become one, or two again, while their notes are in another store.</summary>
public sealed class MongoAfterAMergeTests(ClinicDatabase databases, MongoOnTheWire mongo) : IClassFixture<MongoOnTheWire>
{
    private const DocumentCollection Notes = DocumentCollection.ClinicalNotes;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notes_follow_their_visits_there_and_back_and_stay_as_they_were()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var notes = await NotesOfEveryVisitAsync(records);
        var stranger = Note(Guid.CreateVersion7(), Guid.CreateVersion7());
        await mongo.Adapter.Store.TryInsertAsync(Notes, stranger, AccessFilter.Everything, Cancellation);
        var merge = await records.AskAsync();

        (await records.ApproveAsync(merge)).Value();
        await CarryOutAsync(records);
        await CarryOutAsync(records);

        Assert.All(await StoredAsync(notes), (note, i) => Assert.Equal(notes[i] with { PatientId = TwoRecords.Survivor, Body = note.Body }, note));

        (await records.UndoAsync(merge)).Value();
        await CarryOutAsync(records);

        Assert.All(await StoredAsync(notes), (note, i) => Assert.Equal(notes[i] with { Body = note.Body }, note));
        Assert.Equal(stranger.PatientId, (await StoredAsync([stranger]))[0].PatientId);
    }

    [Fact]
    public async Task Whoever_cares_for_the_record_that_stays_reads_the_versions_of_the_other()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        Assert.DoesNotContain(TwoRecords.Merged, await AccessAsync(records, Person.Nila));
        var merge = await records.AskAsync();

        (await records.ApproveAsync(merge)).Value();

        Assert.Contains(TwoRecords.Merged, await AccessAsync(records, Person.Nila));
        Assert.Contains(TwoRecords.Survivor, await AccessAsync(records, Person.Nila));
        Assert.Empty(await AccessAsync(records, Person.Desk));
        Assert.Empty(await AccessAsync(records, Person.Nobody));

        (await records.UndoAsync(merge)).Value();
        Assert.DoesNotContain(TwoRecords.Merged, await AccessAsync(records, Person.Nila));
    }

    [Fact]
    public async Task A_change_of_somebody_who_was_never_merged_asks_the_other_store_nothing()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        mongo.Server.Seen.Clear();

        await CarryOutAsync(records);

        Assert.Empty(mongo.Server.Sent("update"));
    }

    private static async Task<IReadOnlyCollection<Guid>> AccessAsync(TwoRecords records, Person person)
    {
        var somebody = TestPerson.Of(person);
        var sources = records.Clinic.Services.GetRequiredService<ClinicDataSources>();
        return (await new CareTeam(new SecuredBatch(sources, somebody), somebody).AccessAsync(Cancellation)).Patients!;
    }

    private async Task CarryOutAsync(TwoRecords records)
    {
        var handler = new NotesFollowMerges(
            records.Clinic.Services.GetRequiredService<ClinicDataSources>(), new MongoFiling(mongo.Adapter.Client, mongo.Adapter.Schema));
        foreach (var patient in new[] { TwoRecords.Merged, TwoRecords.Survivor })
        {
            var now = TimeProvider.System.GetUtcNow();
            await handler.HandleAsync(
                new OutboxMessage { Id = Guid.CreateVersion7(), Kind = "patient.changed", PatientId = patient, CreatedAt = now, AvailableAt = now }, Cancellation);
        }
    }

    private async Task<List<StoredDocument>> NotesOfEveryVisitAsync(TwoRecords records)
    {
        var notes = (await records.ListAsync("SELECT patient_id || ' ' || id FROM encounters ORDER BY id")).Select(row => row.Split(' '))
            .Select(row => Note(Guid.Parse(row[0]), Guid.Parse(row[1]))).ToList();
        Assert.Equal(2, notes.Select(note => note.PatientId).Distinct().Count());
        foreach (var note in notes)
        {
            Assert.True(await mongo.Adapter.Store.TryInsertAsync(Notes, note, AccessFilter.Everything, Cancellation));
        }

        return notes;
    }

    private async Task<List<StoredDocument>> StoredAsync(IReadOnlyList<StoredDocument> notes)
    {
        var stored = new List<StoredDocument>();
        foreach (var note in notes)
        {
            stored.Add((await mongo.Adapter.Store.FindAsync(Notes, note.Id, AccessFilter.Everything, Cancellation))!);
        }

        return stored;
    }

    private static StoredDocument Note(Guid patient, Guid encounter)
    {
        var now = new DateTimeOffset(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
        return new StoredDocument(Guid.CreateVersion7(), patient, encounter, Guid.CreateVersion7(), "signed", 1, now, now, """{"a":1}""");
    }
}
