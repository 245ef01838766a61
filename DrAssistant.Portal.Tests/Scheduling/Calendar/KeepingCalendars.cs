using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Calendar;

/// <summary>Hours, leave, holidays and lengths as they are saved, by whom, and who is told. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class KeepingCalendars(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_reception_s_and_the_admins_and_a_doctors_only_for_themselves()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (nila, desk, admin) = (await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync());

        Assert.Equal("hours leave holiday length", await KeptByAsync(clinic, desk, asha));
        Assert.Equal("hours leave holiday length", await KeptByAsync(clinic, admin, asha));
        Assert.Equal("hours leave", await KeptByAsync(clinic, asha, asha));
        Assert.Equal("", await KeptByAsync(clinic, basu, asha));
        Assert.Equal("", await KeptByAsync(clinic, nila, asha));
        Assert.Empty(await clinic.TrailOfAsync(basu));
        Assert.Empty(await clinic.TrailOfAsync(nila));
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<ICalendars>().OpenAsync(asha.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<ICalendars>().PracticeAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<ICalendars>().FreeAsync(new SlotQuestion(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task A_week_replaces_the_one_before_is_written_down_and_told_to_open_books()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.WorkingDoctorAsync());
        var basu = await clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        await using var acting = clinic.As(desk);

        var before = (await acting.Get<ICalendars>().OpenAsync(asha.Id, Cancellation)).Value().WeekVersion;
        var saved = (await acting.Get<ICalendars>().SaveHoursAsync(asha.Id, before, [Hours("14:00", "16:00", 20, " Room 7 "), Hours("08:00", "12:00")], Cancellation)).Value();

        Assert.Equal([(DayOfWeek.Monday, "08:00", "12:00", 15, null), (DayOfWeek.Monday, "14:00", "16:00", 20, "Room 7")], saved.Week.Select(Said));
        Assert.Equal(saved.Week.Select(Said), (await acting.Get<ICalendars>().OpenAsync(asha.Id, Cancellation)).Value().Week.Select(Said));
        Assert.Equal(12, await clinic.BehindAsync(db => db.WorkingHours.CountAsync(h => h.DoctorId == basu.Id, Cancellation)));
        var entry = await clinic.OnlyEventOfAsync(desk, "calendar.hours");
        Assert.Equal(("doctor", asha.Id), (entry.ResourceType, entry.ResourceId));
        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("appointment.calendar", asha.Id, null), (message.Kind, message.SubjectId, message.PatientId));
    }

    [Fact]
    public async Task Of_those_who_save_a_week_at_once_one_stands_and_the_others_are_told()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());

        var answers = await Task.WhenAll(Enumerable.Range(8, 8).Select(async hour =>
        {
            await using var acting = clinic.As(desk);
            return await acting.Get<ICalendars>().SaveHoursAsync(asha.Id, Guid.Empty, [Hours($"{hour:00}:00", "17:00")], Cancellation);
        }));

        Assert.Equal(1, await clinic.BehindAsync(db => db.WorkingHours.CountAsync(Cancellation)));
        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => a.AssertRefused(RefusalKind.Conflict));
    }

    [Fact]
    public async Task A_week_that_somebody_changed_meanwhile_is_saved_over_only_by_whoever_has_seen_it()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.WorkingDoctorAsync());
        await using var acting = clinic.As(desk);
        var calendars = acting.Get<ICalendars>();
        var seen = (await calendars.OpenAsync(asha.Id, Cancellation)).Value().WeekVersion;
        var theirs = (await calendars.SaveHoursAsync(asha.Id, seen, [Hours("10:00", "12:00")], Cancellation)).Value();

        (await calendars.SaveHoursAsync(asha.Id, seen, [Hours("14:00", "16:00")], Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(theirs.Week.Select(Said), (await calendars.OpenAsync(asha.Id, Cancellation)).Value().Week.Select(Said));
        var emptied = (await calendars.SaveHoursAsync(asha.Id, theirs.WeekVersion, [], Cancellation)).Value();
        Assert.Equal((0, Guid.Empty), (emptied.Week.Count, emptied.WeekVersion));
    }

    [Theory]
    [InlineData(null, "12:00", 15, null, "Week[1].From", "Give the time at which it begins.")]
    [InlineData("08:00", null, 15, null, "Week[1].To", "Give the time at which it ends.")]
    [InlineData("12:00", "08:00", 15, null, "Week[1].To", "The end must be after the start.")]
    [InlineData("08:00", "08:00", 15, null, "Week[1].To", "The end must be after the start.")]
    [InlineData("08:00", "09:00", 4, null, "Week[1].SlotMinutes", "A slot takes 5 to 120 minutes.")]
    [InlineData("08:00", "09:00", 121, null, "Week[1].SlotMinutes", "A slot takes 5 to 120 minutes.")]
    [InlineData("08:00", "08:10", 15, null, "Week[1].To", "No slot of 15 minutes fits in.")]
    [InlineData("08:00", "09:00", 15, "A room whose name is far too long to be one", "Week[1].Room", "At most 30 characters.")]
    [InlineData("09:30", "11:00", 15, null, "Week[1].From", "This overlaps with 10:00 to 12:00.")]
    public void A_week_with_something_wrong_is_told_beside_its_field(string? from, string? to, int slot, string? room, string field, string message)
    {
        var wrong = new HoursDraft
        {
            Weekday = DayOfWeek.Monday,
            From = from is null ? null : TimeOnly.Parse(from, null),
            To = to is null ? null : TimeOnly.Parse(to, null),
            SlotMinutes = slot,
            Room = room,
        };

        var refusal = CalendarRules.Week([Hours("10:00", "12:00"), wrong]);

        Assert.Equal((field, message), (refusal?.Field, refusal?.Message));
    }

    [Fact]
    public void A_week_may_have_stretches_that_touch_and_the_same_ones_on_other_days()
        => Assert.Null(CalendarRules.Week([Hours("10:00", "12:00"), Hours("12:00", "13:00"), Hours("10:00", "12:00", on: DayOfWeek.Tuesday)]));

    [Fact]
    public async Task Leave_is_added_with_the_appointments_that_now_fall_into_it_and_they_stay()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.WorkingDoctorAsync());
        var meera = await clinic.Given.PatientAsync();
        var within = await clinic.Given.AppointmentAsync(asha, meera, "10:00", daysAhead: 1);
        var into = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "08:50", daysAhead: 1);
        await clinic.Given.AppointmentAsync(asha, meera, "14:00", AppointmentStatus.Cancelled, daysAhead: 1);
        await clinic.Given.AppointmentAsync(asha, meera, "10:00", daysAhead: 2);
        await clinic.Given.AppointmentAsync(await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.PatientAsync(), "11:00", daysAhead: 1);
        await using var acting = clinic.As(desk);
        var leave = new LeaveDraft { DoctorId = asha.Id, FromDay = clinic.Days.Today.AddDays(1), FromTime = new(9, 0), ToTime = new(17, 0), Reason = " Conference " };

        var added = (await acting.Get<ICalendars>().AddLeaveAsync(leave, Cancellation)).Value();
        var again = (await acting.Get<ICalendars>().AddLeaveAsync(leave, Cancellation)).Value();

        Assert.Equal([into, within], added.ToMove.Select(v => v.AppointmentId));
        var kept = Assert.Single(again.Calendar.Leave);
        Assert.Equal((leave.Id, clinic.At("09:00", 1), clinic.At("17:00", 1), "Conference"), (kept.Id, kept.From, kept.To, kept.Reason));
        Assert.Equal(AppointmentStatus.Scheduled, (await clinic.RowAsync<Appointment>(within)).Status);
        var entry = await clinic.OnlyEventOfAsync(desk, "calendar.leave");
        Assert.Contains(meera, entry.PatientIds!);
        Assert.Equal("appointment.calendar", Assert.Single(await clinic.OwedAsync()).Kind);
    }

    [Fact]
    public async Task Leave_takes_whole_days_unless_times_are_given_and_ends_by_being_removed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.WorkingDoctorAsync();
        await using var acting = clinic.As(asha);
        var today = clinic.Days.Today;

        var added = (await acting.Get<ICalendars>().AddLeaveAsync(new LeaveDraft { DoctorId = asha.Id, FromDay = today, ToDay = today.AddDays(1) }, Cancellation)).Value();

        var leave = Assert.Single(added.Calendar.Leave);
        Assert.Equal((clinic.At("00:00"), clinic.At("00:00", 2)), (leave.From, leave.To));
        Assert.Empty((await acting.Get<ICalendars>().RemoveLeaveAsync(leave.Id, Cancellation)).Value().Leave);
        (await acting.Get<ICalendars>().RemoveLeaveAsync(leave.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertTrailAsync(asha, "calendar.leave", "calendar.leave-removed");
    }

    [Theory]
    [InlineData(null, null, null, null, "FromDay", "Choose the first day.")]
    [InlineData(2, null, 1, null, "ToDay", "The last day must not be before the first.")]
    [InlineData(1, null, 400, null, "ToDay", "Leave is entered for a year at most.")]
    [InlineData(1, "12:00", 1, "11:00", "ToTime", "The end must be after the start.")]
    [InlineData(-2, null, -1, null, "ToDay", "That time is over.")]
    [InlineData(-2, null, null, null, "FromDay", "That time is over.")]
    [InlineData(0, "08:00", null, "10:00", "FromDay", "That time is over.")]
    public async Task Leave_that_cannot_be_is_told_beside_its_field(int? from, string? fromTime, int? to, string? toTime, string field, string message)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);

        var refused = await acting.Get<ICalendars>().AddLeaveAsync(
            new LeaveDraft
            {
                DoctorId = asha.Id,
                FromDay = from is { } f ? clinic.Days.Today.AddDays(f) : null,
                FromTime = fromTime is null ? null : TimeOnly.Parse(fromTime, null),
                ToDay = to is { } t ? clinic.Days.Today.AddDays(t) : null,
                ToTime = toTime is null ? null : TimeOnly.Parse(toTime, null),
            },
            Cancellation);

        Assert.Equal((field, message), (refused.Refusal?.Field, refused.Refusal?.Message));
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task Why_somebody_is_away_is_for_those_who_keep_the_calendar()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, nila, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await clinic.Given.LeaveAsync(asha, clinic.At("14:00"), clinic.At("15:00"));

        foreach (var (person, reason) in new[] { (asha, "Family wedding"), (nila, null), (basu, null) })
        {
            await using var acting = clinic.As(person);
            var view = (await acting.Get<ICalendars>().OpenAsync(asha.Id, Cancellation)).Value();
            Assert.Equal((reason, reason is not null), (Assert.Single(view.Leave).Reason, view.MayKeep));
        }
    }

    [Fact]
    public async Task A_holiday_is_added_once_and_removed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var acting = clinic.As(admin);
        var (calendars, day) = (acting.Get<ICalendars>(), clinic.Days.Today.AddDays(3));

        Assert.Equal([new Holiday(day, "Diwali")], (await calendars.AddHolidayAsync(day, " Diwali ", Cancellation)).Value().Holidays);
        Assert.Equal(("Day", "08-Nov-2026 is a holiday already."), Said(await calendars.AddHolidayAsync(day, "Deepavali", Cancellation)));
        Assert.Equal(("Day", "That day is over."), Said(await calendars.AddHolidayAsync(day.AddDays(-4), "Past", Cancellation)));
        Assert.Equal(("Name", "Name the holiday."), Said(await calendars.AddHolidayAsync(day.AddDays(1), "  ", Cancellation)));
        Assert.Equal(("Name", "At most 100 characters."), Said(await calendars.AddHolidayAsync(day.AddDays(1), new string('x', 101), Cancellation)));
        Assert.Empty((await calendars.RemoveHolidayAsync(day, Cancellation)).Value().Holidays);
        (await calendars.RemoveHolidayAsync(day, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertTrailAsync(admin, "calendar.holiday", "calendar.holiday-removed");
    }

    [Fact]
    public async Task A_visit_length_is_kept_by_its_kind_and_fifteen_minutes_before_that()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var desk = await clinic.Given.ReceptionistAsync();
        await clinic.Given.StaffAsync(StaffRole.Doctor, "Gone Away", StaffStatus.Inactive);
        var asha = await clinic.Given.WorkingDoctorAsync();
        await using var acting = clinic.As(desk);
        var calendars = acting.Get<ICalendars>();

        Assert.All((await calendars.PracticeAsync(Cancellation)).Value().VisitMinutes.Values, minutes => Assert.Equal(15, minutes));
        await calendars.SaveVisitLengthAsync(AppointmentType.FollowUp, 10, Cancellation);
        var view = (await calendars.SaveVisitLengthAsync(AppointmentType.FollowUp, 20, Cancellation)).Value();

        Assert.Equal((20, 15), (view.VisitMinutes[AppointmentType.FollowUp], view.VisitMinutes[AppointmentType.Urgent]));
        Assert.Equal([new CalendarDoctor(asha.Id, "Dr. Asha Rao", "General medicine")], view.Doctors);
        Assert.Equal(("follow_up", "A visit takes 5 to 240 minutes."), Said(await calendars.SaveVisitLengthAsync(AppointmentType.FollowUp, 4, Cancellation)));
        (await calendars.OpenAsync(desk.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await calendars.SaveHoursAsync(desk.Id, Guid.Empty, [], Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertTrailAsync(desk, "calendar.visit-length", "calendar.visit-length");
    }

    private static async Task<string> KeptByAsync(ClinicUnderTest clinic, ClinicPerson person, ClinicPerson doctor)
    {
        await using var acting = clinic.As(person);
        var (calendars, day) = (acting.Get<ICalendars>(), clinic.Days.Today.AddDays(7));
        var deeds = new List<string>();
        var week = (await calendars.OpenAsync(doctor.Id, Cancellation)).Value?.WeekVersion ?? Guid.Empty;
        Add("hours", (await calendars.SaveHoursAsync(doctor.Id, week, [Hours("09:00", "13:00")], Cancellation)).Refusal);
        var leave = await calendars.AddLeaveAsync(new LeaveDraft { DoctorId = doctor.Id, FromDay = day }, Cancellation);
        Add("leave", leave.Refusal);
        await using (var keeper = clinic.As(doctor))
        {
            var theirs = leave.Value?.Calendar.Leave[0].Id ?? (await keeper.Get<ICalendars>().AddLeaveAsync(new LeaveDraft { DoctorId = doctor.Id, FromDay = day }, Cancellation)).Value().Calendar.Leave[0].Id;
            Assert.Equal(leave.Refusal?.Kind, (await calendars.RemoveLeaveAsync(theirs, Cancellation)).Refusal?.Kind);
            await keeper.Get<ICalendars>().RemoveLeaveAsync(theirs, Cancellation);
        }

        Add("holiday", (await calendars.AddHolidayAsync(day, "Fair", Cancellation)).Refusal ?? (await calendars.RemoveHolidayAsync(day, Cancellation)).Refusal);
        Add("length", (await calendars.SaveVisitLengthAsync(AppointmentType.Routine, 30, Cancellation)).Refusal);
        return string.Join(' ', deeds);

        void Add(string deed, Refusal? refusal)
        {
            if (refusal is null)
            {
                deeds.Add(deed);
            }
            else
            {
                Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
            }
        }
    }

    private static HoursDraft Hours(string from, string to, int slot = 15, string? room = null, DayOfWeek on = DayOfWeek.Monday)
        => new() { Weekday = on, From = TimeOnly.Parse(from, null), To = TimeOnly.Parse(to, null), SlotMinutes = slot, Room = room };

    private static (DayOfWeek Weekday, string From, string To, int Slot, string? Room) Said(HoursDraft hours)
        => (hours.Weekday, ClinicFormat.Time(hours.From!.Value), ClinicFormat.Time(hours.To!.Value), hours.SlotMinutes, hours.Room);

    private static (string? Field, string? Message) Said<T>(Result<T> result) => (result.Refusal?.Field, result.Refusal?.Message);
}
