using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>Where blocks, closed stretches and free slots stand; it is 10:41.</summary>
public sealed class LayingOutADay
{
    [Fact]
    public void takes_an_hour_seventy_nine_pixels_high_from_the_first_hour_to_half_an_hour_after_the_last()
    {
        var scale = BookScale.Of([TheBook.Column(TheBook.Hours())], TheBook.Clock);

        Assert.Equal((9 * 60, (17 * 60) + 30), (scale.From, scale.To));
        Assert.Equal(79, scale.Span(600, 660));
        Assert.Equal(79 * 1.25, scale.Top(615), 3);
    }

    [Fact]
    public void grows_with_a_visit_before_or_after_the_hours()
    {
        var early = TheBook.Visit("Zubeida", "-", Day.At(7, 40));
        var late = TheBook.Visit("Om", "Prakash", Day.At(19, 0));

        var scale = BookScale.Of([TheBook.Column(TheBook.Hours(), early, late)], TheBook.Clock);

        Assert.Equal((7 * 60, 20 * 60), (scale.From, scale.To));
    }

    [Fact]
    public void makes_short_slots_tall_enough_to_read_a_name_in()
        => Assert.Equal(19.75, BookScale.Of([TheBook.Column(TheBook.Hours(slot: 5))], TheBook.Clock).Span(600, 605), 2);

    [Fact]
    public void splits_what_overlaps_side_by_side_with_the_urgent_one_at_the_right()
    {
        var joseph = TheBook.Visit("Joseph", "D'Souza", Day.At(10, 30));
        var kamala = TheBook.Visit("Kamala", "Reddy", Day.At(10, 45));
        var imran = TheBook.Visit("Imran", "Sheikh", Day.At(10, 30), 30, type: AppointmentType.Urgent);
        var harish = TheBook.Visit("Harish", "Shetty", Day.At(11, 0));

        var layout = TheBook.Lay(TheBook.Column(TheBook.Hours(), imran, joseph, kamala, harish));

        Assert.Equal(
            [(joseph.AppointmentId, 0, 2), (imran.AppointmentId, 1, 2), (kamala.AppointmentId, 0, 2), (harish.AppointmentId, 0, 1)],
            layout.Visits.Select(v => (v.Visit.AppointmentId, v.Lane, v.Lanes)));
    }

    [Fact]
    public void hides_a_cancelled_visit_only_when_its_time_was_given_away_again()
    {
        var cancelled = TheBook.Visit("Ritu", "Malhotra", Day.At(12, 30), status: AppointmentStatus.Cancelled);
        var instead = TheBook.Visit("Mohan", "Lal", Day.At(12, 30));

        Assert.Single(TheBook.Lay(TheBook.Column(TheBook.Hours(), cancelled)).Visits);
        Assert.Equal(instead.AppointmentId, Assert.Single(TheBook.Lay(TheBook.Column(TheBook.Hours(), cancelled, instead)).Visits).Visit.AppointmentId);
    }

    [Fact]
    public void keeps_a_missed_visit_beside_whoever_came_instead()
    {
        var missed = TheBook.Visit("Zubeida", "-", Day.At(9, 45), status: AppointmentStatus.NoShow);
        var instead = TheBook.Visit("Mohan", "Lal", Day.At(9, 45));

        Assert.Equal([2, 2], TheBook.Lay(TheBook.Column(TheBook.Hours(), missed, instead)).Visits.Select(v => v.Lanes));
    }

    [Fact]
    public void says_why_it_is_closed()
    {
        var layout = TheBook.Lay(TheBook.Column(TheBook.Hours(), TheBook.Visit("Om", "Prakash", Day.At(8, 30))));

        Assert.Equal(
            [(480, 540, "Starts 09:00"), (780, 840, "Lunch"), (1020, 1050, "Ends 17:00")],
            layout.Shut.Select(s => (s.From, s.To, s.Words)));
    }

    [Fact]
    public void says_once_what_a_colleague_has_taken_without_a_gap()
    {
        var hours = TheBook.Hours(closed: [Taken(15, 0), Taken(15, 15), Taken(15, 30), Taken(16, 15)]);

        Assert.Equal(
            [(900, 945, "Taken 15:00 to 15:45"), (975, 990, "Taken 16:15 to 16:30")],
            TheBook.Lay(TheBook.Column(hours)).Shut.Where(s => s.Leave).Select(s => (s.From, s.To, s.Words)));

        static ClosedPeriod Taken(int hour, int minute) => new(Day.At(hour, minute), Day.At(hour, minute).AddMinutes(15), "Taken");
    }

    [Fact]
    public void hatches_leave_and_says_from_when()
    {
        var leave = new ClosedPeriod(Day.At(15, 0), Day.At(17, 0), "On leave");

        var layout = TheBook.Lay(TheBook.Column(TheBook.Hours(closed: [leave])));

        Assert.Equal(new ShutStretch(900, 1020, "On leave from 15:00", Leave: true), layout.Shut.Single(s => s.Leave));
        Assert.Equal(900, layout.Free.Max(f => f.To));
    }

    [Fact]
    public void lets_leave_speak_for_the_hours_that_it_takes_and_counts_slots_from_the_beginning_of_the_hours()
    {
        // The hours come without what leave takes of them.
        var hours = TheBook.Hours(closed: [new ClosedPeriod(Day.At(11, 10), Day.At(14, 20), "On leave")]) with
        {
            Open = [new OpenPeriod(Day.At(9, 0), Day.At(11, 10), null), new OpenPeriod(Day.At(14, 20), Day.At(17, 0), null)],
        };

        var layout = TheBook.Lay(TheBook.Column(hours));

        Assert.Equal(["Ends 17:00", "On leave 11:10 to 14:20"], layout.Shut.Select(s => s.Words));
        Assert.Equal([645, 870], layout.Free.Select(f => f.From));
    }

    [Fact]
    public void counts_free_slots_that_follow_one_another_from_now_on()
    {
        var harish = TheBook.Visit("Harish", "Shetty", Day.At(11, 0));
        var geeta = TheBook.Visit("Geeta", "Nambiar", Day.At(12, 0));

        var layout = TheBook.Lay(TheBook.Column(TheBook.Hours(), harish, geeta));

        Assert.Equal([(645, 1), (675, 3), (735, 3), (840, 12)], layout.Free.Select(f => (f.From, f.Starts.Count)));
    }

    [Fact]
    public void offers_nothing_of_a_day_that_is_over_and_all_of_one_that_is_ahead()
    {
        Assert.Empty(TheBook.Lay(Yesterday()).Free);
        Assert.Equal(28, TheBook.Lay(Tomorrow()).Free.Sum(f => f.Starts.Count));

        static BookColumn Yesterday() => TheBook.Column(TheBook.Hours(day: Day.Date.AddDays(-1))) with { Day = Day.Date.AddDays(-1) };
        static BookColumn Tomorrow() => TheBook.Column(TheBook.Hours(day: Day.Date.AddDays(1))) with { Day = Day.Date.AddDays(1) };
    }

    [Fact]
    public void knows_a_day_on_which_the_doctor_does_not_work()
    {
        var whole = new ClosedPeriod(Day.At(0, 0), Day.At(0, 0).AddDays(1), "Diwali");

        Assert.False(TheBook.Column(DoctorHours.None).Works);
        Assert.False(TheBook.Column(TheBook.Hours(closed: [whole])).Works);
        Assert.True(TheBook.Column(TheBook.Hours()).Works);
        Assert.Equal("Diwali", TheBook.Lay(TheBook.Column(TheBook.Hours(closed: [whole]))).Shut.Single(s => s.Leave).Words);
    }
}
