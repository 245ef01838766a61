using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Scheduling.Calendar;

/// <summary>Hours, breaks, leave, holidays and bookings of one doctor, without a store. Thursdays 09:00 to 10:00 and 11:00 to 12:00.</summary>
public sealed class WhatADoctorHasFree
{
    private static readonly DateOnly Thursday = new(2026, 11, 5);
    private static readonly ClinicClock Kolkata = ClockOf("Asia/Kolkata");

    [Fact]
    public void is_every_slot_of_the_hours_and_none_of_the_break()
        => Assert.Equal("09:00 09:15 09:30 09:45 11:00 11:15 11:30 11:45", Free(Doctor()));

    [Fact]
    public void begins_at_the_next_slot_from_now_on()
        => Assert.Equal("09:45 11:00 11:15 11:30 11:45", Free(Doctor(), from: At("09:31")));

    [Fact]
    public void includes_the_slot_that_begins_this_moment()
        => Assert.StartsWith("09:30", Free(Doctor(), from: At("09:30")), StringComparison.Ordinal);

    [Fact]
    public void never_runs_into_a_break_or_past_the_end()
        => Assert.Equal("09:00 09:15 11:00 11:15", Free(Doctor(), minutes: 45));

    [Fact]
    public void is_nothing_where_no_stretch_is_long_enough()
        => Assert.Equal("", Free(Doctor(), minutes: 90));

    [Theory]
    [InlineData("09:15", "09:30", "09:00 09:30 09:45")] // a slot
    [InlineData("09:20", "09:35", "09:00 09:45")] // off the grid: two slots are touched
    [InlineData("09:20", "09:25", "09:00 09:30 09:45")] // within a slot
    [InlineData("08:00", "09:01", "09:15 09:30 09:45")] // came before the hours
    [InlineData("09:59", "11:00", "09:00 09:15 09:30")] // runs into the break
    public void leaves_out_whatever_a_booking_touches(string from, string to, string morning)
        => Assert.Equal($"{morning} 11:00 11:15 11:30 11:45", Free(Doctor(), booked: [new Period(At(from), At(to))]));

    [Fact]
    public void has_room_between_two_bookings_for_what_fits_exactly()
    {
        Period[] booked = [new(At("09:00"), At("09:15")), new(At("09:45"), At("10:00"))];

        Assert.Equal("09:15", Free(Doctor(), minutes: 30, booked: booked).Split(' ')[0]);
        Assert.Equal("11:00", Free(Doctor(), minutes: 35, booked: booked).Split(' ')[0]);
    }

    [Fact]
    public void leaves_leave_out_and_keeps_the_grid_after_it()
    {
        var doctor = Doctor(leave: new Period(At("09:10"), At("09:40")));

        Assert.Equal("09:45 11:00 11:15 11:30 11:45", Free(doctor));
        Assert.Equal(["09:00-09:10", "09:40-10:00", "11:00-12:00"], Open(doctor));
        Assert.Equal(("On leave", At("09:10"), At("09:40")), Closed(doctor));
    }

    [Fact]
    public void is_nothing_in_leave_that_began_the_day_before_and_ends_the_day_after()
    {
        var doctor = Doctor(leave: new Period(At("20:00", -1), At("08:00", 1)));

        Assert.Equal("", Free(doctor));
        Assert.Empty(doctor.OpenOn(Thursday));
        Assert.Equal(("On leave", At("00:00"), At("00:00", 1)), Closed(doctor));
    }

    [Fact]
    public void counts_two_leaves_that_overlap_once()
    {
        var calendar = new DoctorCalendar(Kolkata, Week(), [new(At("09:30"), At("11:15")), new(At("09:00"), At("09:45"))], NoHolidays);

        Assert.Equal(["11:15-12:00"], Open(calendar));
    }

    [Fact]
    public void is_nothing_on_a_holiday_which_says_its_name()
    {
        var doctor = new DoctorCalendar(Kolkata, Week(), [], new Dictionary<DateOnly, string> { [Thursday] = "Diwali" });

        Assert.Equal("", Free(doctor));
        Assert.Equal(("Diwali", At("00:00"), At("00:00", 1)), Closed(doctor));
        Assert.Empty(doctor.OpenOn(Thursday));
    }

