using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>To another time, length or doctor. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class MovingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_another_time_and_length_says_who_placed_it_there()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value();
        var fatima = await desk.Clinic.Given.ReceptionistAsync("Fatima Sheikh");
        desk.Clinic.Clock.Now = desk.Clinic.At("11:05");

        var moved = (await MoveAsync(desk, visit, "15:00", minutes: 30, by: fatima)).Value();

        Assert.Equal((desk.Clinic.At("15:00"), desk.Clinic.At("15:30")), (moved.Start, moved.End));
        var kept = await desk.Clinic.RowAsync<Appointment>(visit.AppointmentId);
        Assert.Equal((desk.Clinic.Clock.Now, fatima.Id, null), (kept.PlacedAt, kept.PlacedBy, kept.ChangedAt));
        var entry = await desk.Clinic.OnlyEventOfAsync(fatima, "appointment.move", desk.Meera);
        Assert.Equal(["start_time", "end_time"], entry.Fields!);
        Assert.Equal(["appointment.changed", "appointment.changed", "appointment.upset"], (await desk.Clinic.OwedAsync()).Select(m => m.Kind).Order());
    }

    [Fact]
    public async Task To_another_doctor_tells_both_and_puts_the_new_one_on_the_care_team()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var visit = (await desk.BookAsync("14:00")).Value();

        var moved = (await MoveAsync(desk, visit, "14:00", to: basu)).Value();

        Assert.Equal(basu.Id, (await desk.Clinic.RowAsync<Appointment>(moved.AppointmentId)).DoctorId);
        var told = (await desk.Clinic.OwedAsync()).Where(m => m.Kind == "appointment.changed").Skip(1).Select(m => m.Payload).ToList();
        Assert.Equal(2, told.Count);
        Assert.Contains(told, p => p.Contains(desk.Asha.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(told, p => p.Contains(basu.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal(1, await desk.Clinic.BehindAsync(db => db.CareTeam.CountAsync(m => m.PatientId == desk.Meera && m.UserId == basu.Id, Cancellation)));
    }

    [Fact]
    public async Task From_where_it_no_longer_stands_is_refused_with_where_it_is()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var fatima = await desk.Clinic.Given.ReceptionistAsync("Fatima Sheikh");
        var visit = (await desk.BookAsync("14:00")).Value();
        await MoveAsync(desk, visit, "14:30");

        var stale = await MoveAsync(desk, visit, "15:00", by: fatima);
        Assert.Equal((RefusalKind.Conflict, "Moved to 14:30 by Devi at 11:00."), (stale.Refusal?.Kind, stale.Refusal?.Message));

        var now = visit with { Start = desk.Clinic.At("14:30") };
        await MoveAsync(desk, now, "14:30", to: basu);
        Assert.Equal("Moved to 14:30 with Dr. Dev by Devi at 11:00.", (await MoveAsync(desk, now, "15:00", by: fatima)).Refusal?.Message);
        Assert.Empty(await desk.Clinic.TrailOfAsync(fatima));
    }

    [Fact]
    public async Task Into_a_taken_time_leaves_it_where_it_was()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        var visit = (await desk.BookAsync("14:00")).Value();
        await desk.BookAsync("15:00", d => d.PatientId = ravi);

        var lost = await MoveAsync(desk, visit, "14:45", minutes: 30);

        var taken = Assert.IsType<SlotTaken>(lost.Refusal);
        Assert.Equal("15:00 to 15:15 was taken by you at 11:00. Nothing was moved.", taken.Message);
        Assert.Equal(desk.Clinic.At("15:15"), taken.Next[0].Start);
        Assert.Equal(visit.Start, (await desk.Clinic.RowAsync<Appointment>(visit.AppointmentId)).StartTime);
        Assert.Equal(("appointment.move", "refused"), (await desk.Clinic.TrailOfAsync(desk.Devi)).Select(e => (e.Event, e.Outcome)).Last());
    }

    [Fact]
    public async Task Of_twenty_who_move_into_one_time_at_once_one_gets_it_and_nobody_waits_for_a_deadlock()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visits = new List<BookedVisit>();
        for (var n = 0; n < 20; n++)
        {
            var patient = await desk.Clinic.Given.PatientAsync();
            visits.Add((await desk.BookAsync("09:00", d => (d.PatientId, d.Day) = (patient, d.Day!.Value.AddDays(7 * (n + 1))))).Value());
        }

        var answers = await Task.WhenAll(visits.Select(visit => MoveAsync(desk, visit, "16:00")));

        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => Assert.IsType<SlotTaken>(a.Refusal));
    }

    [Fact]
    public async Task Over_its_own_old_time_does_not_collide_with_itself()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00", d => d.Minutes = 30)).Value();

        Assert.True((await MoveAsync(desk, visit, "14:15", minutes: 30)).Succeeded);
    }

    [Fact]
    public async Task Out_of_the_hours_or_into_leave_is_judged_like_a_booking_and_the_length_of_a_late_one_may_change()
    {
        await using var desk = await Desk.OpenAsync(databases);
        await desk.Clinic.Given.LeaveAsync(desk.Asha, desk.Clinic.At("16:00"), desk.Clinic.At("17:00"));
        var visit = (await desk.BookAsync("14:00")).Value();

        Assert.Equal("OutsideHoursReason", (await MoveAsync(desk, visit, "13:30")).Refusal?.Field);
        Assert.Equal("Start", (await MoveAsync(desk, visit, "16:00")).Refusal?.Field);
        Assert.Equal("Start", (await MoveAsync(desk, visit, "10:00")).Refusal?.Field);
        Assert.Equal("Minutes", (await MoveAsync(desk, visit, "15:00", minutes: 0)).Refusal?.Field);
        desk.Clinic.Clock.Now = desk.Clinic.At("14:05");
        Assert.Equal(desk.Clinic.At("14:30"), (await MoveAsync(desk, visit, "14:00", minutes: 30)).Value().End);
    }

    [Fact]
    public async Task Who_is_here_already_or_not_coming_is_not_moved()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value();
        await desk.AskAsync(desk.Devi, b => b.CancelAsync(visit.AppointmentId, "Feels well", Cancellation));

        Assert.Equal("Already cancelled by you at 11:00.", (await MoveAsync(desk, visit, "15:00")).Refusal?.Message);
        (await MoveAsync(desk, visit with { AppointmentId = Guid.CreateVersion7() }, "15:00")).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task What_is_moved_while_somebody_else_moves_it_is_told()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value();

        var overtaken = await desk.Clinic.OvertakenAsync(
            "UPDATE appointments SET start_time = start_time + interval '1 hour', end_time = end_time + interval '1 hour', placed_by = NULL WHERE id = $1",
            visit.AppointmentId, () => MoveAsync(desk, visit, "16:00"));

        Assert.Equal("Moved to 15:00 at 11:00.", overtaken.Refusal?.Message);
    }

    [Fact]
    public async Task Of_a_colleague_is_not_a_doctors_to_move()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var visit = (await desk.BookAsync("14:00")).Value();
        (await MoveAsync(desk, visit, "15:00", by: basu)).AssertRefused(RefusalKind.NotFound);
        await desk.Clinic.Given.CareAsync(basu, desk.Meera);

        (await MoveAsync(desk, visit, "15:00", by: basu)).AssertRefused(RefusalKind.Invalid);
        Assert.True((await MoveAsync(desk, visit, "15:00", by: desk.Asha)).Succeeded);
    }

    private static Task<Result<BookedVisit>> MoveAsync(
        Desk desk, BookedVisit visit, string start, int minutes = 15, ClinicPerson? to = null, ClinicPerson? by = null)
        => desk.AskAsync(by ?? desk.Devi, booking => booking.MoveAsync(
            new AppointmentMove(
                visit.AppointmentId, visit.Start, desk.Asha.Id, (to ?? desk.Asha).Id, desk.Clinic.Days.Today, TimeOnly.Parse(start, null), minutes),
            Cancellation));
}
