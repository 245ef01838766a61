using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>A clinic with Dr. Asha, the nurse Nila, and Meera, who is in a visit with Dr. Asha; its notes are in either store.</summary>
internal sealed class NoteClinic : IAsyncDisposable
{
    public const string Password = "a long enough phrase";

    private NoteClinic(ClinicUnderTest clinic, StoreThatStops.Switch stopping) => (Clinic, Stopping) = (clinic, stopping);

    public ClinicUnderTest Clinic { get; }

    /// <summary>Ends the portal, as it were, at a boundary between two writes.</summary>
    public StoreThatStops.Switch Stopping { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Visit { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Its notes are in the MongoDB at <paramref name="mongo"/>, or in PostgreSQL where that is null.</summary>
    public static async Task<NoteClinic> OpenAsync(ClinicDatabase databases, string? mongo, bool withPasswords = false)
    {
        var settings = mongo is null ? null : new Dictionary<string, string?>
        {
            [DocumentStoreOptions.KindKey] = DocumentStoreOptions.InMongo,
            [MongoOptions.UriKey] = mongo,
            [MongoOptions.DatabaseKey] = $"clinic_test_{Guid.CreateVersion7():n}",
        };
        var stopping = new StoreThatStops.Switch();
        var clinic = new NoteClinic(await ClinicUnderTest.OpenAsync(databases, settings: settings, with: services => StoreThatStops.Decorate(services, stopping)), stopping);
        var given = clinic.Clinic.Given;
        (clinic.Asha, clinic.Basu, clinic.Nila) = (await given.DoctorAsync("Asha Rao"), await given.DoctorAsync("Basu Dev"), await given.NurseAsync("Nila Das"));
        clinic.Meera = await given.PatientAsync();
        clinic.Visit = await given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now);
        await given.CareAsync(clinic.Nila, clinic.Meera);
        if (withPasswords)
        {
            await clinic.GivePasswordsAsync();
        }

        return clinic;
    }

    /// <summary>What <paramref name="person"/> asks of the door.</summary>
    public async Task<T> AskAsync<T>(ClinicPerson person, Func<IClinicalNotes, Task<T>> ask)
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<IClinicalNotes>());
    }

    public async Task<NoteView> BegunAsync(ClinicPerson? by = null)
        => (await AskAsync(by ?? Asha, notes => notes.BeginAsync(new NoteStart(Visit, Meera), Cancellation))).Value();

    /// <summary>Writes <paramref name="content"/> on the page that shows <paramref name="page"/>.</summary>
    public Task<Result<SavedNote>> SaveAsync(ClinicPerson by, NoteView page, SoapContent content, params string[] settled)
        => AskAsync(by, notes => notes.SaveAsync(Draft(page, content) with { Settled = settled }, Cancellation));

    public static NoteDraft Draft(NoteView page, SoapContent content) => new()
    {
        NoteId = page.Id,
        PatientId = page.PatientId,
        BasedOn = page.Version,
        Base = page.Content,
        Content = content,
    };

    /// <summary>A note that lacks nothing, and is not signed.</summary>
    public async Task<NoteView> FinishedAsync(ClinicPerson? by = null)
        => (await SaveAsync(by ?? Asha, await BegunAsync(by), new()
        {
            Subjective = new() { ChiefComplaint = "Cough" },
            Objective = new() { VitalSigns = new() { Temperature = 38.20m } },
            Assessment = new() { Diagnoses = [new("Acute bronchitis", "J20.9")] },
            Plan = new() { FollowUp = "In a week" },
        })).Value().Note;

    public async Task<NoteView> SignedAsync() => (await SignAsync(await FinishedAsync())).Value();

    public Task<Result<NoteView>> SignAsync(NoteView page, string password = Password, ClinicPerson? by = null)
        => AskAsync(by ?? Asha, notes => notes.SignAsync(new NoteSigning(page.Id, page.PatientId, page.Version, password), Cancellation));

    /// <summary>As it lies in the store.</summary>
    public async Task<ClinicalNote?> StoredAsync(Guid noteId)
    {
        await using var system = Clinic.AsSystem();
        return await system.Get<NoteStore>().FindAsync(noteId, Cancellation);
    }

    public async Task<ClinicalNote?> KeptAsync(Guid noteId, int version)
    {
        await using var system = Clinic.AsSystem();
        return await system.Get<NoteStore>().KeptAsync(noteId, version, AccessFilter.Everything, Cancellation);
    }

    /// <summary>Later, when the relay looks after what was intended.</summary>
    public async Task SettleAsync()
    {
        Clinic.Clock.Now += NoteIntents.Patience;
        while (await Clinic.RelayAsync() > 0)
        {
        }

        Assert.All(await Clinic.OwedAsync(), message => Assert.Null(message.LastError));
    }

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private async Task GivePasswordsAsync()
    {
        await using var system = Clinic.AsSystem();
        var hash = KeptPasswords.Of(Password, system);
        await Clinic.BehindAsync(db => db.Users.ExecuteUpdateAsync(u => u
            .SetProperty(s => s.PasswordHash, hash).SetProperty(s => s.Qualification, "MD (Medicine)")
            .SetProperty(s => s.RegistrationNumber, "KMC 12345").SetProperty(s => s.RegistrationCouncil, "Karnataka Medical Council"), Cancellation));
    }
}

/// <summary>The document store of a portal that is killed before or after one of its writes.</summary>
internal sealed class StoreThatStops(IDocumentStore store, StoreThatStops.Switch stopping) : IDocumentStore
{
    public static void Decorate(IServiceCollection services, Switch stopping)
    {
        var adapter = services.Last(service => service.ServiceType == typeof(IDocumentStore)).ImplementationType!;
        services.AddScoped<IDocumentStore>(provider => new StoreThatStops((IDocumentStore)ActivatorUtilities.CreateInstance(provider, adapter), stopping));
    }

    public Task<StoredDocument?> FindAsync(DocumentCollection collection, Guid id, AccessFilter access, CancellationToken cancellation)
        => store.FindAsync(collection, id, access, cancellation);

    public Task<IReadOnlyList<StoredDocument>> ListAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
        => store.ListAsync(collection, query, access, cancellation);

    public Task<long> CountAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
        => store.CountAsync(collection, query, access, cancellation);

    public async Task<bool> TryInsertAsync(DocumentCollection collection, StoredDocument document, AccessFilter access, CancellationToken cancellation)
    {
        stopping.Pass();
        var answer = await store.TryInsertAsync(collection, document, access, cancellation);
        stopping.Pass();
        return answer;
    }

    public async Task<bool> TryReplaceAsync(
        DocumentCollection collection, StoredDocument document, string whileStatus, AccessFilter access, CancellationToken cancellation)
    {
        stopping.Pass();
        var answer = await store.TryReplaceAsync(collection, document, whileStatus, access, cancellation);
        stopping.Pass();
        return answer;
    }

    /// <summary>Counts the boundaries, and stops at the one that it is set to.</summary>
    internal sealed class Switch
    {
        private int _passed;
        private int _stopAt = int.MaxValue;

        /// <summary>How many boundaries were passed since it was set.</summary>
        public int Passed => _passed;

        public void StopAt(int boundary) => (_passed, _stopAt) = (0, boundary);

        public void Never() => StopAt(int.MaxValue);

        public void Pass()
        {
            if (Interlocked.Increment(ref _passed) == _stopAt)
            {
                throw new ThreadInterruptedException(); // nobody catches it: after it, nothing of the act runs any more
            }
        }
    }
}
