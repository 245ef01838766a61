using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class EndingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_the_visits_own_doctor()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:30"), EncounterStatus.InProgress);
        foreach (var person in new[] { await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            (await EndAsync(clinic, person, new VisitEnding(visit, EndAnyway: true))).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IEncounters>().EndAsync(new VisitEnding(visit, EndAnyway: true), Cancellation)).AssertRefused(RefusalKind.Forbidden);

        var outside = await EndAsync(clinic, basu, new VisitEnding(visit, EndAnyway: true));
        Assert.Equal(RefusalKind.NotFound, outside.Refusal?.Kind);
        Assert.Equal((await EndAsync(clinic, basu, new VisitEnding(Guid.CreateVersion7(), EndAnyway: true))).Refusal, outside.Refusal);
        await clinic.Given.CareAsync(basu, meera);
        (await EndAsync(clinic, basu, new VisitEnding(visit, EndAnyway: true))).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(basu);
        Assert.Equal(EncounterStatus.InProgress, (await clinic.RowAsync<Encounter>(visit)).Status);
    }

    [Fact]
    public async Task completes_visit_and_appointment_and_sets_the_follow_up_in_one_act_however_often_it_is_clicked()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, appointment) = await OpenVisitAsync(clinic);
        await clinic.Given.NoteAsync(asha, meera, visit, new SoapContent(), clinic.At("10:40"), NoteStatus.Signed);
        var ending = new VisitEnding(visit, new FollowUpWish(In: new FollowUpInterval(2, FollowUpUnit.Weeks), ForTheDesk: "In the morning"));

        var ended = (await EndAsync(clinic, asha, ending)).Value();
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(1);
        var again = (await EndAsync(clinic, asha, ending)).Value();

        Assert.Equal(ended.FollowUp!.Id, again.FollowUp!.Id);
        Assert.Equal(ended.EndedAt, again.EndedAt);
        Assert.Equal((visit, meera, ClinicUnderTest.Eleven), (ended.EncounterId, ended.PatientId, ended.EndedAt));
        Assert.Equal(
            (new DateOnly(2026, 11, 19), "2 weeks", "In the morning", FollowUpStatus.Open, "Asha Rao"),
            (ended.FollowUp.DueOn, ended.FollowUp.Interval, ended.FollowUp.ForTheDesk, ended.FollowUp.Status, ended.FollowUp.DoctorName));
        var row = await clinic.RowAsync<Encounter>(visit);
        Assert.Equal((EncounterStatus.Completed, ClinicUnderTest.Eleven), (row.Status, row.EndTime));
        var booked = await clinic.RowAsync<Appointment>(appointment);
        Assert.Equal((AppointmentStatus.Completed, ClinicUnderTest.Eleven), (booked.Status, booked.CheckOutTime));
        Assert.Equal(visit, (await clinic.OnlyEventOfAsync(asha, "encounter.end", meera)).ResourceId);
        Assert.Equal(["appointment.changed", "appointment.follow-up", "encounter.changed"], (await clinic.OwedAsync()).Select(m => m.Kind).Order());
    }

    [Fact]
    public async Task names_what_is_open_and_ends_all_the_same_when_the_doctor_says_so()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, _) = await OpenVisitAsync(clinic);

        var without = Assert.IsType<VisitUnfinished>((await EndAsync(clinic, asha, new VisitEnding(visit))).Refusal);
        Assert.Equal((VisitNote.None, "No note was written."), (without.Note, Assert.Single(without.Open)));

        await clinic.Given.NoteAsync(asha, meera, visit, new SoapContent(), clinic.At("10:40"));
        var order = Guid.CreateVersion7();
        var draft = new Prescription { Id = Guid.CreateVersion7(), EncounterId = visit, PatientId = meera, DoctorId = asha.Id, ValidFrom = new DateOnly(2026, 11, 5) };
        await clinic.Given.SaveAsync(
            draft,
            new PrescriptionItem { Id = Guid.CreateVersion7(), PrescriptionId = draft.Id, PatientId = meera, MedicationName = "Paracetamol", Dosage = "1 tablet", Frequency = "1-0-1" },
            new Order { Id = order, EncounterId = visit, PatientId = meera, DoctorId = asha.Id, OrderType = OrderType.Lab, Status = OrderStatus.Draft },
            new OrderItem { Id = Guid.CreateVersion7(), OrderId = order, PatientId = meera, ItemCode = "58410-2", ItemName = "Complete blood count" },
            new Order { Id = Guid.CreateVersion7(), EncounterId = visit, PatientId = meera, DoctorId = asha.Id, OrderType = OrderType.Imaging, Status = OrderStatus.Draft });
        var unfinished = Assert.IsType<VisitUnfinished>((await EndAsync(clinic, asha, new VisitEnding(visit))).Refusal);
        Assert.Equal(VisitNote.Draft, unfinished.Note);
        Assert.Equal(["The note is not signed. It goes to your drafts.", "A prescription is not signed.", "An order was not placed."], unfinished.Open);
        Assert.Equal(EncounterStatus.InProgress, (await clinic.RowAsync<Encounter>(visit)).Status);
        await clinic.AssertNothingHappenedAsync(asha);

        Assert.Null((await EndAsync(clinic, asha, new VisitEnding(visit, EndAnyway: true))).Value().FollowUp);
        Assert.Equal(EncounterStatus.Completed, (await clinic.RowAsync<Encounter>(visit)).Status);
    }

    [Fact]
    public async Task asks_when_nobody_can_say_whether_the_note_is_signed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, _, visit, _) = await OpenVisitAsync(clinic);
        await AsOwnerAsync(clinic, "ALTER TABLE clinical_notes RENAME TO clinical_notes_away");

        var unknown = Assert.IsType<VisitUnfinished>((await EndAsync(clinic, asha, new VisitEnding(visit))).Refusal);
        Assert.Equal(VisitNote.Unknown, unknown.Note);
        await using var acting = clinic.As(asha);
        (await acting.Get<IEncounters>().CancelAsync(new VisitCancelling(visit, "Wrong patient"), Cancellation)).AssertRefused(RefusalKind.Conflict);

        Assert.Equal(visit, (await EndAsync(clinic, asha, new VisitEnding(visit, EndAnyway: true))).Value().EncounterId);
    }

    [Theory]
    [InlineData("2026-11-05", null, FollowUpUnit.Days, "today is not after today")]
    [InlineData("2028-11-06", null, FollowUpUnit.Days, "more than two years ahead")]
    [InlineData(null, 0, FollowUpUnit.Days, "no time at all")]
    [InlineData(null, 25, FollowUpUnit.Months, "more than two years ahead")]
    [InlineData(null, null, FollowUpUnit.Days, "neither")]
    [InlineData("2026-11-12", 1, FollowUpUnit.Weeks, "both")]
    public async Task refuses_a_follow_up_that_is_none(string? on, int? number, FollowUpUnit unit, string why)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, _, visit, _) = await OpenVisitAsync(clinic);
        var wish = new FollowUpWish(on is null ? null : DateOnly.Parse(on, null), number is { } n ? new FollowUpInterval(n, unit) : null);

        var refused = await EndAsync(clinic, asha, new VisitEnding(visit, wish, EndAnyway: true));

        Assert.True(refused.Refusal?.Kind is RefusalKind.Invalid, why);
        Assert.NotNull(refused.Refusal.Field);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task by_two_tabs_at_once_ends_it_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, _, visit, _) = await OpenVisitAsync(clinic);
        var ending = new VisitEnding(visit, new FollowUpWish(On: new DateOnly(2026, 11, 12)), EndAnyway: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EndAsync(clinic, asha, ending)));

        Assert.Single(answers.Select(a => a.Value().FollowUp!.Id).Distinct());
        Assert.Single(await clinic.TrailOfAsync(asha));
    }

    [Fact]
    public async Task of_a_cancelled_visit_says_what_it_is()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var visit = await clinic.Given.EncounterAsync(asha, await clinic.Given.PatientAsync(), clinic.At("10:30"), EncounterStatus.Cancelled);

        Assert.Equal("This visit is cancelled already.", (await EndAsync(clinic, asha, new VisitEnding(visit))).Refusal?.Message);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    /// <summary>Asha sees Meera, who had an appointment at 11:15 and came early.</summary>
    internal static async Task<(ClinicPerson Asha, Guid Meera, Guid Visit, Guid Appointment)> OpenVisitAsync(ClinicUnderTest clinic)
    {
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var appointment = await clinic.Given.AppointmentAsync(asha, meera, "11:15", AppointmentStatus.InProgress, checkedIn: "10:20");
        await clinic.RunAsync("UPDATE appointments SET started_at = $2 WHERE id = $1", appointment, clinic.At("10:30"));
        return (asha, meera, await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:30"), EncounterStatus.InProgress, appointment: appointment), appointment);
    }

    private static async Task<Result<EndedVisit>> EndAsync(ClinicUnderTest clinic, ClinicPerson person, VisitEnding ending)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IEncounters>().EndAsync(ending, Cancellation);
    }

    private static async Task AsOwnerAsync(ClinicUnderTest clinic, string sql)
    {
        await using var owner = new NpgsqlConnection(clinic.Connections.Owner);
        await owner.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
