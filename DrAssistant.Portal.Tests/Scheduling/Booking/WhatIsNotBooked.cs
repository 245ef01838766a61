using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>Each "no" of a booking, in words, beside its field, with nothing written. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class WhatIsNotBooked(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_admin_or_nobody_asks_for()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var admin = await desk.Clinic.Given.AdminAsync();
        var draft = desk.Draft("14:00");
        await using var nobody = desk.Clinic.AsNobody();

        foreach (var booking in new[] { desk.As(admin).Get<IBooking>(), nobody.Get<IBooking>() })
        {
            (await booking.BookAsync(draft, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.BookSeriesAsync(draft, new Recurrence(1, 2), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.WalkInAsync(new WalkInDraft { PatientId = desk.Meera, DoctorId = desk.Asha.Id }, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.MoveAsync(new AppointmentMove(draft.Id, default, desk.Asha.Id, desk.Asha.Id, desk.Clinic.Days.Today, new(14, 0), 15), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.ReviseAsync(new AppointmentRevision(draft.Id, AppointmentType.Routine, null), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.ConfirmAsync(draft.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.CancelAsync(draft.Id, "No", Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.MissAsync(draft.Id, "No", Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await booking.ReviveAsync(draft.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        await desk.Clinic.AssertNothingHappenedAsync(admin);
    }

    [Fact]
    public async Task What_is_not_filled_in()
    {
        await using var desk = await Desk.OpenAsync(databases);

        await RefusedAsync(desk, d => d.PatientId = null, "PatientId", "Choose a patient.");
        await RefusedAsync(desk, d => d.DoctorId = null, "DoctorId", "Choose a doctor.");
        await RefusedAsync(desk, d => d.Day = null, "Day", "Choose a day.");
        await RefusedAsync(desk, d => d.Start = null, "Start", "Choose a time.");
        await desk.Clinic.AssertNothingHappenedAsync(desk.Devi);
    }

    [Theory]
    [InlineData(0, "The end must be after the start.")]
    [InlineData(-15, "The end must be after the start.")]
    [InlineData(4, "A visit takes 5 to 240 minutes.")]
    [InlineData(241, "A visit takes 5 to 240 minutes.")]
    public async Task What_has_no_length_or_too_much(int minutes, string message)
    {
        await using var desk = await Desk.OpenAsync(databases);

        await RefusedAsync(desk, d => d.Minutes = minutes, "Minutes", message);
    }

    [Fact]
    public async Task A_reason_of_five_thousand_characters()
    {
        await using var desk = await Desk.OpenAsync(databases);

        await RefusedAsync(desk, d => d.Reason = new string('x', 5_000), "Reason", "At most 255 characters; this has 5,000.");
        await RefusedAsync(desk, d => d.OutsideHoursReason = new string('x', 256), "OutsideHoursReason", "At most 255 characters; this has 256.");
        Assert.True((await desk.BookAsync("14:00", d => d.Reason = new string('x', 255))).Succeeded);
    }

    [Fact]
    public async Task What_is_over_but_the_minute_that_the_clock_shows_is_not()
    {
        await using var desk = await Desk.OpenAsync(databases);
        desk.Clinic.Clock.Now = desk.Clinic.At("11:00").AddSeconds(40);

        await RefusedAsync(desk, d => d.Start = new(10, 45), "Start", "10:45 is over: it is 11:00.");
        await RefusedAsync(desk, d => d.Day = d.Day!.Value.AddDays(-1), "Day", "That day is over.");
        await RefusedAsync(desk, d => d.Day = d.Day!.Value.AddYears(3), "Day", "Appointments are booked at most two years ahead.");
        await RefusedAsync(desk, d => d.Day = DateOnly.MaxValue, "Day", "Appointments are booked at most two years ahead.");
        Assert.True((await desk.BookAsync("11:00")).Succeeded);
    }

    [Fact]
    public async Task What_is_outside_the_hours_without_a_reason()
    {
        await using var desk = await Desk.OpenAsync(databases);
        const string Hours = "Dr. Rao works 09:00 to 13:00 and 14:00 to 17:00 on Thursdays. Say why this visit is outside these hours.";

        await RefusedAsync(desk, d => d.Start = new(13, 15), "OutsideHoursReason", Hours);
        await RefusedAsync(desk, d => (d.Start, d.Minutes) = (new(12, 45), 30), "OutsideHoursReason", Hours);
        await RefusedAsync(desk, d => (d.Start, d.OutsideHoursReason) = (new(20, 0), "   "), "OutsideHoursReason", Hours);
        await RefusedAsync(desk, d => d.Day = new(2026, 11, 8), "OutsideHoursReason", "Dr. Rao does not work on Sundays. Say why this visit is outside these hours.");

        var kept = (await desk.BookAsync("20:00", d => d.OutsideHoursReason = "Comes from the night shift")).Value();
        Assert.Equal("Comes from the night shift", kept.OutsideHoursReason);
        Assert.Null((await desk.BookAsync("14:00", d => d.OutsideHoursReason = "Not needed")).Value().OutsideHoursReason);
    }

    [Fact]
    public async Task What_falls_into_leave_or_on_a_holiday_unless_it_is_urgent()
    {
        await using var desk = await Desk.OpenAsync(databases);
        await desk.Clinic.Given.LeaveAsync(desk.Asha, desk.Clinic.At("14:10"), desk.Clinic.At("15:00"));
        await desk.Clinic.RunAsync("INSERT INTO practice_holidays VALUES ($1, 'Diwali')", desk.Clinic.Days.Today.AddDays(3));

        await RefusedAsync(desk, d => d.OutsideHoursReason = "Please", "Start", "Dr. Rao is on leave until 05-Nov-2026 15:00. Only an urgent visit can be booked.");
        await RefusedAsync(desk, d => d.Day = d.Day!.Value.AddDays(3), "Day", "08-Nov-2026 is a holiday: Diwali. Only an urgent visit can be booked.");
        Assert.True((await desk.BookAsync("14:00", d => d.Type = AppointmentType.Urgent)).Succeeded);
        Assert.True((await desk.BookAsync("14:00", d => (d.Type, d.Day) = (AppointmentType.Urgent, d.Day!.Value.AddDays(3)))).Succeeded);
        Assert.True((await desk.BookAsync("15:00")).Succeeded);
    }

    [Fact]
    public async Task A_visit_that_reaches_over_midnight_into_leave()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var midnight = desk.Clinic.At("00:00", 1);
        await desk.Clinic.Given.LeaveAsync(desk.Asha, midnight, midnight.AddHours(6));

        await RefusedAsync(desk, d => (d.Start, d.Minutes, d.OutsideHoursReason) = (new(23, 50), 30, "Late"), "Start", "Dr. Rao is on leave until 06-Nov-2026 06:00. Only an urgent visit can be booked.");
    }

    [Theory]
    [InlineData(PatientStatus.Inactive, "This patient's record is inactive. Make it active first.")]
    [InlineData(PatientStatus.Merged, "This record was merged into another one. Book the patient under that one.")]
    public async Task A_patient_whose_record_was_closed_meanwhile(PatientStatus status, string message)
    {
        await using var desk = await Desk.OpenAsync(databases);
        await desk.Clinic.RunAsync("UPDATE patients SET status = $1 WHERE id = $2", EnumText.Of(status), desk.Meera);

        await RefusedAsync(desk, _ => { }, "PatientId", message);
        Assert.Equal(message, (await desk.AskAsync(desk.Devi, b => b.WalkInAsync(new WalkInDraft { PatientId = desk.Meera, DoctorId = desk.Asha.Id }, Cancellation))).Refusal?.Message);
    }

    [Theory]
    [InlineData(StaffRole.Receptionist)]
    [InlineData(StaffRole.Nurse)]
    public async Task A_patient_who_has_died_also_for_a_nurse_who_does_not_see_their_record(StaffRole role)
    {
        await using var desk = await Desk.OpenAsync(databases);
        var person = await desk.Clinic.Given.StaffAsync(role, "Somebody");
        var died = await desk.Clinic.Given.PatientAsync("Ravi", "Rao", with: p => p.DeceasedAt = desk.Clinic.Clock.Now);
        await desk.Clinic.RunAsync("UPDATE patients SET deceased_at = now() WHERE id = $1", desk.Meera);

        foreach (var patient in new[] { died, desk.Meera })
        {
            var refused = await desk.SendAsync(desk.Draft("14:00", d => d.PatientId = patient), person);
            Assert.Equal(("PatientId", "This patient is recorded as having died. Nothing can be booked."), (refused.Refusal?.Field, refused.Refusal?.Message));
        }

        // Written down by mistake, and taken back.
        await desk.Clinic.RunAsync("UPDATE patients SET deceased_at = NULL WHERE id = $1", desk.Meera);
        Assert.True((await desk.SendAsync(desk.Draft("14:00"), person)).Succeeded);
    }

    [Fact]
    public async Task Anybody_with_somebody_who_sees_no_patients_here()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var left = await desk.Clinic.Given.StaffAsync(StaffRole.Doctor, "Dr. Gone Away", StaffStatus.Inactive);

        await RefusedAsync(desk, d => d.DoctorId = left.Id, "DoctorId", "Dr. Away sees no patients here any more.");
        await RefusedAsync(desk, d => d.DoctorId = desk.Devi.Id, "DoctorId", "Devi sees no patients here any more.");
        await RefusedAsync(desk, d => d.DoctorId = Guid.CreateVersion7(), "DoctorId", "Choose a doctor.");
        (await desk.BookAsync("14:00", d => d.PatientId = Guid.CreateVersion7())).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_patient_whom_the_doctor_who_books_does_not_care_for()
    {
        await using var desk = await Desk.OpenAsync(databases);

        var refused = await desk.SendAsync(desk.Draft("14:00"), desk.Asha);

        Assert.Equal("This patient is not in your care yet. Reception books the first visit.", refused.Refusal?.Message);
        await desk.Clinic.AssertNothingHappenedAsync(desk.Asha);
        Assert.Equal(0, await desk.Clinic.BehindAsync(db => db.CareTeam.CountAsync(m => m.PatientId == desk.Meera, Cancellation)));
        await desk.Clinic.Given.CareAsync(desk.Asha, desk.Meera);
        Assert.True((await desk.SendAsync(desk.Draft("14:00"), desk.Asha)).Succeeded);
    }

    [Fact]
    public async Task A_time_that_the_clock_skips_and_of_two_alike_the_first_counts()
    {
        await using var desk = await Desk.OpenAsync(databases, "America/New_York");
        desk.Clinic.Clock.Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        await RefusedAsync(
            desk, d => (d.Day, d.Start, d.OutsideHoursReason) = (new(2026, 3, 8), new(2, 30), "Night clinic"), "Start", "02:30 does not exist on that day: the clocks go forward.");
        var twice = (await desk.BookAsync("01:30", d => (d.Day, d.OutsideHoursReason) = (new(2026, 11, 1), "Night clinic"))).Value();
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 5, 30, 0, TimeSpan.Zero), twice.Start);
    }

    private static async Task RefusedAsync(Desk desk, Action<AppointmentDraft> with, string field, string message)
    {
        var refused = await desk.BookAsync("14:00", with);

        Assert.Equal((RefusalKind.Invalid, field, message), (refused.Refusal?.Kind, refused.Refusal?.Field, refused.Refusal?.Message));
    }
}
