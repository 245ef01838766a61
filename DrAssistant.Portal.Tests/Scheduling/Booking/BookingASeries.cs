using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>Every so many weeks, so many times; what does not fit is said. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class BookingASeries(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Books_what_fits_and_says_of_the_rest_why_and_what_is_free_near_it()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.Clinic.Given.LeaveAsync(desk.Asha, desk.Clinic.At("00:00", 14), desk.Clinic.At("00:00", 15));
        await desk.Clinic.RunAsync("INSERT INTO practice_holidays VALUES ($1, 'Diwali')", desk.Clinic.Days.Today.AddDays(28));
        await desk.BookAsync("14:00", d => (d.PatientId, d.Day) = (ravi, d.Day!.Value.AddDays(42)));

        var series = (await BookAsync(desk, desk.Draft("14:00"), new Recurrence(2, 4))).Value();

        Assert.Equal([desk.Clinic.At("14:00")], series.Booked.Select(v => v.Start));
        Assert.All(series.Booked, v => Assert.Equal(series.SeriesId, v.SeriesId));
        Assert.Equal(["Dr. Rao is on leave", "Holiday: Diwali", "14:00 was taken by you at 11:00."], series.Left.Select(l => l.Why));
        Assert.Equal([14, 28, 42], series.Left.Select(l => l.Day.DayNumber - desk.Clinic.Days.Today.DayNumber));
        Assert.Equal(["2026-12-17 14:15", "2026-12-17 14:30", "2026-12-17 14:45"], series.Left[2].Nearest.Select(s => Local(desk, s.Start)));
        Assert.All(series.Left, l => Assert.Equal(3, l.Nearest.Count));
    }

    [Fact]
    public async Task Is_written_at_once_each_with_its_entry_and_message_and_only_once_when_it_is_sent_twice()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var draft = desk.Draft("14:00");

        var first = (await BookAsync(desk, draft, new Recurrence(1, 26))).Value();
        var again = (await BookAsync(desk, draft, new Recurrence(1, 26))).Value();

        Assert.Equal(26, first.Booked.Count);
        Assert.Equal(first.Booked.Select(v => v.AppointmentId), again.Booked.Select(v => v.AppointmentId));
        Assert.Empty(again.Left);
        Assert.Equal(Enumerable.Range(0, 26).Select(n => desk.Clinic.At("14:00", 7 * n)), first.Booked.Select(v => v.Start));
        Assert.Equal(26, await desk.Clinic.BehindAsync(db => db.Appointments.CountAsync(a => a.SeriesId == draft.Id, Cancellation)));
        Assert.Equal(26, (await desk.Clinic.TrailOfAsync(desk.Devi)).Count);
        Assert.Equal(26, (await desk.Clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Keeps_the_time_of_the_clock_when_the_clocks_change_and_leaves_out_a_time_that_does_not_exist()
    {
        await using var desk = await Desk.OpenAsync(databases, "America/New_York");
        desk.Clinic.Clock.Now = new DateTimeOffset(2026, 2, 26, 17, 0, 0, TimeSpan.Zero);

        var day = (await BookAsync(desk, desk.Draft("14:00"), new Recurrence(1, 3))).Value();
        var night = (await BookAsync(desk, desk.Draft("02:30", d => (d.Day, d.OutsideHoursReason) = (new(2026, 3, 1), "Night clinic")), new Recurrence(1, 3))).Value();

        Assert.Equal(["2026-02-26 14:00", "2026-03-05 14:00", "2026-03-12 14:00"], day.Booked.Select(v => Local(desk, v.Start)));
        Assert.Equal([TimeSpan.FromDays(7), TimeSpan.FromDays(7) - TimeSpan.FromHours(1)], day.Booked.Zip(day.Booked.Skip(1)).Select(p => p.Second.Start - p.First.Start));
        Assert.Equal(["2026-03-01 02:30", "2026-03-15 02:30"], night.Booked.Select(v => Local(desk, v.Start)));
        Assert.Equal("02:30 does not exist on that day: the clocks go forward.", Assert.Single(night.Left).Why);
    }

    [Fact]
    public async Task Is_refused_whole_for_what_is_wrong_with_every_one_of_it()
    {
        await using var desk = await Desk.OpenAsync(databases);

        Assert.Equal("OutsideHoursReason", (await BookAsync(desk, desk.Draft("20:00"), new Recurrence(1, 3))).Refusal?.Field);
        Assert.Equal("Start", (await BookAsync(desk, desk.Draft("10:00"), new Recurrence(1, 3))).Refusal?.Field);
        Assert.Equal("Reason", (await BookAsync(desk, desk.Draft("14:00", d => d.Reason = new string('x', 256)), new Recurrence(1, 3))).Refusal?.Field);
        foreach (var repeat in new[] { new Recurrence(0, 3), new Recurrence(53, 3), new Recurrence(1, 1), new Recurrence(1, 27) })
        {
            Assert.Equal("A series repeats every 1 to 52 weeks, 2 to 26 times.", (await BookAsync(desk, desk.Draft("14:00"), repeat)).Refusal?.Message);
        }

        await desk.Clinic.AssertNothingHappenedAsync(desk.Devi);
    }

    private static Task<Result<BookedSeries>> BookAsync(Desk desk, AppointmentDraft first, Recurrence repeat)
        => desk.AskAsync(desk.Devi, b => b.BookSeriesAsync(first, repeat, Cancellation));

    private static string Local(Desk desk, DateTimeOffset at) => desk.Clinic.Days.Local(at).ToString("yyyy-MM-dd HH:mm", null);
}
