using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling;

public sealed class SchedulingServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_and_nobody_have_no_business_with_the_book()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        var visit = await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync(), "11:00");
        await using var refused = clinic.As(admin);
        await using var nobody = clinic.AsNobody();

        foreach (var book in new[] { refused.Get<IScheduling>(), nobody.Get<IScheduling>() })
        {
            (await book.DayAsync(clinic.Days.Today, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await book.CheckInAsync(visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        await clinic.AssertNothingHappenedAsync(admin);
    }

    [Fact]
    public async Task The_desk_sees_every_doctor_of_the_day_each_by_time_and_nothing_of_another_day()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var (basu, asha) = (await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.DoctorAsync());
        var left = await clinic.Given.StaffAsync(StaffRole.Doctor, "Gone Doctor", StaffStatus.Inactive);
        await clinic.Given.StaffAsync(StaffRole.Doctor, "Gone And Free", StaffStatus.Inactive);
        var (meera, ravi) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi", "Rao"));
        var late = await clinic.Given.AppointmentAsync(asha, meera, "16:00");
        var early = await clinic.Given.AppointmentAsync(asha, ravi, "09:00", AppointmentStatus.Cancelled);
        var orphan = await clinic.Given.AppointmentAsync(left, ravi, "10:00");
        await clinic.Given.AppointmentAsync(asha, ravi, "10:00", daysAhead: 1);
        await clinic.Given.AppointmentAsync(asha, ravi, "10:00", daysAhead: -1);
        await using var acting = clinic.As(desk);

        var book = (await acting.Get<IScheduling>().DayAsync(clinic.Days.Today, Cancellation)).Value();

        Assert.Equal(["Asha Rao", "Basu Dev", "Gone Doctor"], book.Doctors.Select(d => d.DoctorName));
        Assert.Equal([early, late], book.Doctors[0].Visits.Select(v => v.AppointmentId));
        Assert.Empty(book.Doctors.Single(d => d.DoctorId == basu.Id).Visits);
        Assert.Equal(orphan, Assert.Single(book.Doctors[2].Visits).AppointmentId);
        Assert.Equal(("NAIR, Meera", 46), (book.Doctors[0].Visits[1].Name.Listed, book.Doctors[0].Visits[1].Age.Years));
        (await clinic.OnlyEventOfAsync(desk, "book.read")).AssertShown(meera, ravi);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-04T18:30:00Z", "2026-11-05T18:30:00Z")]
    [InlineData("America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")] // clocks go forward: 23 hours
    [InlineData("America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")] // and back: 25 hours
    public async Task A_day_is_the_practices_own_from_its_first_instant_to_its_last(string zone, string first, string next)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases, zone);
        var (from, to) = (DateTimeOffset.Parse(first, null), DateTimeOffset.Parse(next, null));
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.AppointmentAsync(asha, meera, from.AddMinutes(-15));
        var opens = await clinic.Given.AppointmentAsync(asha, meera, from);
        var closes = await clinic.Given.AppointmentAsync(asha, meera, to.AddMinutes(-1));
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), to.AddMinutes(14));
        await using var acting = clinic.As(desk);

        var book = (await acting.Get<IScheduling>().DayAsync(clinic.Days.DayOf(from), Cancellation)).Value();

        Assert.Equal([opens, closes], Assert.Single(book.Doctors).Visits.Select(v => v.AppointmentId));
    }

    [Fact]
    public async Task A_doctor_sees_their_own_list_and_the_patients_in_their_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (meera, ravi) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi", "Rao"));
        var mine = await clinic.Given.AppointmentAsync(asha, meera, "09:00");
        var shared = await clinic.Given.AppointmentAsync(basu, meera, "10:00");
        await clinic.Given.AppointmentAsync(basu, ravi, "11:00");
        await using var acting = clinic.As(asha);

        var book = (await acting.Get<IScheduling>().DayAsync(clinic.Days.Today, Cancellation)).Value();

        Assert.Equal([mine], book.Doctors[0].Visits.Select(v => v.AppointmentId));
        Assert.Equal([shared], book.Doctors[1].Visits.Select(v => v.AppointmentId));
        (await clinic.OnlyEventOfAsync(asha, "book.read")).AssertShown(meera);
    }

    [Fact]
    public async Task Checking_in_gives_a_token_starts_the_wait_and_brings_the_nurses()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, nila, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.NurseAsync(), await clinic.Given.DoctorAsync());
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "11:15", AppointmentStatus.Confirmed);
        await using var acting = clinic.As(desk);

        Assert.Equal("A01", (await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).Value());
        Assert.Equal("A01", (await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).Value());

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

        (await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).AssertRefused(RefusalKind.Conflict);
        await clinic.AssertNothingHappenedAsync(desk);
        Assert.Equal("A01", (await acting.Get<IScheduling>().CheckInAsync(next, Cancellation)).Value());
    }

    [Fact]
    public async Task An_appointment_that_one_may_not_see_is_as_absent_as_one_that_never_was()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(basu, meera, "11:00");
        await using var acting = clinic.As(asha);

        var notMine = await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation);
        var absent = await acting.Get<IScheduling>().CheckInAsync(Guid.CreateVersion7(), Cancellation);
        Assert.Equal(RefusalKind.NotFound, absent.Refusal?.Kind);
        Assert.Equal(absent.Refusal, notMine.Refusal);

        // In her care now, she may see it; moving another doctor's list stays the desk's and the nurses' work.
        await clinic.Given.CareAsync(asha, meera);
        (await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).AssertRefused(RefusalKind.Invalid);
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
            return (await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).Value();
        }));

        Assert.Equal(from letter in "ABCD" from number in Enumerable.Range(1, 10) select $"{letter}{number:00}", tokens.Order());
        Assert.Equal(40, (await clinic.TrailOfAsync(desk)).Count);
        Assert.Equal(40, (await clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Two_desks_at_once_give_one_patient_one_token()
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
                one.Get<IScheduling>().CheckInAsync(visit, Cancellation), other.Get<IScheduling>().CheckInAsync(visit, Cancellation));

            Assert.All(answers, a => Assert.Equal($"A{round:00}", a.Value()));
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
            "UPDATE appointments SET status = 'cancelled' WHERE id = $1", visit, () => acting.Get<IScheduling>().CheckInAsync(visit, Cancellation));

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
            tokens.Add((await acting.Get<IScheduling>().CheckInAsync(visit, Cancellation)).Value());
        }

        Assert.Equal(28, tokens.Distinct().Count());
        Assert.Equal(["Z01", "A101", "B101"], tokens[25..]);
    }
}
