using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing;

/// <summary>A clinic with a formulary, Dr. Asha, Dr. Basu who cares for nobody here, the nurse Nila, and Meera, who is in a visit with Dr. Asha and has no allergies.</summary>
internal sealed class PrescriptionClinic : IAsyncDisposable
{
    public const string Password = "a long enough phrase";

    private PrescriptionClinic(ClinicUnderTest clinic) => Clinic = clinic;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Visit { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PrescriptionClinic> OpenAsync(ClinicDatabase databases)
    {
        var clinic = new PrescriptionClinic(await ClinicUnderTest.OpenWithReferenceDataAsync(databases));
        var given = clinic.Clinic.Given;
        (clinic.Asha, clinic.Basu, clinic.Nila) = (await given.DoctorAsync("Asha Rao"), await given.DoctorAsync("Basu Dev"), await given.NurseAsync("Nila Das"));
        clinic.Meera = await given.PatientAsync(with: p => p.AllergiesStatus = AllergiesStatus.NoneKnown);
        clinic.Visit = await given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        await given.CareAsync(clinic.Nila, clinic.Meera);
        await using var system = clinic.Clinic.AsSystem();
        var hash = KeptPasswords.Of(Password, system);
        await clinic.Clinic.BehindAsync(db => db.Users.ExecuteUpdateAsync(u => u
            .SetProperty(s => s.PasswordHash, hash).SetProperty(s => s.Qualification, "MD (Medicine)")
            .SetProperty(s => s.RegistrationNumber, "KMC 12345").SetProperty(s => s.RegistrationCouncil, "Karnataka Medical Council"), Cancellation));
        return clinic;
    }

    public Task<T> AskAsync<T>(ClinicPerson person, Func<IPrescriptions, Task<T>> ask) => OfAsync(person, ask);

    public Task<T> SigningAsync<T>(ClinicPerson person, Func<IPrescriptionSigning, Task<T>> ask) => OfAsync(person, ask);

    public Task<T> SafetyAsync<T>(ClinicPerson person, Func<IPrescriptionSafety, Task<T>> ask) => OfAsync(person, ask);

    public Task<T> FavouritesAsync<T>(ClinicPerson person, Func<IFavouriteMedicines, Task<T>> ask) => OfAsync(person, ask);

    public Task<T> RegisterAsync<T>(ClinicPerson person, Func<IPrescriptionRegister, Task<T>> ask) => OfAsync(person, ask);

    public async Task<PrescriptionView> BegunAsync(ClinicPerson? by = null, Guid? visit = null)
        => (await AskAsync(by ?? Asha, p => p.BeginAsync(new PrescriptionStart(visit ?? Visit, Meera), Cancellation))).Value();

    public Task<Result<PrescriptionView>> AddAsync(PrescriptionView page, MedicineLineDraft line, ClinicPerson? by = null)
        => AskAsync(by ?? Asha, p => p.AddLineAsync(Act(page), line, Cancellation));

    /// <summary>A draft with these medicines.</summary>
    public async Task<PrescriptionView> WrittenAsync(params MedicineLineDraft[] lines)
    {
        var page = await BegunAsync();
        foreach (var line in lines)
        {
            page = (await AddAsync(page, line)).Value();
        }

        return page;
    }

    public Task<Result<PrescriptionView>> SignAsync(PrescriptionView page, string password = Password, Teleconsult? teleconsult = null, ClinicPerson? by = null)
        => SigningAsync(by ?? Asha, p => p.SignAsync(new PrescriptionSigning(page.Id, page.PatientId, page.Version, password, teleconsult), Cancellation));

    /// <summary>Signed, with a reason for whatever was found.</summary>
    public async Task<PrescriptionView> SignedAsync(params MedicineLineDraft[] lines)
    {
        var page = await WrittenAsync(lines.Length == 0 ? [Paracetamol()] : lines);
        foreach (var finding in (await SafetyAsync(Asha, s => s.CheckAsync(new DraftCheck(page.Id, page.PatientId), Cancellation))).Value().Open)
        {
            (await SafetyAsync(Asha, s => s.OverrideAsync(
                new FindingOverride(page.Id, page.PatientId, finding.Key, OverrideReason.WillMonitor, "Seen again on day 3"), Cancellation))).Value();
        }

        return (await SignAsync(page)).Value();
    }

    public Task<PrescriptionView> ReadAsync(Guid id, ClinicPerson? by = null) => Read(AskAsync(by ?? Asha, p => p.ReadAsync(id, Cancellation)));

    /// <summary>The formulary is asked anew: an admin changed it.</summary>
    public void Forget() => Clinic.Services.GetRequiredService<FormularyStore>().Forget();

    public static PrescriptionAct Act(PrescriptionView page) => new(page.Id, page.PatientId, page.Version);

    public static MedicineLineDraft Paracetamol(string dose = "1 tab", string frequency = "1-0-1", string? duration = "5 days")
        => Tablet("paracetamol", "650 mg", dose, frequency, duration);

    public static MedicineLineDraft Tablet(string medicine, string strength, string dose = "1 tab", string frequency = "BD", string? duration = "5 days") => new()
    {
        MedicineId = medicine,
        Form = "tablet",
        Strength = strength,
        Dose = dose,
        Frequency = frequency,
        Duration = duration,
        Route = "oral",
        Food = "after food",
    };

    public static MedicineLineDraft FreeText(string name, string? quantity = "10 tablets")
        => new() { Name = name, Form = "tablet", Dose = "1 tab", Frequency = "OD", Duration = "10 days", Quantity = quantity };

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private static async Task<PrescriptionView> Read(Task<Result<PrescriptionView>> asked) => (await asked).Value();

    private async Task<T> OfAsync<TDoor, T>(ClinicPerson person, Func<TDoor, Task<T>> ask)
        where TDoor : notnull
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<TDoor>());
    }
}
