using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Scheduling.Calendar;

/// <summary>"The next 15 minutes with any dermatologist", and the hours around the visits of a day. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class FindingAFreeTime(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_all_of_a_specialty_and_gives_the_soonest_of_anybody()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var kavita = await clinic.Given.WorkingDoctorAsync("Dr. Kavita Rao", "Dermatology");
        var leela = await clinic.Given.WorkingDoctorAsync("Dr. Leela Sen", "Dermatology");
        await clinic.Given.WorkingDoctorAsync();
        await clinic.Given.StaffAsync(StaffRole.Doctor, "Dr. Gone Away", StaffStatus.Inactive, "Dermatology");
        await clinic.Given.AppointmentAsync(kavita, await clinic.Given.PatientAsync(), "11:00");

        Assert.Equal(
            [(leela.Id, "05 11:00"), (kavita.Id, "05 11:15"), (leela.Id, "05 11:15")],
            Said(clinic, await FreeAsync(clinic, desk, new SlotQuestion { Specialty = "dermatology", Count = 3 })));
        Assert.Equal([(kavita.Id, "05 11:15")], Said(clinic, await FreeAsync(clinic, desk, new SlotQuestion { DoctorId = kavita.Id, Count = 1 })));
        Assert.Equal([(leela.Id, "05 11:00")], Said(clinic, await FreeAsync(clinic, desk, new SlotQuestion { Specialty = "Dermatology", Minutes = 120, Count = 1 })));
        Assert.Equal([(kavita.Id, "09 09:00")], Said(clinic, await FreeAsync(clinic, desk, new SlotQuestion { DoctorId = kavita.Id, Count = 1, From = clinic.At("00:00", 3) })));
        Assert.Empty(await FreeAsync(clinic, desk, new SlotQuestion { Specialty = "Cardiology" }));
    }

    [Fact]
    public async Task Is_one_round_trip_and_two_where_the_week_is_full()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var asha = await clinic.Given.WorkingDoctorAsync();
        await clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        await FreeAsync(clinic, desk, new SlotQuestion()); // opens the connection

        using (var near = new RoundTrips())
        {
            Assert.Equal(5, (await FreeAsync(clinic, desk, new SlotQuestion())).Count);
            Assert.Equal(1, near.Count);
        }

        await clinic.Given.LeaveAsync(asha, clinic.At("00:00"), clinic.At("00:00", 59));
        using var far = new RoundTrips();
        Assert.Equal([(asha.Id, "04 09:00")], Said(clinic, await FreeAsync(clinic, desk, new SlotQuestion { DoctorId = asha.Id, Count = 1, From = clinic.At("00:00", 1) })));
        Assert.Equal(2, far.Count);
    }

    [Fact]
    public async Task Looks_sixty_days_ahead_and_no_further()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var asha = await clinic.Given.WorkingDoctorAsync();
        await clinic.Given.LeaveAsync(asha, clinic.At("00:00"), clinic.At("00:00", 61));

        Assert.Empty(await FreeAsync(clinic, desk, new SlotQuestion()));
    }

    [Fact]
    public async Task Is_the_same_for_a_doctor_who_does_not_see_a_colleagues_list()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var basu = await clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var asha = await clinic.Given.WorkingDoctorAsync();
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:00");

        Assert.Equal([(asha.Id, "05 11:15")], Said(clinic, await FreeAsync(clinic, basu, new SlotQuestion { DoctorId = asha.Id, Count = 1 })));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(241)]
    public async Task Of_no_length_is_refused(int minutes)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());

        Assert.Equal("Minutes", (await acting.Get<ICalendars>().FreeAsync(new SlotQuestion { Minutes = minutes }, Cancellation)).Refusal?.Field);
    }

    [Fact]
    public async Task The_day_shows_hours_leave_what_is_free_and_how_late_it_is()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var asha = await clinic.Given.WorkingDoctorAsync();
        await clinic.Given.LeaveAsync(asha, clinic.At("15:00"), clinic.At("16:00"));
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "10:45", AppointmentStatus.CheckedIn, checkedIn: "10:40");
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:15");
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "11:30", type: AppointmentType.Urgent);
        await using var acting = clinic.As(desk);

        var hours = (await acting.Get<IScheduling>().DayAsync(clinic.Days.Today, Cancellation)).Value().Doctors.Single(d => d.DoctorId == asha.Id).Hours;

        Assert.Equal(15, hours.SlotMinutes);
        Assert.Equal([("09:00", "13:00"), ("14:00", "15:00"), ("16:00", "17:00")], hours.Open.Select(o => (Local(clinic, o.From)[3..], Local(clinic, o.To)[3..])));
        Assert.Equal(("On leave", "05 15:00", "05 16:00"), hours.Closed.Select(c => (c.Words, Local(clinic, c.From), Local(clinic, c.To))).Single());
        Assert.Equal(7 + 4 + 4, hours.FreeSlots);
        Assert.Equal(TimeSpan.FromMinutes(15), hours.Late);
        Assert.Null((await acting.Get<IScheduling>().DayAsync(clinic.Days.Today.AddDays(1), Cancellation)).Value().Doctors[0].Hours.Late);
    }

    [Fact]
    public async Task A_colleagues_day_says_taken_where_a_doctor_may_not_see_who()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var basu = await clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var asha = await clinic.Given.WorkingDoctorAsync();
        var mine = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(basu, mine);
        await clinic.Given.AppointmentAsync(asha, mine, "14:00");
        await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "15:00");
        await using var acting = clinic.As(basu);

        var column = (await acting.Get<IScheduling>().DayAsync(clinic.Days.Today, Cancellation)).Value().Doctors.Single(d => d.DoctorId == asha.Id);

        Assert.Equal(mine, Assert.Single(column.Visits).PatientId);
        Assert.Equal(("Taken", clinic.At("15:00"), clinic.At("15:15")), column.Hours.Closed.Select(c => (c.Words, c.From, c.To)).Single());
        Assert.Equal(18, column.Hours.FreeSlots);
    }

    [Fact]
    public async Task A_week_of_one_doctor_has_each_day_with_its_visits_and_its_hours()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        var asha = await clinic.Given.WorkingDoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, meera, "14:00", daysAhead: 1);
        await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync(), meera, "15:00", daysAhead: 1);
        await clinic.RunAsync("INSERT INTO practice_holidays VALUES ($1, 'Diwali')", clinic.Days.Today.AddDays(2));
        await using var acting = clinic.As(desk);

        var week = (await acting.Get<IScheduling>().DaysAsync(asha.Id, clinic.Days.Today, 7, Cancellation)).Value();

        Assert.Equal(("Dr. Asha Rao", "General medicine", 7), (week.DoctorName, week.Specialty, week.Days.Count));
        Assert.Equal(visit, Assert.Single(week.Days[1].Visits).AppointmentId);
        Assert.Equal([20, 27, 0, 0, 28, 28, 28], week.Days.Select(d => d.Hours.FreeSlots));
        Assert.Equal("Diwali", Assert.Single(week.Days[2].Hours.Closed).Words);
        Assert.Empty(week.Days[3].Hours.Open);
        (await clinic.OnlyEventOfAsync(desk, "book.read")).AssertShown(meera);
    }

    [Fact]
    public async Task Days_are_one_to_forty_two_of_a_doctor_there_is_for_those_who_may_read_the_book()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        await using var admin = clinic.As(await clinic.Given.AdminAsync());
        var today = clinic.Days.Today;

        (await desk.Get<IScheduling>().DaysAsync(asha.Id, today, 0, Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await desk.Get<IScheduling>().DaysAsync(asha.Id, today, 43, Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await desk.Get<IScheduling>().DaysAsync(Guid.CreateVersion7(), today, 7, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await admin.Get<IScheduling>().DaysAsync(asha.Id, today, 7, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Equal(42, (await desk.Get<IScheduling>().DaysAsync(asha.Id, today, 42, Cancellation)).Value().Days.Count);
    }

    private static async Task<IReadOnlyList<FreeSlot>> FreeAsync(ClinicUnderTest clinic, ClinicPerson person, SlotQuestion question)
    {
        await using var acting = clinic.As(person);
        return (await acting.Get<ICalendars>().FreeAsync(question, Cancellation)).Value();
    }

    private static IEnumerable<(Guid Doctor, string Start)> Said(ClinicUnderTest clinic, IReadOnlyList<FreeSlot> slots)
        => slots.Select(s => (s.DoctorId, Local(clinic, s.Start)));

    private static string Local(ClinicUnderTest clinic, DateTimeOffset at) => clinic.Days.Local(at).ToString("dd HH:mm", null);
}
