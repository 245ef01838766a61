using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class EncounterServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_doctor_starts_a_visit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var visit = await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync(), "11:00", AppointmentStatus.CheckedIn);
        foreach (var person in new[] { await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            await using var acting = clinic.As(person);
            (await acting.Get<IEncounters>().StartAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IEncounters>().StartAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Starting_moves_the_appointment_and_begins_the_encounter_in_one_act_however_often_it_is_clicked()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "11:00", AppointmentStatus.CheckedIn, AppointmentType.Telemedicine);
        var now = clinic.Clock.Now;
        await using var acting = clinic.As(asha);

        var started = (await acting.Get<IEncounters>().StartAsync(visit, Cancellation)).Value();
        clinic.Clock.Now = now.AddMinutes(1);
        Assert.Equal(started, (await acting.Get<IEncounters>().StartAsync(visit, Cancellation)).Value());

        var appointment = await clinic.RowAsync<Appointment>(visit);
        Assert.Equal((AppointmentStatus.InProgress, now), (appointment.Status, appointment.StartedAt));
        var encounter = await clinic.RowAsync<Encounter>(started.EncounterId);
        Assert.Equal(
            (visit, asha.Id, meera, EncounterType.Telemedicine, EncounterStatus.InProgress, now, "Cough"),
            (encounter.AppointmentId!.Value, encounter.DoctorId, encounter.PatientId, encounter.EncounterType, encounter.Status, encounter.StartTime, encounter.ChiefComplaint));
        Assert.Equal(started.EncounterId, (await clinic.OnlyEventOfAsync(asha, "encounter.start", meera)).ResourceId);
        Assert.Equal(
            [("appointment.changed", visit), ("encounter.changed", started.EncounterId)],
            (await clinic.OwedAsync()).Select(m => (m.Kind, m.SubjectId!.Value)).Order());
    }

    [Theory]
    [InlineData(AppointmentStatus.Scheduled)]
    [InlineData(AppointmentStatus.Confirmed)]
    [InlineData(AppointmentStatus.Completed)]
    [InlineData(AppointmentStatus.Cancelled)]
    [InlineData(AppointmentStatus.NoShow)]
    public async Task Who_is_not_here_or_was_seen_already_is_not_started(AppointmentStatus status)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00", status);
        await using var acting = clinic.As(asha);

        (await acting.Get<IEncounters>().StartAsync(visit, Cancellation)).AssertRefused(RefusalKind.Conflict);

        await clinic.AssertNothingHappenedAsync(asha);
        Assert.Equal(status, (await clinic.RowAsync<Appointment>(visit)).Status);
    }

    [Fact]
    public async Task Another_doctors_patient_is_absent_and_in_shared_care_still_theirs_to_start()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(basu, meera, "11:00", AppointmentStatus.CheckedIn);
        await using var acting = clinic.As(asha);

        var notMine = await acting.Get<IEncounters>().StartAsync(visit, Cancellation);
        var absent = await acting.Get<IEncounters>().StartAsync(Guid.CreateVersion7(), Cancellation);
        Assert.Equal(RefusalKind.NotFound, absent.Refusal?.Kind);
        Assert.Equal(absent.Refusal, notMine.Refusal);

        await clinic.Given.CareAsync(asha, meera);
        (await acting.Get<IEncounters>().StartAsync(visit, Cancellation)).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task Two_tabs_at_once_lead_to_the_same_visit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        for (var round = 0; round < 10; round++)
        {
            var meera = await clinic.Given.PatientAsync();
            var visit = await clinic.Given.AppointmentAsync(asha, meera, clinic.At("09:00").AddMinutes(15 * round), AppointmentStatus.CheckedIn);
            await using var one = clinic.As(asha);
            await using var other = clinic.As(asha);

            var answers = await Task.WhenAll(
                one.Get<IEncounters>().StartAsync(visit, Cancellation), other.Get<IEncounters>().StartAsync(visit, Cancellation));

            Assert.Equal(answers[0].Value(), answers[1].Value());
            Assert.Single(await clinic.TrailOfAsync(asha), e => e.PatientId == meera);
        }

        Assert.Equal(10, (await clinic.OwedAsync()).Count(m => m.Kind == "encounter.changed"));
    }

    [Fact]
    public async Task An_appointment_that_is_cancelled_meanwhile_begins_no_visit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00", AppointmentStatus.CheckedIn);
        await using var acting = clinic.As(asha);

        var overtaken = await clinic.OvertakenAsync(
            "UPDATE appointments SET status = 'cancelled' WHERE id = $1", visit, () => acting.Get<IEncounters>().StartAsync(visit, Cancellation));

        Assert.Equal(Refusal.Conflict("Someone else changed this appointment. Reload and try again."), overtaken.Refusal);
        Assert.Equal(0, await clinic.BehindAsync(db => db.Encounters.CountAsync(Cancellation)));
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task A_visit_left_open_stands_in_the_way_and_the_answer_says_so()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var open = await clinic.Given.EncounterAsync(asha, meera, clinic.At("09:00"), EncounterStatus.InProgress);
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "11:00", AppointmentStatus.CheckedIn);
        await using var acting = clinic.As(asha);

        var refused = await acting.Get<IEncounters>().StartAsync(visit, Cancellation);

        Assert.Equal(open, Assert.IsType<VisitStillOpen>(refused.Refusal).EncounterId);
        await clinic.AssertNothingHappenedAsync(asha);
        Assert.Equal(AppointmentStatus.CheckedIn, (await clinic.RowAsync<Appointment>(visit)).Status);
        Assert.Equal(1, await clinic.BehindAsync(db => db.Encounters.CountAsync(Cancellation)));
    }
}
