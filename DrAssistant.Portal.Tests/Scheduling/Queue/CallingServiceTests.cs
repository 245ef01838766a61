using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Scheduling.Queue;

public sealed class CallingServiceTests(ClinicDatabase databases)
{
    private int _booked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_one_goes_to_the_doctors_room_of_this_hour_and_every_page_is_told()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (mary, asha) = (await clinic.Given.NurseAsync("Sr. Mary Thomas"), await clinic.Given.DoctorAsync("Dr. Meera Iyer"));
        await HoursAsync(clinic, asha, "09:00", "10:30", "Room 1");
        await HoursAsync(clinic, asha, "10:30", "13:00", "Room 2");
        var patient = await clinic.Given.PatientAsync();
        var visit = await WaitingAsync(clinic, asha, "A06", minutes: 20, patient: patient);
        await using var acting = clinic.As(mary);

        var called = (await acting.Get<IQueue>().CallNextAsync(asha.Id, visit, Cancellation)).Value();

        Assert.Equal((QueuePlace.Called, "Room 2", clinic.Clock.Now, 1), (called.Place, called.Room, called.CalledAt, called.Calls));
        var kept = await clinic.RowAsync<Appointment>(visit);
        Assert.Equal((mary.Id, mary.Id, clinic.Clock.Now), (kept.CalledBy, kept.ChangedBy, kept.ChangedAt));
        await clinic.OnlyEventOfAsync(mary, "appointment.call", patient);
        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("appointment.changed", visit, patient), (message.Kind, message.SubjectId, message.PatientId));
    }

    [Fact]
    public async Task Two_desks_that_call_at_once_make_one_call_and_the_loser_hears_who_was_faster_and_who_is_next()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (mary, devi, asha) = (await clinic.Given.NurseAsync("Sr. Mary Thomas"), await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        await HoursAsync(clinic, asha, "09:00", "13:00", "Room 1");
        var last = await WaitingAsync(clinic, asha, "A99", minutes: 1);
        for (var round = 0; round < 10; round++)
        {
            var first = await WaitingAsync(clinic, asha, $"A{round:00}", minutes: 30);
            await using var one = clinic.As(mary);
            await using var other = clinic.As(devi);

            var answers = await Task.WhenAll(
                one.Get<IQueue>().CallNextAsync(asha.Id, first, Cancellation), other.Get<IQueue>().CallNextAsync(asha.Id, first, Cancellation));

            Assert.Single(answers, a => a.Succeeded);
            var winner = answers[0].Succeeded ? "Sr. Mary" : "Devi";
            Assert.Equal($"A{round:00} was called to Room 1 by {winner} at 11:00. Next is A99.", Assert.Single(answers, a => !a.Succeeded).Refusal?.Message);
            Assert.Equal(1, (await clinic.RowAsync<Appointment>(first)).Calls);
            await clinic.RunAsync("UPDATE appointments SET status = 'completed', called_at = NULL WHERE id = $1", first);
        }

        Assert.Equal(10, (await clinic.TrailOfAsync(mary)).Count + (await clinic.TrailOfAsync(devi)).Count);
        Assert.Equal(10, (await clinic.OwedAsync()).Count);
        Assert.Equal(0, (await clinic.RowAsync<Appointment>(last)).Calls);
    }

    [Fact]
    public async Task Two_desks_whose_screens_differ_do_not_send_two_people_to_one_room()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var first = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        var second = await WaitingAsync(clinic, asha, "A02", minutes: 20);
        await using var acting = clinic.As(devi);

        Assert.Equal("A01 comes before A02 now. Next is A01.", (await acting.Get<IQueue>().CallNextAsync(asha.Id, second, Cancellation)).Refusal?.Message);
        (await acting.Get<IQueue>().CallNextAsync(asha.Id, first, Cancellation)).Value();
        Assert.Equal("A01 was called by you at 11:00. Call again or skip first.", (await acting.Get<IQueue>().CallNextAsync(asha.Id, second, Cancellation)).Refusal?.Message);
    }

    [Fact]
    public async Task A_second_click_of_the_same_person_is_no_error_and_calls_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        await using var acting = clinic.As(devi);

        (await acting.Get<IQueue>().CallNextAsync(asha.Id, visit, Cancellation)).Value();
        Assert.Equal(1, (await acting.Get<IQueue>().CallNextAsync(asha.Id, visit, Cancellation)).Value().Calls);
        (await acting.Get<IQueue>().PutBackAsync(visit, vitalsDone: false, Cancellation)).Value();
        (await acting.Get<IQueue>().PutBackAsync(visit, vitalsDone: false, Cancellation)).Value();

        await clinic.AssertTrailAsync(devi, "appointment.call", "appointment.put-back");
    }

    [Fact]
    public async Task Who_does_not_come_is_called_again_and_then_lets_one_pass_and_keeps_the_waiting_time()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var first = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        var second = await WaitingAsync(clinic, asha, "A02", minutes: 20);
        await WaitingAsync(clinic, asha, "A03", minutes: 10);
        await using var acting = clinic.As(devi);
        var queue = acting.Get<IQueue>();

        (await queue.CallNextAsync(asha.Id, first, Cancellation)).Value();
        clinic.Clock.Now += TimeSpan.FromMinutes(3);
        Assert.Equal(2, (await queue.CallAgainAsync(first, Cancellation)).Value().Calls);
        Assert.Equal(2, (await queue.CallAgainAsync(first, Cancellation)).Value().Calls); // a double click
        clinic.Clock.Now += TimeSpan.FromMinutes(3);
        var skipped = (await queue.SkipAsync(first, Cancellation)).Value();

        Assert.Equal((QueuePlace.Waiting, null), (skipped.Place, skipped.Room));
        Assert.Equal(clinic.At("10:30"), skipped.CheckedInAt);
        Assert.Equal(["A02", "A01", "A03"], await LineAsync(acting, clinic));
        clinic.Clock.Now += TimeSpan.FromMinutes(1);
        (await queue.CallNextAsync(asha.Id, second, Cancellation)).Value();
        Assert.Equal(["A01", "A03"], await LineAsync(acting, clinic));
        await clinic.AssertTrailAsync(devi, "appointment.call", "appointment.call-again", "appointment.skip", "book.read", "appointment.call", "book.read");
    }

    [Fact]
    public async Task A_nurse_takes_a_patient_who_is_not_called_meanwhile_and_comes_back_with_vitals_done()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (mary, asha) = (await clinic.Given.NurseAsync("Sr. Mary Thomas"), await clinic.Given.DoctorAsync());
        var visit = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        var next = await WaitingAsync(clinic, asha, "A02", minutes: 10);
        await using var acting = clinic.As(mary);
        var queue = acting.Get<IQueue>();

        var taken = (await queue.ToNurseAsync(visit, Cancellation)).Value();
        Assert.Equal((QueuePlace.WithNurse, "Sr. Mary Thomas"), (taken.Place, taken.NurseName));
        Assert.Equal("A01 was taken to the nurse by you at 11:00. Next is A02.", (await queue.CallNextAsync(asha.Id, visit, Cancellation)).Refusal?.Message);
        Assert.Equal(next, (await queue.CallNextAsync(asha.Id, next, Cancellation)).Value().AppointmentId);

        var back = (await queue.PutBackAsync(visit, vitalsDone: true, Cancellation)).Value();
        Assert.Equal((QueuePlace.Waiting, clinic.Clock.Now, null), (back.Place, back.VitalsDoneAt, back.NurseName));
        Assert.Equal(clinic.At("10:30"), back.CheckedInAt);
    }

    [Fact]
    public async Task Reception_hands_over_without_a_name_and_a_doctor_does_not_hand_over_at_all()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        await using var doctor = clinic.As(asha);
        await using var desk = clinic.As(devi);

        (await doctor.Get<IQueue>().ToNurseAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(asha);
        var handed = (await desk.Get<IQueue>().ToNurseAsync(visit, Cancellation)).Value();
        Assert.Equal((QueuePlace.WithNurse, null), (handed.Place, handed.NurseName));
    }

    [Fact]
    public async Task A_doctor_calls_their_own_list_and_starting_the_visit_ends_the_call()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var mine = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        var his = await WaitingAsync(clinic, basu, "B01", minutes: 30);
        await using var acting = clinic.As(asha);

        (await acting.Get<IQueue>().CallNextAsync(basu.Id, his, Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await acting.Get<IQueue>().CallNextAsync(asha.Id, mine, Cancellation)).Value();
        (await acting.Get<IEncounters>().StartAsync(mine, Cancellation)).Value();

        var kept = await clinic.RowAsync<Appointment>(mine);
        Assert.Equal((AppointmentStatus.InProgress, null, null, null), (kept.Status, kept.CalledAt, kept.NurseSince, kept.CalledBy));
        Assert.StartsWith("A01 has been with the doctor since 11:00.", (await acting.Get<IQueue>().CallNextAsync(asha.Id, mine, Cancellation)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal("A01 has been with the doctor since 11:00.", (await acting.Get<IQueue>().PutBackAsync(mine, vitalsDone: false, Cancellation)).Refusal?.Message);
    }

    [Theory]
    [InlineData(StaffRole.Admin)]
    [InlineData(null)]
    public async Task An_admin_and_nobody_have_no_business_with_the_queue(StaffRole? role)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (admin, asha) = (await clinic.Given.AdminAsync(), await clinic.Given.DoctorAsync());
        var visit = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        await using var acting = role is null ? clinic.AsNobody() : clinic.As(admin);
        var queue = acting.Get<IQueue>();

        (await queue.IdentifyAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await queue.CallNextAsync(asha.Id, visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        foreach (var act in new Func<Task<Result<BookedVisit>>>[]
        {
            () => queue.ArriveAsync(visit, Cancellation), () => acting.CheckInAsync(visit), () => queue.ToNurseAsync(visit, Cancellation),
            () => queue.PutBackAsync(visit, vitalsDone: true, Cancellation), () => queue.CallAgainAsync(visit, Cancellation), () => queue.SkipAsync(visit, Cancellation),
        })
        {
            (await act()).AssertRefused(RefusalKind.Forbidden);
        }

        await clinic.AssertNothingHappenedAsync(admin);
    }

    [Fact]
    public async Task A_call_that_is_overtaken_by_the_nurse_is_refused_and_leaves_nothing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await WaitingAsync(clinic, asha, "A01", minutes: 30);
        await using var acting = clinic.As(devi);

        var overtaken = await clinic.OvertakenAsync(
            "UPDATE appointments SET nurse_since = '2026-11-05T05:29:00Z' WHERE id = $1", visit,
            () => acting.Get<IQueue>().CallNextAsync(asha.Id, visit, Cancellation));

        Assert.Equal("A01 was taken to the nurse at 10:59.", overtaken.Refusal?.Message);
        await clinic.AssertNothingHappenedAsync(devi);
    }

    private static async Task<IEnumerable<string?>> LineAsync(ActingPerson acting, ClinicUnderTest clinic)
        => Assert.Single((await acting.Get<IScheduling>().DayAsync(clinic.Days.Today, Cancellation)).Value().Doctors).Line.Select(v => v.Token);

    private async Task<Guid> WaitingAsync(ClinicUnderTest clinic, ClinicPerson doctor, string token, int minutes, Guid? patient = null)
    {
        var since = clinic.Clock.Now.AddMinutes(-minutes);
        var visit = await clinic.Given.AppointmentAsync(
            doctor, patient ?? await clinic.Given.PatientAsync(), clinic.At("09:00").AddMinutes(15 * _booked++), AppointmentStatus.CheckedIn, AppointmentType.Routine, since);
        await clinic.RunAsync("UPDATE appointments SET token = $2, changed_at = check_in_time WHERE id = $1", visit, token);
        return visit;
    }

    private static Task HoursAsync(ClinicUnderTest clinic, ClinicPerson doctor, string from, string to, string room) => clinic.RunAsync(
        "INSERT INTO working_hours (id, doctor_id, weekday, start_time, end_time, room) VALUES (gen_random_uuid(), $1, 4, $2, $3, $4)",
        doctor.Id, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), room);
}
