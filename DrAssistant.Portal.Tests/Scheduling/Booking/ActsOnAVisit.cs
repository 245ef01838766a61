using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>Confirmed, cancelled, missed, brought back, revised; and told when somebody was faster. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class ActsOnAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_writes_down_who_and_when_with_an_entry_and_a_message()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("11:00")).Value().AppointmentId;
        desk.Clinic.Clock.Now = desk.Clinic.At("11:10");

        Assert.Equal(AppointmentStatus.Confirmed, (await desk.AskAsync(desk.Devi, b => b.ConfirmAsync(visit, Cancellation))).Value().Status);
        var missed = (await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, " Did not come ", Cancellation))).Value();
        Assert.Equal((AppointmentStatus.NoShow, "Did not come"), (missed.Status, missed.CancelReason));
        var back = (await desk.AskAsync(desk.Devi, b => b.ReviveAsync(visit, Cancellation))).Value();
        Assert.Equal((AppointmentStatus.Scheduled, null), (back.Status, back.CancelReason));
        var revised = (await desk.AskAsync(desk.Devi, b => b.ReviseAsync(new AppointmentRevision(visit, AppointmentType.FollowUp, "Cough"), Cancellation))).Value();
        Assert.Equal((AppointmentType.FollowUp, "Cough"), (revised.Type, revised.Reason));
        var cancelled = (await desk.AskAsync(desk.Devi, b => b.CancelAsync(visit, "Called: feels well", Cancellation))).Value();
        Assert.Equal((AppointmentStatus.Cancelled, "Called: feels well", desk.Clinic.Clock.Now), (cancelled.Status, cancelled.CancelReason, cancelled.ChangedAt));

        var kept = await desk.Clinic.RowAsync<Appointment>(visit);
        Assert.Equal((desk.Devi.Id, desk.Clinic.Clock.Now), (kept.ChangedBy, kept.ChangedAt));
        await desk.Clinic.AssertTrailAsync(
            desk.Devi, "appointment.book", "appointment.confirm", "appointment.miss", "appointment.revive", "appointment.revise", "appointment.cancel");
        Assert.All(await desk.Clinic.TrailOfAsync(desk.Devi), e => Assert.Equal((visit, desk.Meera, "done"), (e.ResourceId, e.PatientId, e.Outcome)));
        Assert.Equal(6, (await desk.Clinic.OwedAsync()).Count(m => m.Kind == "appointment.changed" && m.SubjectId == visit));
        await desk.Clinic.AssertNowhereInTheTrailAsync("feels well");
    }

    [Fact]
    public async Task Too_late_is_told_who_did_what_and_when()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var fatima = await desk.Clinic.Given.ReceptionistAsync("Fatima Sheikh");
        var visit = (await desk.BookAsync("10:45", d => d.Start = new(11, 0))).Value().AppointmentId;
        desk.Clinic.Clock.Now = desk.Clinic.At("11:31");

        await desk.AskAsync(desk.Devi, b => b.ConfirmAsync(visit, Cancellation));
        await ToldAsync("Already confirmed by Devi at 11:31.", b => b.ConfirmAsync(visit, Cancellation));
        await ToldAsync("Already confirmed by Devi at 11:31.", b => b.ReviveAsync(visit, Cancellation));
        await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, "Absent", Cancellation));
        await ToldAsync("Already marked as missed by Devi at 11:31.", b => b.MissAsync(visit, "Absent", Cancellation));
        await ToldAsync("Already marked as missed by Devi at 11:31.", b => b.CancelAsync(visit, "Absent", Cancellation));
        await desk.AskAsync(desk.Devi, b => b.ReviveAsync(visit, Cancellation));
        await ToldAsync("Already expected again by Devi at 11:31.", b => b.ReviveAsync(visit, Cancellation));
        await desk.AskAsync(desk.Devi, b => b.CancelAsync(visit, "Absent", Cancellation));
        desk.Clinic.Clock.Now = desk.Clinic.At("11:31", 1);
        await ToldAsync("Already cancelled by Devi on 05-Nov-2026 at 11:31.", b => b.CancelAsync(visit, "Absent", Cancellation));
        Assert.Empty(await desk.Clinic.TrailOfAsync(fatima));

        async Task ToldAsync(string message, Func<IBooking, Task<Result<BookedVisit>>> act)
        {
            var told = await desk.AskAsync(fatima, act);
            Assert.Equal((RefusalKind.Conflict, message), (told.Refusal?.Kind, told.Refusal?.Message));
        }
    }

    [Fact]
    public async Task On_somebody_who_is_checked_in_name_the_token_and_only_cancelling_goes_through()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.AskAsync(desk.Devi, b => b.WalkInAsync(new WalkInDraft { PatientId = desk.Meera, DoctorId = desk.Asha.Id }, Cancellation))).Value().AppointmentId;

        Assert.Equal("Already checked in by you at 11:00 (token A01).", (await desk.AskAsync(desk.Devi, b => b.ConfirmAsync(visit, Cancellation))).Refusal?.Message);
        Assert.Equal("Already checked in by you at 11:00 (token A01).", (await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, "Absent", Cancellation))).Refusal?.Message);
        Assert.True((await desk.AskAsync(desk.Devi, b => b.CancelAsync(visit, "Went home", Cancellation))).Succeeded);
    }

    [Fact]
    public async Task Overtaken_while_waiting_to_write_are_told_too()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value().AppointmentId;

        var overtaken = await desk.Clinic.OvertakenAsync(
            "UPDATE appointments SET status = 'cancelled', changed_at = placed_at, changed_by = placed_by WHERE id = $1", visit,
            () => desk.AskAsync(desk.Asha, b => b.ConfirmAsync(visit, Cancellation)));

        Assert.Equal("Already cancelled by Devi at 11:00.", overtaken.Refusal?.Message);
        Assert.Empty(await desk.Clinic.TrailOfAsync(desk.Asha));
    }

    [Fact]
    public async Task Need_a_reason_where_one_is_due_and_take_none_that_is_too_long()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("11:00")).Value().AppointmentId;

        foreach (var (reason, message) in new[] { ("  ", "Say why."), (new string('x', 5_000), "At most 255 characters; this has 5,000.") })
        {
            Assert.Equal(("Reason", message), Said(await desk.AskAsync(desk.Devi, b => b.CancelAsync(visit, reason, Cancellation))));
            Assert.Equal(("Reason", message), Said(await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, reason, Cancellation))));
        }

        Assert.Equal("Reason", (await desk.AskAsync(desk.Devi, b => b.ReviseAsync(new AppointmentRevision(visit, AppointmentType.Routine, new string('x', 256)), Cancellation))).Refusal?.Field);
    }

    [Fact]
    public async Task Nobody_has_missed_what_is_still_to_come_and_yesterday_does_not_come_back()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value().AppointmentId;

        Assert.Equal(
            "The visit is at 05-Nov-2026 14:00. Until then nobody has missed it.",
            (await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, "Absent", Cancellation))).Refusal?.Message);
        desk.Clinic.Clock.Now = desk.Clinic.At("14:00");
        Assert.True((await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, "Absent", Cancellation))).Succeeded);
        desk.Clinic.Clock.Now = desk.Clinic.At("09:00", 1);
        Assert.Equal("That was on 05-Nov-2026. Book a new appointment.", (await desk.AskAsync(desk.Devi, b => b.ReviveAsync(visit, Cancellation))).Refusal?.Message);
    }

    [Fact]
    public async Task Coming_back_into_a_time_that_somebody_else_has_now_loses_it()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("11:00")).Value().AppointmentId;
        await desk.AskAsync(desk.Devi, b => b.MissAsync(visit, "Absent", Cancellation));
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.BookAsync("11:00", d => d.PatientId = ravi);

        var lost = await desk.AskAsync(desk.Devi, b => b.ReviveAsync(visit, Cancellation));

        Assert.Equal("11:00 was taken by you at 11:00. Nothing was changed.", Assert.IsType<SlotTaken>(lost.Refusal).Message);
        Assert.Equal(AppointmentStatus.NoShow, (await desk.Clinic.RowAsync<Appointment>(visit)).Status);
    }

    [Fact]
    public async Task An_urgent_visit_over_another_one_does_not_become_an_ordinary_one()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.BookAsync("14:00");
        var urgent = (await desk.BookAsync("14:00", d => (d.PatientId, d.Type) = (ravi, AppointmentType.Urgent))).Value().AppointmentId;

        var lost = await desk.AskAsync(desk.Devi, b => b.ReviseAsync(new AppointmentRevision(urgent, AppointmentType.Routine, null), Cancellation));

        Assert.IsType<SlotTaken>(lost.Refusal);
        Assert.Equal(AppointmentType.Urgent, (await desk.Clinic.RowAsync<Appointment>(urgent)).AppointmentType);
    }

    private static (string? Field, string? Message) Said(Result<BookedVisit> result) => (result.Refusal?.Field, result.Refusal?.Message);
}
