using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Portal.Tests.Dashboard;

/// <summary>The first who can be seen, and the figures of the day.</summary>
public sealed class WhoIsNext
{
    private static readonly DateTimeOffset Eleven = new(2026, 11, 5, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void of_an_empty_day_is_nobody() => Assert.Null(NextInLine.Of([], Eleven));

    [Fact]
    public void is_whoever_has_waited_longest_with_vitals_done()
        => Assert.Equal("b", Next(Waiting("a", 40), Waiting("b", 20, vitals: true), Waiting("c", 10, vitals: true), Booked("d", -60)));

    [Fact]
    public void is_whoever_has_waited_longest_when_nobody_has_vitals()
        => Assert.Equal("a", Next(Waiting("b", 20), Waiting("a", 40)));

    [Fact]
    public void is_an_urgent_one_before_all_others_even_without_vitals()
        => Assert.Equal("u", Next(Waiting("a", 40, vitals: true), Waiting("u", 1, AppointmentType.Urgent)));

    [Fact]
    public void is_not_who_is_with_the_doctor_done_cancelled_or_did_not_come()
        => Assert.Null(Next(
            Visit("a", AppointmentStatus.InProgress, 0), Visit("b", AppointmentStatus.Completed, 0),
            Visit("c", AppointmentStatus.Cancelled, 0), Visit("d", AppointmentStatus.NoShow, 0)));

    [Fact]
    public void is_the_next_booked_when_nobody_waits_and_not_one_whose_time_has_passed()
    {
        Assert.Equal("soon", Next(Booked("missed", -120), Booked("later", 60), Booked("soon", 30)));
        Assert.Equal("now", Next(Booked("now", -5), Booked("soon", 30)));
        Assert.Equal("missed", Next(Booked("missed too", -60), Booked("missed", -120)));
    }

    [Fact]
    public void the_figures_count_everybody_once()
    {
        var figures = DayFiguring.Of(
            [
                Visit("a", AppointmentStatus.Scheduled, 60), Visit("b", AppointmentStatus.Confirmed, 30),
                Waiting("c", 25, start: -10), Waiting("d", 40, start: -20), Waiting("u", 5, AppointmentType.Urgent, start: -90),
                Visit("e", AppointmentStatus.InProgress, -30), Visit("f", AppointmentStatus.Completed, -90),
                Visit("g", AppointmentStatus.Completed, -120), Visit("h", AppointmentStatus.Cancelled, 0), Visit("i", AppointmentStatus.NoShow, -60),
            ],
            new ResultTotals(9, 2, 3), Eleven);

        Assert.Equal(
            new DayFigures(2, 6, 8, 1, 3, Eleven.AddMinutes(-40), 9, 2, 3, TimeSpan.FromMinutes(20)), figures);
    }

    [Fact]
    public void nobody_is_late_while_nobody_due_waits()
    {
        Assert.Null(DayFiguring.Of([Waiting("early", 30, start: 15), Booked("b", -30)], null, Eleven).RunningLate);
        Assert.Null(DayFiguring.Of([Waiting("to the minute", 30, start: 0)], null, Eleven).RunningLate);
    }

    private static string? Next(params DayVisit[] visits) => NextInLine.Of(visits, Eleven)?.Reason;

    private static DayVisit Booked(string name, int start) => Visit(name, AppointmentStatus.Scheduled, start);

    private static DayVisit Waiting(string name, int minutes, AppointmentType type = AppointmentType.Routine, bool vitals = false, int start = 0)
        => Visit(name, AppointmentStatus.CheckedIn, start) with { CheckedInAt = Eleven.AddMinutes(-minutes), Type = type, VitalsDone = vitals };

    private static DayVisit Visit(string name, AppointmentStatus status, int start) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), new PersonName(name, null), Age.On(new DateOnly(2026, 11, 5), new DateOnly(1980, 1, 1)),
        Gender.Female, null, Eleven.AddMinutes(start), Eleven.AddMinutes(start + 15), status, AppointmentType.Routine, name, null, null, null, false);
}
