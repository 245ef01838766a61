using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling.Calendar;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling.Calendar;

/// <summary>The page of hours, leave, holidays and visit lengths.</summary>
public sealed class CalendarsPageTests : PageContext
{
    private static readonly Guid Asha = Guid.CreateVersion7();
    private readonly Kept _calendars = new();

    public CalendarsPageTests()
    {
        SignIn(StaffRole.Receptionist);
        Services.AddSingleton<ICalendars>(_calendars);
    }

    [Fact]
    public void Leads_from_the_practice_to_each_doctor()
    {
        var page = Render<CalendarsPage>();

        Assert.Equal(["/calendars", $"/calendars/{Asha}"], page.FindAll("nav[aria-label=Calendars] a").Select(a => a.GetAttribute("href")));
        Assert.Contains("Diwali", page.Markup, StringComparison.Ordinal);
        Assert.Equal("15", page.Find("#length-follow_up").GetAttribute("value"));
    }

    [Fact]
    public void A_week_is_typed_and_saved_whole()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));
        Assert.True(page.Find("button[type=submit]").HasAttribute("disabled"));

        page.Find("[aria-label='Add hours on Monday']").Click();
        page.Find("#from-1").Change("14:00");
        page.Find("#to-1").Change("17:00");
        page.Find("form.week-editor").Submit();

        Assert.Equal([("09:00", "13:00", 20, "Room 1"), ("14:00", "17:00", 20, "Room 1")], _calendars.Saved!.Select(h => ($"{h.From:HH\\:mm}", $"{h.To:HH\\:mm}", h.SlotMinutes, h.Room)));
        Assert.Contains("Saved.", page.Find("form.week-editor [role=status]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("form.week-editor button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void What_is_wrong_stands_beside_its_field_and_what_was_typed_stays()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));
        _calendars.Refusal = Refusal.Invalid("The end must be after the start.", "Week[0].To");

        page.Find("#to-0").Change("08:00");
        page.Find("form.week-editor").Submit();

        var field = page.Find("#to-0");
        Assert.Equal(("true", "08:00"), (field.GetAttribute("aria-invalid"), field.GetAttribute("value")));
        Assert.Equal("The end must be after the start.", page.Find($"#{field.GetAttribute("aria-describedby")}").TextContent);
        Assert.Null(page.Find("#from-0").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Removed_hours_and_copied_days_come_back_by_undo()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));

        page.Find("[aria-label='Remove Monday 09:00 to 13:00']").Click();
        Assert.Empty(page.FindAll("#from-0"));
        page.WaitForElement(".toast button").Click();
        Assert.Equal("09:00", page.Find("#from-0").GetAttribute("value"));
        page.Find("[aria-label='The same as Monday from Monday to Saturday']").Click();
        Assert.Equal(6, page.FindAll(".week-row").Count);
        page.WaitForElement(".toast button").Click();
        Assert.Single(page.FindAll(".week-row"));
    }

    [Fact]
    public async Task What_somebody_else_saves_takes_nothing_away_that_is_typed()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));
        page.Find("#to-0").Change("12:00");

        _calendars.Week = [Hours(10, 16)];
        await Feed.PublishAsync(new DayChange("appointment.calendar", Asha, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("Somebody else has changed these hours.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("12:00", page.Find("#to-0").GetAttribute("value"));
        page.Find(".week-editor .notice button").Click();
        Assert.Equal("16:00", page.Find("#to-0").GetAttribute("value"));
    }

    [Fact]
    public void A_week_that_changed_before_anybody_told_is_shown_before_it_is_saved_over()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));
        page.Find("#to-0").Change("12:00");
        (_calendars.Week, _calendars.Version) = ([Hours(10, 16)], Guid.CreateVersion7());

        page.Find("form.week-editor").Submit();

        Assert.Contains("Nothing was saved.", page.Find("form.week-editor [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Somebody else has changed these hours.", page.Find("form.week-editor .notice").TextContent, StringComparison.Ordinal);
        Assert.Null(_calendars.Saved);
        page.Find("form.week-editor").Submit();
        Assert.Equal("12:00", $"{Assert.Single(_calendars.Saved!).To:HH\\:mm}");
    }

    [Fact]
    public void Leave_is_added_with_those_who_must_be_moved_and_removed_with_undo()
    {
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));

        page.Find("#leave-from").Change("9 nov");
        page.Find("form.leave-form").Submit();

        Assert.Contains("1 appointment falls into this leave.", page.Markup, StringComparison.Ordinal);
        Assert.StartsWith("/appointments?day=", page.Find(".to-move a").GetAttribute("href"), StringComparison.Ordinal);
        page.Find("[aria-label^='Remove the leave of Mon 09-Nov-2026']").Click();
        Assert.Contains("No leave ahead.", page.Markup, StringComparison.Ordinal);
        page.WaitForElement(".toast button").Click();
        Assert.Contains("Mon 09-Nov-2026", page.Find(".lines").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_holiday_needs_a_day_and_comes_back_by_undo()
    {
        var page = Render<CalendarsPage>();

        page.Find("form.leave-form").Submit();
        Assert.Equal("Choose the day.", page.Find("#holiday-day-error").TextContent);
        page.Find("#holiday-day").Change("25-12");
        page.Find("#holiday-name").Change("Christmas");
        page.Find("form.leave-form").Submit();
        Assert.Equal(2, page.FindAll(".lines li").Count);
        page.Find("[aria-label='Remove Diwali']").Click();
        Assert.Single(page.FindAll(".lines li"));
        page.WaitForElement(".toast button").Click();
        Assert.Equal(2, page.FindAll(".lines li").Count);
    }

    [Fact]
    public void Lengths_that_were_typed_are_saved_and_a_wrong_one_is_told_beside_it()
    {
        var page = Render<CalendarsPage>();

        page.Find("#length-follow_up").Change("20");
        page.Find("form[aria-labelledby=lengths-title]").Submit();
        Assert.Equal(20, _calendars.Minutes[AppointmentType.FollowUp]);
        _calendars.Refusal = Refusal.Invalid("A visit takes 5 to 240 minutes.", "urgent");
        page.Find("#length-urgent").Change("999");
        page.Find("form[aria-labelledby=lengths-title]").Submit();

        Assert.Equal("A visit takes 5 to 240 minutes.", page.Find("#length-urgent-error").TextContent);
        Assert.Equal("999", page.Find("#length-urgent").GetAttribute("value"));
    }

    [Fact]
    public void Who_may_not_change_it_only_reads()
    {
        _calendars.MayKeep = false;
        var page = Render<CalendarsPage>(p => p.Add(x => x.DoctorId, Asha));

        Assert.All(page.FindAll("fieldset"), fieldset => Assert.True(fieldset.HasAttribute("disabled")));
        Assert.Empty(page.FindAll("form.leave-form, button"));
    }

    private static HoursDraft Hours(int from, int to) => new() { Weekday = DayOfWeek.Monday, From = new(from, 0), To = new(to, 0), SlotMinutes = 20, Room = "Room 1" };

    /// <summary>A practice with one doctor, that keeps what it is given.</summary>
    private sealed class Kept : ICalendars
    {
        private readonly List<LeaveView> _leave = [];
        private readonly List<Holiday> _holidays = [new(new(2026, 11, 8), "Diwali")];

        public bool MayKeep { get; set; } = true;

        public Refusal? Refusal { get; set; }

        public IReadOnlyList<HoursDraft> Week { get; set; } = [Hours(9, 13)];

        public IReadOnlyList<HoursDraft>? Saved { get; private set; }

        public Dictionary<AppointmentType, int> Minutes { get; } = Enum.GetValues<AppointmentType>().ToDictionary(type => type, _ => 15);

        public Guid Version { get; set; }

        private DoctorCalendarView Doctor => new(Asha, "Dr. Asha Rao", "General medicine", Week, [.. _leave]) { MayKeep = MayKeep, WeekVersion = Version };

        private PracticeCalendarView Practice
            => new([.. _holidays.OrderBy(h => h.Day)], new Dictionary<AppointmentType, int>(Minutes)) { Doctors = [new(Asha, "Dr. Asha Rao", null)], MayKeep = MayKeep };

        public Task<Result<IReadOnlyList<FreeSlot>>> FreeAsync(SlotQuestion question, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Result<DoctorCalendarView>> OpenAsync(Guid doctorId, CancellationToken cancellation) => Answer(Doctor);

        public Task<Result<DoctorCalendarView>> SaveHoursAsync(Guid doctorId, Guid seen, IReadOnlyList<HoursDraft> week, CancellationToken cancellation)
        {
            if (seen != Version)
            {
                return Task.FromResult<Result<DoctorCalendarView>>(Refusal.Conflict("Somebody else has changed these hours meanwhile. Nothing was saved."));
            }

            (Saved, Week) = Refusal is null ? ([.. week], [.. week]) : (Saved, Week);
            return Answer(Doctor);
        }

        public Task<Result<LeaveAdded>> AddLeaveAsync(LeaveDraft leave, CancellationToken cancellation)
        {
            var kolkata = TimeSpan.FromHours(5.5);
            var last = leave.ToDay is { } to && leave.ToTime == TimeOnly.MinValue ? to : (leave.ToDay ?? leave.FromDay!.Value).AddDays(1);
            _leave.Add(new LeaveView(leave.Id, new(leave.FromDay!.Value, TimeOnly.MinValue, kolkata), new(last, TimeOnly.MinValue, kolkata), leave.Reason));
            return Answer(new LeaveAdded(Doctor, [Day.Booked(Day.Visit("Meera", "Nair", Day.At(11, 0), AppointmentStatus.Scheduled))]));
        }

        public Task<Result<DoctorCalendarView>> RemoveLeaveAsync(Guid leaveId, CancellationToken cancellation)
        {
            _leave.RemoveAll(l => l.Id == leaveId);
            return Answer(Doctor);
        }

        public Task<Result<PracticeCalendarView>> PracticeAsync(CancellationToken cancellation) => Answer(Practice);

        public Task<Result<PracticeCalendarView>> AddHolidayAsync(DateOnly day, string name, CancellationToken cancellation)
        {
            _holidays.Add(new Holiday(day, name));
            return Answer(Practice);
        }

        public Task<Result<PracticeCalendarView>> RemoveHolidayAsync(DateOnly day, CancellationToken cancellation)
        {
            _holidays.RemoveAll(h => h.Day == day);
            return Answer(Practice);
        }

        public Task<Result<PracticeCalendarView>> SaveVisitLengthAsync(AppointmentType type, int minutes, CancellationToken cancellation)
        {
            Minutes[type] = Refusal is null ? minutes : Minutes[type];
            return Answer(Practice);
        }

        private Task<Result<T>> Answer<T>(T value) => Task.FromResult<Result<T>>(Refusal is { } refusal ? refusal : value);
    }
}
