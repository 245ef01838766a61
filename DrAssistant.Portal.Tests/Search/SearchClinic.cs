using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>A clinic with an index: Dr. Asha has Meera in her care, Dr. Basu has Ravi, the nurse Nila has both; the desk and an admin have nobody.</summary>
internal sealed class SearchClinic : IAsyncDisposable
{
    private SearchClinic(ClinicUnderTest clinic, IndexUnderTest index) => (Clinic, Index) = (clinic, index);

    public ClinicUnderTest Clinic { get; }

    public IndexUnderTest Index { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public ClinicPerson Desk { get; private set; } = null!;

    public ClinicPerson Admin { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Ravi { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SearchClinic> OpenAsync(ClinicDatabase databases, bool built = true, IndexUnderTest? index = null)
    {
        index ??= new IndexUnderTest();
        var search = new SearchClinic(await ClinicUnderTest.OpenAsync(databases, settings: index.Settings), index);
        var given = search.Clinic.Given;
        (search.Asha, search.Basu, search.Nila) = (await given.DoctorAsync("Asha Rao"), await given.DoctorAsync("Basu Dev"), await given.NurseAsync("Nila Das"));
        (search.Desk, search.Admin) = (await given.ReceptionistAsync(), await given.AdminAsync());
        (search.Meera, search.Ravi) = (await given.PatientAsync(), await given.PatientAsync("Ravi", "Kumar", "1975-03-04"));
        await given.CareAsync(search.Nila, search.Meera);
        await given.CareAsync(search.Nila, search.Ravi);
        if (built)
        {
            await search.BuildAsync();
        }

        return search;
    }

    public async Task<ReindexReport> BuildAsync()
    {
        await using var system = Clinic.AsSystem();
        return (await system.Get<Reindexer>().RunAsync(progress: null, Cancellation))!;
    }

    public async Task IndexAsync(SearchKind kind, params Guid[] ids)
    {
        await using var system = Clinic.AsSystem();
        await system.Get<SearchIndexer>().WriteAsync(kind, ids, Cancellation);
    }

    public async Task<SearchAnswer> FindAsync(ClinicPerson person, SearchQuestion question)
    {
        await Index.SettleAsync();
        await using var acting = Clinic.As(person);
        return (await acting.Get<ISearch>().FindAsync(question, Cancellation)).Value();
    }

    public Task<SearchAnswer> FindAsync(ClinicPerson person, string text) => FindAsync(person, new SearchQuestion(text));

    /// <summary>The ids of what is found beside patients.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(ClinicPerson person, string text) => [.. (await FindAsync(person, text)).Hits.Select(hit => hit.Id)];

    /// <summary>A note that says this, in a visit of its own, and in the index.</summary>
    public async Task<Guid> NoteAsync(ClinicPerson doctor, Guid patient, string history, string complaint = "Review", int hoursAgo = 1, bool indexed = true)
    {
        var at = Clinic.Clock.Now.AddHours(-hoursAgo);
        var visit = await Clinic.Given.EncounterAsync(doctor, patient, at);
        var note = await Clinic.Given.NoteAsync(
            doctor, patient, visit, new SoapContent { Subjective = new() { ChiefComplaint = complaint, HistoryOfPresentIllness = history } }, at);
        if (indexed)
        {
            await IndexAsync(SearchKind.Note, note);
        }

        return note;
    }

    public async Task<Guid> PrescriptionAsync(ClinicPerson doctor, Guid patient, string medicine, string? brand = null, string? code = null)
    {
        var id = Guid.CreateVersion7();
        var visit = await Clinic.Given.EncounterAsync(doctor, patient, Clinic.Clock.Now.AddHours(-2));
        await Clinic.Given.SaveAsync(
            new Prescription { Id = id, EncounterId = visit, PatientId = patient, DoctorId = doctor.Id, ValidFrom = Clinic.Days.Today },
            new PrescriptionItem
            {
                Id = Guid.CreateVersion7(), PrescriptionId = id, PatientId = patient, MedicationName = medicine, Brand = brand, MedicationCode = code,
                Dosage = "1 tablet", Frequency = "BD",
            });
        await IndexAsync(SearchKind.Prescription, id);
        return id;
    }

    public async Task<Guid> ResultAsync(ClinicPerson doctor, Guid patient, string test, decimal value)
    {
        var result = await Clinic.Given.ResultAsync(doctor, patient, test, value);
        var order = await OrderOfAsync(result);
        await IndexAsync(SearchKind.Order, order);
        await IndexAsync(SearchKind.Result, order);
        return order;
    }

    public async ValueTask DisposeAsync()
    {
        await Clinic.DisposeAsync();
        await Index.DisposeAsync();
    }

    private async Task<Guid> OrderOfAsync(Guid result)
    {
        var item = (await Clinic.RowAsync<OrderResult>(result)).OrderItemId;
        return (await Clinic.RowAsync<OrderItem>(item)).OrderId;
    }
}
