using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Scheduling.Booking;

/// <summary>Somebody at the desk without an appointment. It is Thursday 05-Nov-2026, 11:00.</summary>
public sealed class WalkingIn(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_the_doctors_next_free_slot_and_is_checked_in_with_a_token()
    {
        await using var desk = await Desk.OpenAsync(databases);
        await desk.BookAsync("11:15", d => d.Minutes = 30);
        desk.Clinic.Clock.Now = desk.Clinic.At("11:05");

        var visit = (await WalkInAsync(desk, "  Fever ")).Value();

        Assert.Equal((desk.Clinic.At("11:45"), desk.Clinic.At("12:00")), (visit.Start, visit.End));
        Assert.Equal((AppointmentStatus.CheckedIn, "A01", desk.Clinic.Clock.Now, true, "Fever", "Room 1"), (visit.Status, visit.Token, visit.CheckedInAt, visit.WalkIn, visit.Reason, visit.Room));
        var kept = await desk.Clinic.RowAsync<Appointment>(visit.AppointmentId);
        Assert.Equal((AppointmentStatus.CheckedIn, "A01", desk.Devi.Id, desk.Clinic.Clock.Now), (kept.Status, kept.Token, kept.ChangedBy, kept.ChangedAt));
        Assert.Contains("token", (await desk.Clinic.TrailOfAsync(desk.Devi))[^1].Fields!);
    }

    [Fact]
    public async Task Urgently_is_taken_now_over_whoever_is_booked()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        await desk.BookAsync("11:00", d => d.PatientId = ravi);
        desk.Clinic.Clock.Now = desk.Clinic.At("11:05").AddSeconds(20);

        var visit = (await WalkInAsync(desk, urgent: true)).Value();

        Assert.Equal((AppointmentType.Urgent, desk.Clinic.At("11:05"), "A01"), (visit.Type, visit.Start, visit.Token));
    }

    [Fact]
    public async Task Takes_as_long_as_the_practice_has_set()
    {
        await using var desk = await Desk.OpenAsync(databases);
        await desk.Clinic.RunAsync("INSERT INTO visit_lengths VALUES ('in_person', 40)");

        Assert.Equal(TimeSpan.FromMinutes(40), (await WalkInAsync(desk)).Value() is var v ? v.End - v.Start : default);
    }

    [Fact]
    public async Task Sent_twice_is_one_visit_and_one_token()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var draft = new WalkInDraft { PatientId = desk.Meera, DoctorId = desk.Asha.Id };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.AskAsync(desk.Devi, b => b.WalkInAsync(draft, Cancellation))));

        Assert.All(answers, a => Assert.Equal(("A01", draft.Id), (a.Value().Token, a.Value().AppointmentId)));
        await desk.Clinic.AssertTrailAsync(desk.Devi, "appointment.book");
    }

    [Fact]
    public async Task Many_at_once_get_slots_and_tokens_without_a_gap()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var patients = new List<Guid>();
        for (var n = 0; n < 12; n++)
        {
            patients.Add(await desk.Clinic.Given.PatientAsync());
        }

        var visits = (await Task.WhenAll(patients.Select(p => desk.AskAsync(
            desk.Devi, b => b.WalkInAsync(new WalkInDraft { PatientId = p, DoctorId = desk.Asha.Id }, Cancellation))))).Select(a => a.Value()).ToList();

        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"A{n:00}"), visits.Select(v => v.Token).Order());
        Assert.Equal(12, visits.Select(v => v.Start).Distinct().Count());
        Assert.Equal(desk.Clinic.At("11:00"), visits.Min(v => v.Start));
        Assert.Equal(desk.Clinic.At("14:45"), visits.Max(v => v.Start));
    }

    [Fact]
    public async Task Goes_on_to_the_following_slot_when_another_desk_takes_the_first_meanwhile()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var ravi = await desk.Clinic.Given.PatientAsync("Ravi", "Rao");
        var far = await desk.Clinic.Given.AppointmentAsync(desk.Asha, ravi, "16:00");

        // The other desk moves Ravi into the slot that the walk-in has seen free, and commits while the walk-in waits for it.
        var visit = await desk.Clinic.OvertakenAsync(
            "UPDATE appointments SET start_time = '2026-11-05 11:00+05:30', end_time = '2026-11-05 11:15+05:30' WHERE id = $1", far, () => WalkInAsync(desk));

        Assert.Equal((desk.Clinic.At("11:15"), "A01"), (visit.Value().Start, visit.Value().Token));
    }

    [Fact]
    public async Task Where_none_is_left_today_offers_urgent_or_a_colleague_and_loses_no_token()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        desk.Clinic.Clock.Now = desk.Clinic.At("16:46");

        var refused = await WalkInAsync(desk);

        var taken = Assert.IsType<SlotTaken>(refused.Refusal);
        Assert.Equal("Dr. Rao has no free time left today. Nothing was booked. Mark the visit as urgent, or choose another time or a colleague.", taken.Message);
        Assert.Equal([(desk.Asha.Id, desk.Clinic.At("09:00", 1)), (basu.Id, desk.Clinic.At("09:00", 1))], taken.Next.Where((_, n) => n is 0 or 3).Select(s => (s.DoctorId, s.Start)));
        await desk.Clinic.AssertNothingHappenedAsync(desk.Devi);
        Assert.Equal("A01", (await WalkInAsync(desk, urgent: true)).Value().Token);
    }

    [Fact]
    public async Task Who_is_with_another_doctor_at_every_such_time_is_told_so()
    {
        await using var desk = await Desk.OpenAsync(databases);
        var basu = await desk.Clinic.Given.WorkingDoctorAsync("Dr. Basu Dev");
        await desk.BookAsync("11:00", d => d.DoctorId = basu.Id);

        var refused = await WalkInAsync(desk);

        Assert.Equal("Meera Nair is with Dr. Dev from 11:00 to 11:15, booked by you at 11:00. Nothing was booked.", refused.Refusal?.Message);
    }

    [Fact]
    public async Task Needs_a_patient_a_doctor_and_a_reason_of_some_length_at_most()
    {
        await using var desk = await Desk.OpenAsync(databases);

        Assert.Equal("PatientId", (await desk.AskAsync(desk.Devi, b => b.WalkInAsync(new WalkInDraft { DoctorId = desk.Asha.Id }, Cancellation))).Refusal?.Field);
        Assert.Equal("DoctorId", (await desk.AskAsync(desk.Devi, b => b.WalkInAsync(new WalkInDraft { PatientId = desk.Meera }, Cancellation))).Refusal?.Field);
        Assert.Equal("Reason", (await WalkInAsync(desk, new string('x', 5_000))).Refusal?.Field);
    }

    private static Task<Result<BookedVisit>> WalkInAsync(Desk desk, string? reason = null, bool urgent = false)
        => desk.AskAsync(desk.Devi, b => b.WalkInAsync(new WalkInDraft { PatientId = desk.Meera, DoctorId = desk.Asha.Id, Reason = reason, Urgent = urgent }, Cancellation));
}
