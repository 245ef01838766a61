using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>A receptionist, Devi, with a doctor, Asha, who works 09:00 to 13:00 and 14:00 to 17:00, and a patient, Meera.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly List<ActingPerson> _acting = [];

    private Desk(ClinicUnderTest clinic, ClinicPerson devi, ClinicPerson asha, Guid meera)
        => (Clinic, Devi, Asha, Meera) = (clinic, devi, asha, meera);

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Devi { get; }

    public ClinicPerson Asha { get; }

    public Guid Meera { get; }

    public static async Task<Desk> OpenAsync(ClinicDatabase databases, string timeZone = "Asia/Kolkata")
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases, timeZone);
        return new Desk(clinic, await clinic.Given.ReceptionistAsync(), await clinic.Given.WorkingDoctorAsync(), await clinic.Given.PatientAsync());
    }

    /// <summary>Meera with Asha today, a quarter of an hour from <paramref name="start"/>.</summary>
    public AppointmentDraft Draft(string start, Action<AppointmentDraft>? with = null)
    {
        var draft = new AppointmentDraft { PatientId = Meera, DoctorId = Asha.Id, Day = Clinic.Days.Today, Start = TimeOnly.Parse(start, null) };
        with?.Invoke(draft);
        return draft;
    }

    public Task<Result<BookedVisit>> BookAsync(string start, Action<AppointmentDraft>? with = null) => SendAsync(Draft(start, with));

    public Task<Result<BookedVisit>> SendAsync(AppointmentDraft draft, ClinicPerson? by = null)
        => AskAsync(by ?? Devi, booking => booking.BookAsync(draft, TestContext.Current.CancellationToken));

    /// <summary>One act at the door, in a scope of its own as every click has.</summary>
    public async Task<T> AskAsync<T>(ClinicPerson by, Func<IBooking, Task<T>> act)
    {
        await using var acting = Clinic.As(by);
        return await act(acting.Get<IBooking>());
    }

    /// <summary>A scope that stays open until the end of the test.</summary>
    public ActingPerson As(ClinicPerson person)
    {
        var acting = Clinic.As(person);
        _acting.Add(acting);
        return acting;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var acting in _acting)
        {
            await acting.DisposeAsync();
        }

        await Clinic.DisposeAsync();
    }
}
