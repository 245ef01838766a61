using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class StartingWithoutAnAppointment(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_doctors_and_patients_in_their_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, nila) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(nila, meera);
        foreach (var person in new[] { nila, await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            (await StartAsync(clinic, person, new VisitDraft { PatientId = meera })).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IEncounters>().StartAdHocAsync(new VisitDraft { PatientId = meera }, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        var outside = await StartAsync(clinic, asha, new VisitDraft { PatientId = meera });
        Assert.Equal(RefusalKind.NotFound, outside.Refusal?.Kind);
        Assert.Equal((await StartAsync(clinic, asha, new VisitDraft { PatientId = Guid.CreateVersion7() })).Refusal, outside.Refusal);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task begins_one_visit_however_often_the_form_is_sent_and_the_open_one_stands_in_the_way_of_another()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await InCareAsync(clinic);
        var draft = new VisitDraft { PatientId = meera, Type = EncounterType.HomeVisit, ChiefComplaint = " Fever since Tuesday " };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(clinic, asha, draft)));

        Assert.All(answers, a => Assert.Equal(new StartedEncounter(draft.Id, meera), a.Value()));
        var row = await clinic.RowAsync<Encounter>(draft.Id);
        Assert.Equal(
            (EncounterType.HomeVisit, EncounterStatus.InProgress, "Fever since Tuesday", null),
            (row.EncounterType, row.Status, row.ChiefComplaint, row.AppointmentId));
        Assert.Equal(draft.Id, (await clinic.OnlyEventOfAsync(asha, "encounter.start", meera)).ResourceId);

        var another = await StartAsync(clinic, asha, new VisitDraft { PatientId = meera });
        Assert.Equal(draft.Id, Assert.IsType<VisitStillOpen>(another.Refusal).EncounterId);
    }

    [Fact]
    public async Task leads_to_the_appointment_of_somebody_who_is_waiting_for_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await InCareAsync(clinic);
        var appointment = await clinic.Given.AppointmentAsync(asha, meera, "11:15", AppointmentStatus.CheckedIn, checkedIn: "10:50");

        var waiting = Assert.IsType<AppointmentIsWaiting>((await StartAsync(clinic, asha, new VisitDraft { PatientId = meera })).Refusal);

        Assert.Equal(appointment, waiting.AppointmentId);
        Assert.Contains("11:15", waiting.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_refused_for_who_has_died_and_for_a_record_that_is_not_in_use()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var died = await clinic.Given.PatientAsync(with: p => p.DeceasedAt = clinic.At("08:00"));
        var inactive = await clinic.Given.PatientAsync(with: p => p.Status = PatientStatus.Inactive);
        await clinic.Given.CareAsync(asha, died);
        await clinic.Given.CareAsync(asha, inactive);

        (await StartAsync(clinic, asha, new VisitDraft { PatientId = died })).AssertRefused(RefusalKind.Invalid);
        (await StartAsync(clinic, asha, new VisitDraft { PatientId = inactive })).AssertRefused(RefusalKind.Invalid);
        (await StartAsync(clinic, asha, new VisitDraft())).AssertRefused(RefusalKind.Invalid);
        (await StartAsync(clinic, asha, new VisitDraft { PatientId = inactive, ChiefComplaint = new string('x', 256) })).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task takes_in_what_was_measured_today_and_belongs_to_no_visit_yet()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await InCareAsync(clinic);
        var earlier = await clinic.Given.EncounterAsync(asha, meera, clinic.At("09:00"));
        await clinic.Given.VitalAsync(meera, "8867-4", 71, "/min", clinic.At("10:50", -1));
        await clinic.Given.VitalAsync(meera, "8867-4", 72, "/min", clinic.At("09:05"), earlier);
        await clinic.Given.VitalAsync(meera, "8867-4", 73, "/min", clinic.At("10:50"));
        var other = await clinic.Given.PatientAsync("Ravi");
        await clinic.Given.VitalAsync(other, "8867-4", 74, "/min", clinic.At("10:50"));

        var visit = (await StartAsync(clinic, asha, new VisitDraft { PatientId = meera })).Value().EncounterId;

        var filed = await clinic.BehindAsync(db => db.Observations.OrderBy(o => o.ValueNumber).Select(o => o.EncounterId).ToListAsync(Cancellation));
        Assert.Equal([null, earlier, visit, null], filed);
    }

    [Fact]
    public async Task shows_in_the_list_of_ones_open_visits_and_its_complaint_can_be_revised_by_whoever_saw_it_last()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await InCareAsync(clinic);
        var basu = await clinic.Given.DoctorAsync("Basu Dev");
        await clinic.Given.CareAsync(basu, meera);
        var draft = new VisitDraft { PatientId = meera, ChiefComplaint = "Cough" };
        await StartAsync(clinic, asha, draft);
        await using var acting = clinic.As(asha);
        await using var other = clinic.As(basu);
        var door = acting.Get<IEncounters>();

        var mine = Assert.Single((await door.MineAsync(Cancellation)).Value());
        Assert.Equal((draft.Id, meera, "Cough"), (mine.EncounterId, mine.PatientId, mine.ChiefComplaint));
        Assert.Empty((await other.Get<IEncounters>().MineAsync(Cancellation)).Value());
        Assert.False((await other.Get<IEncounters>().OpenAsync(draft.Id, Cancellation)).Value().IsMine);

        Assert.Equal("Cough, fever", (await door.ReviseComplaintAsync(new ComplaintChange(draft.Id, "Cough", "Cough, fever"), Cancellation)).Value().ChiefComplaint);
        (await door.ReviseComplaintAsync(new ComplaintChange(draft.Id, "Cough", "Cold"), Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await door.ReviseComplaintAsync(new ComplaintChange(draft.Id, "Cough, fever", new string('x', 256)), Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await other.Get<IEncounters>().ReviseComplaintAsync(new ComplaintChange(draft.Id, "Cough, fever", "Cold"), Cancellation)).AssertRefused(RefusalKind.Invalid);

        (await door.EndAsync(new VisitEnding(draft.Id, EndAnyway: true), Cancellation)).Value();
        (await door.ReviseComplaintAsync(new ComplaintChange(draft.Id, "Cough, fever", "Cold"), Cancellation)).AssertRefused(RefusalKind.Conflict);
        var head = (await door.OpenAsync(draft.Id, Cancellation)).Value();
        Assert.Equal((true, EncounterStatus.Completed, "Cough, fever", clinic.Clock.Now), (head.IsMine, head.Status, head.ChiefComplaint, head.End));
        await clinic.AssertTrailAsync(asha, "encounter.start", "encounters.read", "encounter.revise", "encounter.end", "encounter.read");
    }

    [Fact]
    public async Task a_visit_is_opened_by_who_cares_for_the_patient_and_by_nobody_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, appointment) = await EndingAVisit.OpenVisitAsync(clinic);
        var (basu, nila) = (await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.NurseAsync());
        await clinic.Given.CareAsync(nila, meera);
        await using var nurse = clinic.As(nila);

        var head = (await nurse.Get<IEncounters>().OpenAsync(visit, Cancellation)).Value();

        Assert.Equal((asha.Id, "Asha Rao", false, appointment, clinic.At("10:20")), (head.DoctorId, head.DoctorName, head.IsMine, head.Appointment!.AppointmentId, head.Appointment.CheckedInAt));
        Assert.DoesNotContain("Meera", head.ToString(), StringComparison.Ordinal);
        await clinic.OnlyEventOfAsync(nila, "encounter.read", meera);
        await using var stranger = clinic.As(basu);
        (await stranger.Get<IEncounters>().OpenAsync(visit, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        (await desk.Get<IEncounters>().OpenAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await desk.Get<IEncounters>().MineAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IEncounters>().OpenAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    private static async Task<(ClinicPerson Asha, Guid Meera)> InCareAsync(ClinicUnderTest clinic)
    {
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(asha, meera);
        return (asha, meera);
    }

    private static async Task<Result<StartedEncounter>> StartAsync(ClinicUnderTest clinic, ClinicPerson person, VisitDraft draft)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IEncounters>().StartAdHocAsync(draft, Cancellation);
    }
}
