using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class CancellingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_the_visits_own_doctor_and_needs_a_reason()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, _) = await EndingAVisit.OpenVisitAsync(clinic);
        var basu = await clinic.Given.DoctorAsync("Basu Dev");
        foreach (var person in new[] { await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            (await CancelAsync(clinic, person, visit)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IEncounters>().CancelAsync(new VisitCancelling(visit, "Wrong patient"), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await CancelAsync(clinic, basu, visit)).AssertRefused(RefusalKind.NotFound);
        await clinic.Given.CareAsync(basu, meera);
        (await CancelAsync(clinic, basu, visit)).AssertRefused(RefusalKind.Invalid);
        (await CancelAsync(clinic, asha, visit, "no")).AssertRefused(RefusalKind.Invalid);
        (await CancelAsync(clinic, asha, visit, new string('x', 256))).AssertRefused(RefusalKind.Invalid);
        Assert.Equal(EncounterStatus.InProgress, (await clinic.RowAsync<Encounter>(visit)).Status);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task puts_the_patient_back_among_those_who_wait_and_the_appointment_can_be_started_again()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, appointment) = await EndingAVisit.OpenVisitAsync(clinic);

        var head = (await CancelAsync(clinic, asha, visit)).Value();

        Assert.Equal((EncounterStatus.Cancelled, "Started by mistake", AppointmentStatus.CheckedIn), (head.Status, head.CancelReason, head.Appointment!.Status));
        var booked = await clinic.RowAsync<Appointment>(appointment);
        Assert.Equal((null, clinic.At("10:20")), (booked.StartedAt, booked.CheckInTime));
        var entry = await clinic.OnlyEventOfAsync(asha, "encounter.cancel", meera);
        Assert.Equal(("Started by mistake", visit), (entry.Reason, entry.ResourceId));

        await using var acting = clinic.As(asha);
        Assert.NotEqual(visit, (await acting.Get<IEncounters>().StartAsync(appointment, Cancellation)).Value().EncounterId);
    }

    [Fact]
    public async Task completes_the_appointment_of_somebody_who_has_left()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, _, visit, appointment) = await EndingAVisit.OpenVisitAsync(clinic);
        await using var acting = clinic.As(asha);

        (await acting.Get<IEncounters>().CancelAsync(new VisitCancelling(visit, "Left before I came", BackToWaiting: false), Cancellation)).Value();

        Assert.Equal(AppointmentStatus.Completed, (await clinic.RowAsync<Appointment>(appointment)).Status);
        Assert.Equal("This visit is cancelled already.", (await CancelAsync(clinic, asha, visit)).Refusal?.Message);
    }

    [Fact]
    public async Task is_refused_once_something_in_it_is_signed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var (noted, prescribed, drafted) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi"), await clinic.Given.PatientAsync("Kiran"));
        var first = await clinic.Given.EncounterAsync(asha, noted, clinic.At("10:30"), EncounterStatus.InProgress);
        await clinic.Given.NoteAsync(asha, noted, first, new SoapContent(), clinic.At("10:40"), NoteStatus.Signed);
        var second = await clinic.Given.EncounterAsync(asha, prescribed, clinic.At("10:30"), EncounterStatus.InProgress);
        await clinic.Given.SaveAsync(new Prescription
        {
            Id = Guid.CreateVersion7(), EncounterId = second, PatientId = prescribed, DoctorId = asha.Id, ValidFrom = new DateOnly(2026, 11, 5),
            Status = PrescriptionStatus.Signed, SignedAt = clinic.At("10:45"),
        });
        var third = await clinic.Given.EncounterAsync(asha, drafted, clinic.At("10:30"), EncounterStatus.InProgress);
        await clinic.Given.NoteAsync(asha, drafted, third, new SoapContent(), clinic.At("10:40"));

        Assert.Equal("Its note is signed. End the visit instead.", (await CancelAsync(clinic, asha, first)).Refusal?.Message);
        Assert.Equal("A prescription of it is signed. End the visit instead.", (await CancelAsync(clinic, asha, second)).Refusal?.Message);
        Assert.Equal(EncounterStatus.Cancelled, (await CancelAsync(clinic, asha, third)).Value().Status);
    }

    private static async Task<Result<VisitHead>> CancelAsync(ClinicUnderTest clinic, ClinicPerson person, Guid visit, string reason = "Started by mistake")
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IEncounters>().CancelAsync(new VisitCancelling(visit, reason), Cancellation);
    }
}
