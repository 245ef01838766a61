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
        await using var refused = clinic.As(admin);
        await using var nobody = clinic.AsNobody();

        foreach (var book in new[] { refused.Get<IScheduling>(), nobody.Get<IScheduling>() })
        {
            (await book.DayAsync(clinic.Days.Today, Cancellation)).AssertRefused(RefusalKind.Forbidden);
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
}
