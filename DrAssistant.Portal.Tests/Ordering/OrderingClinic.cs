using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Ordering;

/// <summary>A clinic with a catalogue, Dr. Asha, Dr. Basu who cares for nobody here, the nurse Nila, and Meera, who is in a visit with Dr. Asha for fever.</summary>
internal sealed class OrderingClinic : IAsyncDisposable
{
    public const string Complaint = "Fever for four days";

    private OrderingClinic(ClinicUnderTest clinic) => Clinic = clinic;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Visit { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OrderingClinic> OpenAsync(ClinicDatabase databases)
    {
        var clinic = new OrderingClinic(await ClinicUnderTest.OpenWithReferenceDataAsync(databases));
        var given = clinic.Clinic.Given;
        (clinic.Asha, clinic.Basu, clinic.Nila) = (await given.DoctorAsync("Asha Rao"), await given.DoctorAsync("Basu Dev"), await given.NurseAsync("Nila Das"));
        clinic.Meera = await given.PatientAsync();
        clinic.Visit = await given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress, complaint: Complaint);
        await given.CareAsync(clinic.Nila, clinic.Meera);
        await clinic.Clinic.BehindAsync(db => db.Users.ExecuteUpdateAsync(u => u
            .SetProperty(s => s.Qualification, "MD (Medicine)").SetProperty(s => s.RegistrationNumber, "KMC 12345")
            .SetProperty(s => s.RegistrationCouncil, "Karnataka Medical Council"), Cancellation));
        return clinic;
    }

    public async Task<T> AskAsync<T>(ClinicPerson person, Func<IOrders, Task<T>> ask)
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<IOrders>());
    }

    public async Task<VisitOrders> ReadAsync(ClinicPerson? by = null, Guid? visit = null)
        => (await AskAsync(by ?? Asha, o => o.OfEncounterAsync(visit ?? Visit, Cancellation))).Value();

    public BasketAct Act(VisitOrders? page = null, Guid? visit = null) => new(page?.EncounterId ?? visit ?? Visit, Meera, page?.Mark ?? "");

    public Task<Result<VisitOrders>> AddAsync(string entry, ClinicPerson? by = null, Guid? visit = null)
        => AskAsync(by ?? Asha, o => o.AddAsync(Act(visit: visit), entry, Cancellation));

    /// <summary>A basket with these.</summary>
    public async Task<VisitOrders> FilledAsync(params string[] entries)
    {
        VisitOrders? page = null;
        foreach (var entry in entries)
        {
            page = (await AddAsync(entry)).Value();
        }

        return page!;
    }

    public Task<Result<VisitOrders>> SignAsync(VisitOrders page, ClinicPerson? by = null) => AskAsync(by ?? Asha, o => o.SignAsync(Act(page), Cancellation));

    public async Task<VisitOrders> SignedAsync(params string[] entries) => (await SignAsync(await FilledAsync(entries))).Value();

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