    [Fact]
    public void is_nothing_on_a_weekday_without_hours()
        => Assert.Empty(Doctor().FreeOn(Thursday.AddDays(1), 15, [], At("00:00")));

    [Fact]
    public void goes_on_with_the_next_day_on_which_the_doctor_works()
    {
        var next = Doctor().FreeFrom(At("11:50"), Thursday.AddDays(60), 15, []).First();

        Assert.Equal((At("09:00", 7), "Room 1"), (next.Time.From, next.Room));
    }

    [Fact]
    public void stays_at_the_same_time_of_the_clock_when_the_clocks_change()
    {
        // Sundays at 01:00 to 04:00 in New York: on 8 March 02:00 to 03:00 does not exist, on 1 November 01:00 to 02:00 comes twice.
        var clock = ClockOf("America/New_York");
        var doctor = new DoctorCalendar(clock, [new(DayOfWeek.Sunday, new(1, 0), new(4, 0), 30, null)], [], NoHolidays);

        Assert.Equal("01:00 01:30 03:00 03:30", On(new(2026, 3, 8)));
        Assert.Equal("01:00 01:30 02:00 02:30 03:00 03:30", On(new(2026, 3, 15)));
        Assert.Equal("01:00 01:30 01:00 01:30 02:00 02:30 03:00 03:30", On(new(2026, 11, 1)));

        string On(DateOnly day) => Times(doctor.FreeOn(day, 30, [], DateTimeOffset.MinValue).Select(f => f.Time.From), clock);
    }

    [Fact]
    public void is_nothing_in_hours_that_the_clock_skips()
    {
        var doctor = new DoctorCalendar(ClockOf("America/New_York"), [new(DayOfWeek.Sunday, new(2, 0), new(3, 0), 15, null)], [], NoHolidays);

        Assert.Empty(doctor.OpenOn(new(2026, 3, 8)));
        Assert.Single(doctor.OpenOn(new(2026, 3, 15)));
    }

    [Fact]
    public void is_counted_late_by_the_first_who_waits_and_was_due()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), DoctorCalendar.Lateness([At("09:15"), At("09:00"), At("10:00")], At("09:20")));
        Assert.Null(DoctorCalendar.Lateness([At("09:15")], At("09:10")));
        Assert.Null(DoctorCalendar.Lateness([], At("09:10")));
    }

    private static IReadOnlyDictionary<DateOnly, string> NoHolidays { get; } = new Dictionary<DateOnly, string>();

    private static WeekStretch[] Week() =>
    [
        new(DayOfWeek.Thursday, new(11, 0), new(12, 0), 15, "Room 2"), new(DayOfWeek.Thursday, new(9, 0), new(10, 0), 15, "Room 1"),
    ];

    private static DoctorCalendar Doctor(Period? leave = null) => new(Kolkata, Week(), leave is null ? [] : [leave], NoHolidays);

    private static string Free(DoctorCalendar doctor, int minutes = 15, IReadOnlyList<Period>? booked = null, DateTimeOffset? from = null)
        => Times(doctor.FreeOn(Thursday, minutes, booked ?? [], from ?? At("00:00")).Select(f => f.Time.From), Kolkata);

    private static string Times(IEnumerable<DateTimeOffset> times, ClinicClock clock)
        => string.Join(' ', times.Select(t => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(t).DateTime))));

    private static IEnumerable<string> Open(DoctorCalendar doctor) => doctor.OpenOn(Thursday).Select(o => Times([o.From, o.To], Kolkata).Replace(' ', '-'));

    private static (string Words, DateTimeOffset From, DateTimeOffset To) Closed(DoctorCalendar doctor)
    {
        var closed = Assert.Single(doctor.ClosedOn(Thursday));
        return (closed.Words, closed.From, closed.To);
    }

    private static DateTimeOffset At(string time, int daysAhead = 0) => Kolkata.At(Thursday.AddDays(daysAhead), TimeOnly.Parse(time, null));

    private static ClinicClock ClockOf(string zone)
        => new(new StoppedClock(ClinicUnderTest.Eleven), Options.Create(new ClinicOptions { TimeZone = zone }));
}
