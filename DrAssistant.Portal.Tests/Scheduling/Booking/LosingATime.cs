using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>What the second one is told: who has the time since when, and what is free instead. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class LosingATime(ClinicDatabase databases)
{
    [Fact]
    public async Task Names_who_was_faster_and_offers_three_of_the_doctor_and_one_of_a_colleague_of_the_same_specialty()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var fatima = await desk.Clinic.Given.ReceptionistAsync("Fatima Sheikh");
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        await desk.Clinic.Given.WorkingDoctorAsync("Dr. Kavita Rao", "Dermatology");
        await desk.BookAsync("14:00");
        await desk.BookAsync("14:30", d => d.PatientId = ravi);
        desk.Clinic.Clock.Now = desk.Clinic.At("11:31");

        var lost = await desk.SendAsync(desk.Draft("14:00", d => d.PatientId = ravi), fatima);

        var taken = Assert.IsType<SlotTaken>(lost.Refusal);
        Assert.Equal((RefusalKind.Conflict, "Start", "14:00 was taken by Devi at 11:00. Nothing was booked."), (taken.Kind, taken.Field, taken.Message));
        Assert.Equal(
            [(desk.Asha.Id, "14:15"), (desk.Asha.Id, "14:45"), (desk.Asha.Id, "15:00"), (basu.Id, "14:00")],
            taken.Next.Select(s => (s.DoctorId, ClinicFormat.Time(TimeOnly.FromDateTime(desk.Clinic.Days.Local(s.Start).DateTime)))));
        Assert.Equal(("Dr. Basu Dev", "General medicine", "Room 1", taken.Next[3].Start.AddMinutes(15)), (taken.Next[3].DoctorName, taken.Next[3].Specialty, taken.Next[3].Room, taken.Next[3].End));
        var entry = await desk.Clinic.OnlyEventOfAsync(fatima, "appointment.book", ravi);
        Assert.Equal(("refused", "The time was taken."), (entry.Outcome, entry.Reason));
        Assert.Equal(2, (await desk.Clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Says_when_it_was_another_day_that_it_was_taken_on_and_from_when_to_when_where_that_differs()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.BookAsync("14:10", d => (d.Day, d.Minutes) = (d.Day!.Value.AddDays(1), 10));
        desk.Clinic.Clock.Now = desk.Clinic.At("09:00", 1);

        var lost = await desk.BookAsync("14:00", d => d.PatientId = ravi);

        Assert.Equal("14:10 to 14:20 was taken by you on 05-Nov-2026 at 11:00. Nothing was booked.", lost.Refusal?.Message);
    }

    [Fact]
    public async Task To_the_same_patients_visit_with_another_doctor_says_with_whom()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        await desk.BookAsync("14:00", d => d.DoctorId = basu.Id);

        var lost = await desk.BookAsync("14:00");

        var taken = Assert.IsType<SlotTaken>(lost.Refusal);
        Assert.Equal("Meera Nair is with Dr. Dev from 14:00 to 14:15, booked by you at 11:00. Nothing was booked.", taken.Message);
    }

    [Fact]
    public async Task Never_happens_to_an_urgent_visit_nor_because_of_one()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");

        Assert.True((await desk.BookAsync("14:00")).Succeeded);
        Assert.True((await desk.BookAsync("14:00", d => (d.PatientId, d.Type) = (ravi, AppointmentType.Urgent))).Succeeded);
        Assert.True((await desk.BookAsync("14:15", d => (d.PatientId, d.Type) = (ravi, AppointmentType.Urgent))).Succeeded);
        Assert.True((await desk.BookAsync("14:15")).Succeeded);
        Assert.Equal(4, await desk.Clinic.BehindAsync(db => db.Appointments.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_doctor_who_books_with_a_colleague_learns_nothing_of_a_stranger()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        var mine = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.Clinic.Given.CareAsync(basu, mine);
        await desk.BookAsync("14:00");

        var lost = await desk.SendAsync(desk.Draft("14:00", d => d.PatientId = mine), basu);

        var taken = Assert.IsType<SlotTaken>(lost.Refusal);
        Assert.Equal("14:00 is taken. Nothing was booked.", taken.Message);
        Assert.Equal(desk.Clinic.At("14:15"), taken.Next[0].Start);
    }

    [Fact]
    public async Task Waits_for_an_undecided_other_and_books_where_that_one_changes_its_mind()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var visit = (await desk.BookAsync("14:00")).Value();
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");

        var booked = await desk.Clinic.OvertakenAsync(
            "UPDATE appointments SET status = 'cancelled' WHERE id = $1", visit.AppointmentId, () => desk.BookAsync("14:00", d => d.PatientId = ravi));

        Assert.Equal(desk.Clinic.At("14:00"), booked.Value().Start);
    }
}
