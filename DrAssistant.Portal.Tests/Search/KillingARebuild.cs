using System.Globalization;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>
/// A rebuild is killed while it writes the second page of a kind, and started again. It is stopped at that place by rows that the test holds: first the
/// table that the second kind is read from, then, when it has begun that kind, one row of the index that is on its second page.
/// </summary>
public sealed class KillingARebuild(ClinicDatabase databases)
{
    private const int OnTheSecondPage = 40;
    private const int Prescriptions = Reindexer.Page + OnTheSecondPage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_where_it_was_and_nobody_misses_anything_meanwhile()
    {
        await using var search = await SearchClinic.OpenAsync(databases, built: false);
        var (kept, wrong) = (await search.NoteAsync(search.Asha, search.Meera, "Migraine"), await search.NoteAsync(search.Asha, search.Meera, "Migraine"));
        var written = await WrittenAsync(search, "Migraine");
        var order = await search.ResultAsync(search.Asha, search.Meera, "Magnesium", 0.8m);
        var medicines = await PrescribedAsync(search);
        await search.BuildAsync(); // the index that is asked until the new one is whole

        var before = await KilledOnTheSecondPageAsync(search, medicines);
        Assert.Equal(3 + Reindexer.Page, before.Count);

        // The portal works beside what is left of the build.
        Assert.Equal(new[] { kept, wrong, written.Id }.Order(), (await search.IdsAsync(search.Asha, "migraine")).Order());
        await SaysAsync(search, written, "Sciatica");
        await EnteredInErrorAsync(search, wrong);
        var late = await WrittenAsync(search, "Migraine");
        Assert.Equal(new[] { kept, late.Id }.Order(), (await search.IdsAsync(search.Asha, "migraine")).Order());

        var (code, words) = await StartedAgainAsync(search);

        Assert.True(code == 0, words);
        foreach (var (kind, count) in new[] { (SearchKind.Note, 3), (SearchKind.Prescription, Prescriptions), (SearchKind.Order, 1), (SearchKind.Result, 1), (SearchKind.Document, 0) })
        {
            Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"(?m)^{kind} +{count} kept +{count} in the index, \d+ compared, 0 of them differ$"), words);
        }

        // Both processes together wrote each document once: of those before the kill, only what changed meanwhile has another version.
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\n{3 + Prescriptions + 2} documents written; 0 could not be"), words, StringComparison.Ordinal);
        var after = await VersionsAsync(search);
        Assert.Equal(4 + Prescriptions + 2, after.Count);
        Assert.Equal(new[] { wrong, written.Id }.Order(), before.Where(row => after[row.Key] != row.Value).Select(row => row.Key.Id).Order());

        await using var system = search.Clinic.AsSystem();
        Assert.Equal(2, (await system.Get<SearchBuilds>().LiveAsync(Cancellation))!.Generation);
        Assert.Equal(new[] { kept, late.Id }.Order(), (await search.IdsAsync(search.Asha, "migraine")).Order());
        Assert.Equal([written.Id], await search.IdsAsync(search.Asha, "sciatica"));
        Assert.Equal([order, order], await search.IdsAsync(search.Asha, "magnesium"));
        Assert.Equal(Prescriptions, await FoundAsync(search));
    }

    /// <summary>What the new index has at the kill, and in which version.</summary>
    private static async Task<Dictionary<DocumentKey, long>> KilledOnTheSecondPageAsync(SearchClinic search, IReadOnlyList<Guid> medicines)
    {
        await using var holder = new NpgsqlConnection(search.Clinic.Connections.Worker);
        await holder.OpenAsync(Cancellation);
        var table = await holder.BeginTransactionAsync(Cancellation);
        await RunAsync(holder, "LOCK TABLE prescriptions IN ACCESS EXCLUSIVE MODE");
        using var killed = new RebuildProcess(search.Clinic);
        await killed.StandsBeforeAsync(holder, Cancellation);
        Assert.Equal((2, SearchKind.Note, 3L), await BuildingAsync(search));

        // Not committed: whoever writes this document now must wait for what becomes of it.
        await using var row = new NpgsqlConnection(search.Clinic.Connections.Worker);
        await row.OpenAsync(Cancellation);
        var document = await row.BeginTransactionAsync(Cancellation);
        await RunAsync(
            row,
            "INSERT INTO search_documents (generation, kind, id, patient_id, at, version, terms) VALUES (2, 'prescription', $1, $2, now(), 0, '')",
            medicines[Reindexer.Page + (OnTheSecondPage / 2)], search.Meera);
        await table.RollbackAsync(Cancellation);
        await killed.StandsBeforeAsync(row, Cancellation);
        Assert.Equal((2, SearchKind.Prescription, 3L + Reindexer.Page), await BuildingAsync(search));

        await killed.KillAsync(Cancellation);

        // Its statement still waits in the server and comes through when the row is free: late, and of an older version than what is written then.
        var versions = await VersionsAsync(search);
        await document.RollbackAsync(Cancellation);
        return versions;
    }

    /// <summary>The build to its end, while somebody asks all the time.</summary>
    private static async Task<(int Code, string Words)> StartedAgainAsync(SearchClinic search)
    {
        using var again = new RebuildProcess(search.Clinic);
        var ending = again.EndAsync(Cancellation);
        do
        {
            Assert.Equal(Prescriptions, await FoundAsync(search));
        }
        while (await Task.WhenAny(ending, Task.Delay(20, Cancellation)) != ending);
        return (await ending, again.Words);
    }

    private static async Task<long> FoundAsync(SearchClinic search)
        => (await search.FindAsync(search.Asha, "sumatriptan")).Totals.GetValueOrDefault(SearchGroup.Prescriptions);

    private static async Task<(int Generation, SearchKind? Kind, long Written)> BuildingAsync(SearchClinic search)
    {
        await using var system = search.Clinic.AsSystem();
        var build = (await system.Get<SearchBuilds>().UnfinishedAsync(Cancellation))!;
        return (build.Generation, build.Kind, build.Written);
    }

    private static async Task<Dictionary<DocumentKey, long>> VersionsAsync(SearchClinic search)
    {
        await using var connection = new NpgsqlConnection(search.Clinic.Connections.Worker);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT kind, id, version FROM search_documents WHERE generation = 2", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var versions = await reader.ListAsync(row => (Key: new DocumentKey(row.Word<SearchKind>(0), row.GetGuid(1)), Version: row.GetInt64(2)), Cancellation);
        return versions.ToDictionary(row => row.Key, row => row.Version);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>In the order in which they are read.</summary>
    private static async Task<IReadOnlyList<Guid>> PrescribedAsync(SearchClinic search)
    {
        var ids = Enumerable.Range(0, Prescriptions).Select(_ => Guid.CreateVersion7()).ToList();
        await search.Clinic.Given.SaveAsync([.. ids.SelectMany(id => Prescription(search, id))]);
        return [.. ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>A draft, of which a visit has only one.</summary>
    private static object[] Prescription(SearchClinic search, Guid id)
    {
        var (visit, patient, doctor) = (Guid.CreateVersion7(), search.Meera, search.Asha.Id);
        return
        [
            new Encounter
            {
                Id = visit, DoctorId = doctor, PatientId = patient, EncounterType = EncounterType.OfficeVisit, StartTime = search.Clinic.Clock.Now.AddHours(-2),
                Status = EncounterStatus.Completed,
            },
            new Prescription { Id = id, EncounterId = visit, PatientId = patient, DoctorId = doctor, ValidFrom = search.Clinic.Days.Today },
            new PrescriptionItem
            {
                Id = Guid.CreateVersion7(), PrescriptionId = id, PatientId = patient, MedicationName = "Sumatriptan", Dosage = "1 tablet", Frequency = "OD",
            },
        ];
    }

    /// <summary>A note that a doctor writes in the portal.</summary>
    private static async Task<NoteView> WrittenAsync(SearchClinic search, string complaint)
    {
        var visit = await search.Clinic.Given.EncounterAsync(search.Asha, search.Meera, search.Clinic.Clock.Now);
        await using var asha = search.Clinic.As(search.Asha);
        return await SaysAsync(search, (await asha.Get<IClinicalNotes>().BeginAsync(new NoteStart(visit, search.Meera), Cancellation)).Value(), complaint);
    }

    private static async Task<NoteView> SaysAsync(SearchClinic search, NoteView page, string complaint)
    {
        await using var asha = search.Clinic.As(search.Asha);
        var content = new SoapContent { Subjective = new() { ChiefComplaint = complaint } };
        var draft = new NoteDraft { NoteId = page.Id, PatientId = page.PatientId, BasedOn = page.Version, Base = page.Content, Content = content };
        var saved = (await asha.Get<IClinicalNotes>().SaveAsync(draft, Cancellation)).Value().Note;
        await search.Clinic.Services.GetServices<IHostedService>().OfType<SavedNotesIndexing>().Single().IndexAsync(Cancellation);
        return saved;
    }

    private static async Task EnteredInErrorAsync(SearchClinic search, Guid note)
    {
        await using var asha = search.Clinic.As(search.Asha);
        (await asha.Get<IClinicalNotes>().MarkEnteredInErrorAsync(new NoteAct(note, search.Meera, "Written for somebody else"), Cancellation)).Value();
        await search.Clinic.RelayAsync();
    }
}
