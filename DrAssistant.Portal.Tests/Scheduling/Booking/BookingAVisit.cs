using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>A booking that succeeds, and one of many that want the same time. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class BookingAVisit(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Puts_it_into_the_book_and_the_doctor_on_the_care_team_with_an_entry_and_a_message()
    {
        await using var desk = await Desk.OpenAsync(databases);

        var booked = (await desk.BookAsync("11:15", d => (d.Reason, d.Type, d.Minutes) = ("  Cough  ", AppointmentType.FollowUp, 30))).Value();

        Assert.Equal((desk.Clinic.At("11:15"), desk.Clinic.At("11:45")), (booked.Start, booked.End));
        Assert.Equal(("Meera Nair", "Cough", "Room 1", AppointmentStatus.Scheduled), (booked.Name.Spoken, booked.Reason, booked.Room, booked.Status));
        var kept = await desk.Clinic.RowAsync<Appointment>(booked.AppointmentId);
        Assert.Equal((desk.Clinic.Clock.Now, desk.Devi.Id, desk.Devi.Id), (kept.PlacedAt, kept.PlacedBy, kept.CreatedBy));
        Assert.Equal((kept.DoctorId, kept.PatientId, kept.EndTime, kept.AppointmentType), (desk.Asha.Id, desk.Meera, booked.End, AppointmentType.FollowUp));
        Assert.Contains(desk.Asha.Id, await desk.Clinic.BehindAsync(db => db.CareTeam.Where(m => m.PatientId == desk.Meera).Select(m => m.UserId).ToListAsync(Cancellation)));
        var entry = await desk.Clinic.OnlyEventOfAsync(desk.Devi, "appointment.book", desk.Meera);
        Assert.Equal((kept.Id, "done"), (entry.ResourceId, entry.Outcome));
        Assert.Contains("start_time", entry.Fields!);
        await desk.Clinic.AssertNowhereInTheTrailAsync("Cough");
        var message = Assert.Single(await desk.Clinic.OwedAsync());
        Assert.Equal(("appointment.changed", kept.Id, desk.Meera), (message.Kind, message.SubjectId, message.PatientId));
        Assert.Contains(desk.Asha.Id.ToString(), message.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_is_what_the_book_then_shows()
    {
        await using var desk = await Desk.OpenAsync(databases);

        var booked = (await desk.BookAsync("11:15", d => d.Reason = "Cough")).Value();

        var book = (await desk.As(desk.Devi).Get<IScheduling>().DayAsync(desk.Clinic.Days.Today, Cancellation)).Value();
        var shown = Assert.Single(book.Doctors.Single(d => d.DoctorId == desk.Asha.Id).Visits);
        Assert.Equal(booked with { Name = shown.Name }, shown);
    }

    [Fact]
    public async Task The_same_form_sent_twice_books_once_even_when_its_time_has_come_meanwhile()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var draft = desk.Draft("11:15");

        var first = (await desk.SendAsync(draft)).Value();
        var again = (await desk.SendAsync(draft)).Value();
        desk.Clinic.Clock.Now = desk.Clinic.At("11:20");
        var late = (await desk.SendAsync(draft)).Value();
        draft.Reason = new string('x', 300);
        var longer = (await desk.SendAsync(draft)).Value();

        Assert.All([again, late, longer], visit => Assert.Equal(first.AppointmentId, visit.AppointmentId));
        await desk.Clinic.AssertTrailAsync(desk.Devi, "appointment.book");
        Assert.Single(await desk.Clinic.OwedAsync());
    }

    [Fact]
    public async Task A_form_sent_twice_at_once_books_once_and_nobody_is_refused()
    {
        await using var desk = await Desk.OpenAsync(databases);
        for (var round = 0; round < 10; round++)
        {
            var draft = desk.Draft("14:00", d => d.Day = d.Day!.Value.AddDays(7 * round));

            var answers = await Task.WhenAll(desk.SendAsync(draft), desk.SendAsync(draft), desk.SendAsync(draft));

            Assert.All(answers, a => Assert.Equal(draft.Id, a.Value().AppointmentId));
        }

        Assert.Equal(Enumerable.Repeat("done", 10), (await desk.Clinic.TrailOfAsync(desk.Devi)).Select(e => e.Outcome));
    }

    [Fact]
    public async Task A_form_that_was_sent_for_somebody_else_is_not_answered_with_their_visit()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var draft = desk.Draft("11:15");
        await desk.SendAsync(draft);
        draft.PatientId = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");

        (await desk.SendAsync(draft)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Of_fifty_who_want_one_slot_at_once_one_gets_it_and_the_others_are_offered_another()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var patients = new List<Guid>();
        for (var n = 0; n < 50; n++)
        {
            patients.Add(await desk.Clinic.Given.PatientAsync());
        }

        var answers = await Task.WhenAll(patients.Select(patient => desk.BookAsync("14:00", d => d.PatientId = patient)));

        var winner = Assert.Single(answers, a => a.Succeeded).Value();
        var losers = answers.Where(a => !a.Succeeded).Select(a => Assert.IsType<SlotTaken>(a.Refusal)).ToList();
        Assert.Equal(49, losers.Count);
        Assert.All(losers, l => Assert.Equal("14:00 was taken by you at 11:00. Nothing was booked.", l.Message));
        Assert.All(losers, l => Assert.Equal([desk.Clinic.At("14:15"), desk.Clinic.At("14:30"), desk.Clinic.At("14:45")], l.Next.Select(s => s.Start)));
        Assert.Equal(winner.AppointmentId, (await desk.Clinic.BehindAsync(db => db.Appointments.SingleAsync(Cancellation))).Id);
        Assert.Equal(49, (await desk.Clinic.TrailOfAsync(desk.Devi)).Count(e => e is { Event: "appointment.book", Outcome: "refused" }));
        Assert.Single(await desk.Clinic.OwedAsync());
    }

    [Fact]
    public async Task Two_desks_that_collide_only_in_part_and_in_the_patient_never_wait_for_each_other()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        for (var round = 0; round < 30; round++)
        {
            var day = desk.Clinic.Days.Today.AddDays(1 + round);
            var started = TimeProvider.System.GetTimestamp();

            var answers = await Task.WhenAll(
                desk.BookAsync("09:00", d => (d.Day, d.Minutes, d.OutsideHoursReason) = (day, 30, "Fair")),
                desk.BookAsync("09:15", d => (d.Day, d.Minutes, d.OutsideHoursReason, d.DoctorId) = (day, 30, "Fair", basu.Id)),
                desk.BookAsync("08:45", d => (d.Day, d.Minutes, d.OutsideHoursReason) = (day, 30, "Fair")));

            // PostgreSQL looks for deadlocks after a second of waiting.
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1), "Somebody waited for a deadlock.");
            Assert.InRange(answers.Count(a => a.Succeeded), 1, 2);
            Assert.All(answers.Where(a => !a.Succeeded), a => Assert.IsType<SlotTaken>(a.Refusal));
        }
    }
}
