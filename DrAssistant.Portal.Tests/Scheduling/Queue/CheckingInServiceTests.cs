using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling.Queue;

public sealed class CheckingInServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checking_in_gives_a_token_starts_the_wait_and_brings_the_nurses()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, nila, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.NurseAsync(), await clinic.Given.DoctorAsync());
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "11:15", AppointmentStatus.Confirmed);
        await using var acting = clinic.As(desk);

        Assert.Equal("A01", (await acting.CheckInAsync(visit)).Value().Token);
        Assert.Equal("A01", (await acting.CheckInAsync(visit)).Value().Token);

        var kept = await clinic.RowAsync<Appointment>(visit);
        Assert.Equal((AppointmentStatus.CheckedIn, clinic.Clock.Now, "A01"), (kept.Status, kept.CheckInTime, kept.Token));
        var entry = await clinic.OnlyEventOfAsync(desk, "appointment.check-in", meera);
        Assert.Equal(visit, entry.ResourceId);
        await clinic.AssertNowhereInTheTrailAsync("checked_in");
        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("appointment.changed", visit, meera), (message.Kind, message.SubjectId, message.PatientId));
        Assert.Contains(asha.Id.ToString(), message.Payload, StringComparison.Ordinal);
        Assert.Contains(nila.Id, await clinic.BehindAsync(db => db.CareTeam.Where(m => m.PatientId == meera).Select(m => m.UserId).ToListAsync(Cancellation)));
    }

    [Theory]
    [InlineData(AppointmentStatus.InProgress)]
    [InlineData(AppointmentStatus.Completed)]
    [InlineData(AppointmentStatus.Cancelled)]
    [InlineData(AppointmentStatus.NoShow)]
    public async Task Who_is_past_the_door_is_not_checked_in_and_no_number_is_lost(AppointmentStatus status)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00", status);
        var next = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:30");
        await using var acting = clinic.As(desk);

        (await acting.CheckInAsync(visit)).AssertRefused(RefusalKind.Conflict);
        await clinic.AssertNothingHappenedAsync(desk);
        Assert.Equal("A01", (await acting.CheckInAsync(next)).Value().Token);
    }

    [Fact]
    public async Task An_appointment_that_one_may_not_see_is_as_absent_as_one_that_never_was()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(basu, meera, "11:00");
        await using var acting = clinic.As(asha);

        var notMine = await acting.CheckInAsync(visit);
        var absent = await acting.CheckInAsync(Guid.CreateVersion7());
        Assert.Equal(RefusalKind.NotFound, absent.Refusal?.Kind);
        Assert.Equal(absent.Refusal, notMine.Refusal);

        // In her care now, she may see it; moving another doctor's list stays the desk's and the nurses' work.
        await clinic.Given.CareAsync(asha, meera);
        (await acting.CheckInAsync(visit)).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task Forty_check_ins_at_once_give_forty_tokens_a_letter_a_doctor_and_numbers_without_a_gap()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var visits = new List<Guid>();
        foreach (var name in new[] { "Asha", "Basu", "Chitra", "Dinesh" })
        {
            var doctor = await clinic.Given.DoctorAsync(name);
            for (var at = 0; at < 10; at++)
            {
                visits.Add(await clinic.Given.AppointmentAsync(doctor, await clinic.Given.PatientAsync(), clinic.At("09:00").AddMinutes(15 * at)));
            }
        }

        var tokens = await Task.WhenAll(visits.Select(async visit =>
        {
            await using var acting = clinic.As(desk);
            return (await acting.CheckInAsync(visit)).Value().Token;
        }));

        Assert.Equal(from letter in "ABCD" from number in Enumerable.Range(1, 10) select $"{letter}{number:00}", tokens.Order());
        Assert.Equal(40, (await clinic.TrailOfAsync(desk)).Count);
        Assert.Equal(40, (await clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Two_desks_at_once_give_one_patient_one_token_and_the_loser_hears_who_was_faster()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, leela) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.ReceptionistAsync("Leela Iyer"));
        var asha = await clinic.Given.DoctorAsync();
        for (var round = 1; round <= 10; round++)
        {
            var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), clinic.At("09:00").AddMinutes(15 * round));
            await using var one = clinic.As(devi);
            await using var other = clinic.As(leela);

            var answers = await Task.WhenAll(
                one.CheckInAsync(visit), other.CheckInAsync(visit));

            Assert.Equal($"A{round:00}", Assert.Single(answers, a => a.Succeeded).Value().Token);
            var winner = answers[0].Succeeded ? "Devi" : "Leela";
            Assert.Equal($"A{round:00} was checked in by {winner} at 11:00.", Assert.Single(answers, a => !a.Succeeded).Refusal?.Message);
        }

        Assert.Equal(10, (await clinic.TrailOfAsync(devi)).Count + (await clinic.TrailOfAsync(leela)).Count);
        Assert.Equal(10, (await clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task An_appointment_that_is_cancelled_meanwhile_is_not_checked_in()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00");
        await using var acting = clinic.As(desk);

        var overtaken = await clinic.OvertakenAsync(
            "UPDATE appointments SET status = 'cancelled' WHERE id = $1", visit, () => acting.CheckInAsync(visit));

        overtaken.AssertRefused(RefusalKind.Conflict);
        var kept = await clinic.RowAsync<Appointment>(visit);
        Assert.Equal((AppointmentStatus.Cancelled, null), (kept.Status, kept.Token));
        await clinic.AssertNothingHappenedAsync(desk);
    }

    [Fact]
    public async Task After_twenty_six_doctors_the_letters_come_round_and_the_numbers_stay_apart()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var tokens = new List<string>();
        for (var doctor = 0; doctor < 28; doctor++)
        {
            var visit = await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync(), "11:00");
            tokens.Add((await acting.CheckInAsync(visit)).Value().Token!);
        }

        Assert.Equal(28, tokens.Distinct().Count());
        Assert.Equal(["Z01", "A101", "B101"], tokens[25..]);
    }

    [Fact]
    public async Task The_desk_compares_what_is_on_record_and_the_trail_says_what_was_compared_and_no_value()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var meera = await clinic.Given.PatientAsync(contact: new PatientContact { Phone = "+919876504108", AbhaNumber = "91438277654108" });
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "11:00");
        await using var acting = clinic.As(desk);

        var person = (await acting.Get<IQueue>().IdentifyAsync(visit, Cancellation)).Value();
        (await acting.Get<IQueue>().CheckInAsync(visit, [Identifier.Phone, Identifier.Name], Cancellation)).Value();

        Assert.Equal(("Meera Nair", new DateOnly(1980, 2, 1), "4108", "4108"), (person.Name.Spoken, person.DateOfBirth, person.PhoneEnd, person.AbhaEnd));
        await clinic.AssertTrailAsync(desk, "appointment.identify", "appointment.check-in");
        var entry = (await clinic.TrailOfAsync(desk))[1];
        Assert.Contains("confirmed", entry.Fields!);
        var said = clinic.Services.GetRequiredService<PhiCipher>().Reveal(new FieldAddress("audit_events", "new_values", entry.Id), entry.NewValues);
        Assert.Contains("\"confirmed\":\"name phone\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain("4108", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_identifier_or_one_that_is_not_on_record_is_not_enough_and_no_number_is_lost()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00");
        await using var acting = clinic.As(desk);
        foreach (var confirmed in new Identifier[][] { [], [Identifier.Name], [Identifier.Name, Identifier.Name], [Identifier.DateOfBirth, Identifier.Mrn], [Identifier.Name, Identifier.Phone], [Identifier.Name, (Identifier)9] })
        {
            (await acting.Get<IQueue>().CheckInAsync(visit, confirmed, Cancellation)).AssertRefused(RefusalKind.Invalid);
        }

        await clinic.AssertNothingHappenedAsync(desk);
        Assert.Equal("A01", (await acting.CheckInAsync(visit)).Value().Token);
    }

    [Fact]
    public async Task Somebody_in_the_building_is_marked_as_arrived_and_then_checked_in()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, leela) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.ReceptionistAsync("Leela Iyer"));
        var visit = await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync(), "11:00");
        await using var one = clinic.As(devi);
        await using var other = clinic.As(leela);

        Assert.Equal(QueuePlace.Arrived, (await one.Get<IQueue>().ArriveAsync(visit, Cancellation)).Value().Place);
        (await one.Get<IQueue>().ArriveAsync(visit, Cancellation)).Value();
        Assert.Equal(
            "This patient was marked as arrived by Devi at 11:00, and is not checked in yet.",
            (await other.Get<IQueue>().ArriveAsync(visit, Cancellation)).Refusal?.Message);
        Assert.Equal(QueuePlace.Waiting, (await other.CheckInAsync(visit)).Value().Place);
        await clinic.AssertTrailAsync(devi, "appointment.arrive");
    }

    [Fact]
    public async Task Nobody_is_checked_in_for_another_day()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var visit = await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync(), "11:00", daysAhead: 1);
        await using var acting = clinic.As(desk);

        Assert.Equal("This appointment is on Fri 06-Nov-2026. Move it to today first.", (await acting.CheckInAsync(visit)).Refusal?.Message);
        await clinic.AssertNothingHappenedAsync(desk);
    }
}
