using System.Diagnostics;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Patients.Timeline.AFullVisit;

namespace DrAssistant.Portal.Tests.Patients.Timeline;

public sealed class PatientTimelineServiceTests(ClinicDatabase databases, ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_for_doctors_and_nurses_and_of_patients_in_their_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.EncounterAsync(await clinic.Given.DoctorAsync("Basu Dev"), meera, clinic.At("09:00"));
        foreach (var person in new[] { await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            await using var refused = clinic.As(person);
            (await PageAsync(refused, meera)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await PageAsync(nobody, meera)).AssertRefused(RefusalKind.Forbidden);
        await using var acting = clinic.As(asha);
        var outside = await PageAsync(acting, meera);
        Assert.Equal(RefusalKind.NotFound, outside.Refusal?.Kind);
        Assert.Equal((await PageAsync(acting, Guid.CreateVersion7())).Refusal, outside.Refusal);
        (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind>(), Text: new string('x', 101)))).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task A_visit_brings_everything_that_belongs_to_it_and_nothing_of_another_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic);
        var other = await clinic.Given.PatientAsync("Ravi", "Rao");
        var elsewhere = await clinic.Given.EncounterAsync(asha, other, clinic.At("09:00"));
        await clinic.Given.ConditionAsync(other, "Another's", encounter: elsewhere);
        await clinic.Given.NoteAsync(asha, other, elsewhere, Note, clinic.At("09:00"));
        await using var acting = clinic.As(asha);

        var page = (await PageAsync(acting, meera)).Value();

        var shown = Assert.Single(page.Visits);
        Assert.Equal((visit, "Visit", "completed", "Asha Rao", "Cough"), (shown.EncounterId, shown.Kind, shown.Status, shown.DoctorName, shown.ChiefComplaint));
        Assert.Equal(
            [
                "Note (draft): Cough for a week | Bronchitis | Rest. Fluids | In a week",
                "Diagnosis (): Acute bronchitis",
                "Prescription (signed): Old drug=1, 1-0-0, stopped | Paracetamol 500 mg=1 tablet, 1-0-1, 5 days",
                "Laboratory order (ordered): HbA1c",
                "Laboratory order (ordered): Cancelled test",
                "Results (not_reviewed): HbA1c=6.1 %High",
                "Vitals (): BP=142/88High | pulse=72\u00A0/min | Smoking status=Never smokedUnknown",
                "Procedures (): Nebulisation=wheeze",
                "Immunisations (): Influenza | Tetanus=not given",
            ],
            shown.Entries.Select(Told));
        Assert.Null(page.Next);
        Assert.Equal((1, new TimelineYear(2026, 1)), (page.TotalVisits, Assert.Single(page.Years)));
        Assert.Equal('R', (await clinic.OnlyEventOfAsync(asha, "timeline.read", meera)).Action);
    }

    [Fact]
    public async Task What_came_on_another_day_than_its_visit_stands_on_its_day_too_and_what_had_no_visit_on_its_own()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic, reported: clinic.At("10:00", daysAhead: 3));
        await clinic.Given.VitalAsync(meera, "8867-4", 81, "/min", clinic.At("07:00", daysAhead: 5));
        await clinic.Given.VitalAsync(meera, "8867-4", 300, "/min", clinic.At("07:05", daysAhead: 6), status: RecordStatus.EnteredInError);
        await using var acting = clinic.As(asha);

        var page = (await PageAsync(acting, meera)).Value();

        Assert.Equal(["Measured without a visit", "Results arrived", "Visit"], page.Visits.Select(v => v.Kind));
        Assert.Equal([false, false, true], page.Visits.Select(v => v.IsVisit));
        Assert.Equal([TimelineKind.Vitals], page.Visits[0].Entries.Select(e => e.Kind));
        Assert.Equal([TimelineKind.Result], page.Visits[1].Entries.Select(e => e.Kind));
        Assert.Contains(page.Visits[2].Entries, e => e.Kind is TimelineKind.Result && e.At == clinic.At("10:00", daysAhead: 3));
        Assert.Equal((visit, 1, 1), (page.Visits[2].EncounterId, page.TotalVisits, page.AllVisits));
        Assert.Equal(["Results arrived", "Visit"], (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Result }))).Value().Visits.Select(v => v.Kind));
        Assert.Equal(["Visit"], (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Order }))).Value().Visits.Select(v => v.Kind));
        Assert.Equal(["Results arrived", "Visit"], (await PageAsync(acting, meera, TimelineFilter.All with { DoctorId = asha.Id })).Value().Visits.Select(v => v.Kind));
        Assert.Equal(["Results arrived", "Visit"], (await PageAsync(acting, meera, Text("hba1c"))).Value().Visits.Select(v => v.Kind));
    }

    [Fact]
    public async Task What_was_entered_in_error_is_counted_and_not_shown()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic);
        await using var acting = clinic.As(asha);
        var before = (await PageAsync(acting, meera)).Value().Visits[0];
        await clinic.Given.ConditionAsync(meera, "Mistake", ConditionStatus.EnteredInError, visit);
        await clinic.Given.VitalAsync(meera, "8867-4", 300, "/min", clinic.At("09:00"), visit, status: RecordStatus.EnteredInError);

        var shown = (await PageAsync(acting, meera)).Value().Visits[0];

        Assert.Equal(before.HiddenInError + 2, shown.HiddenInError);
        Assert.Equal(before.Entries.Select(Told), shown.Entries.Select(Told));
    }

    [Fact]
    public async Task Years_are_the_practices_own()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.EncounterAsync(asha, meera, DateTimeOffset.Parse("2025-12-31T18:29:00Z", null));
        await clinic.Given.EncounterAsync(asha, meera, DateTimeOffset.Parse("2025-12-31T18:30:00Z", null)); // midnight in Kolkata
        await clinic.Given.EncounterAsync(asha, meera, DateTimeOffset.Parse("2026-05-05T05:00:00Z", null));
        await using var acting = clinic.As(asha);

        Assert.Equal([new TimelineYear(2026, 2), new TimelineYear(2025, 1)], (await PageAsync(acting, meera)).Value().Years);
    }

    [Fact]
    public async Task A_thousand_visits_come_in_pages_without_a_gap_or_a_repeat_even_when_many_began_at_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.RunAsync("""
            INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status, chief_complaint)
            SELECT gen_random_uuid(), $1, $2, 'office_visit', timestamptz '2026-11-01 04:30Z' - (n / 100) * interval '200 days', 'completed', 'Visit ' || n FROM generate_series(0, 999) n
            """, asha.Id, meera);
        await clinic.RunAsync("""
            INSERT INTO observations (id, patient_id, encounter_id, category, code, code_system, name, value_number, unit, effective_at)
            SELECT gen_random_uuid(), patient_id, id, 'vital-signs', c, 'http://loinc.org', c, 100, 'mm[Hg]', start_time FROM encounters, unnest(ARRAY['8480-6', '8462-4']) c
            """);
        await clinic.RunAsync("INSERT INTO conditions (id, patient_id, encounter_id, name, recorded_at) SELECT gen_random_uuid(), patient_id, id, 'Cold', start_time FROM encounters");
        await using var acting = clinic.As(asha);
        var seen = new List<TimelineVisit>();
        var times = new List<double>();
        TimelineCursor? before = null;
        do
        {
            var start = Stopwatch.GetTimestamp();
            var page = (await acting.Get<IPatientTimeline>().PageAsync(meera, TimelineFilter.All, before, Cancellation)).Value();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(1000, page.TotalVisits);
            seen.AddRange(page.Visits);
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(100, times.Count);
        Assert.Equal(1000, seen.Select(v => v.EncounterId).Distinct().Count());
        Assert.Equal(seen.Select(v => v.Start).OrderDescending(), seen.Select(v => v.Start));
        Assert.All(seen, v => Assert.Equal(2, v.Entries.Count));
        output.WriteLine($"a page of a thousand visits: p50 {times.Order().ElementAt(50):F1} ms, p95 {times.Order().ElementAt(95):F1} ms");
    }
}
