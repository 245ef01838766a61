using System.Diagnostics;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Prescribing;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Patients.Timeline;

public sealed class PatientTimelineServiceTests(ClinicDatabase databases, ITestOutputHelper output)
{
    private static readonly SoapContent Note = new()
    {
        Subjective = new Subjective { ChiefComplaint = "Cough for a week" },
        Assessment = new Assessment { ClinicalImpression = "Bronchitis" },
        Plan = new Plan { Treatments = ["Rest", "Fluids"], FollowUp = "In a week" },
    };

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
    public async Task Each_kind_of_filter_leaves_the_visits_that_have_it_and_counts_only_them()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic);
        var empty = await clinic.Given.EncounterAsync(asha, meera, clinic.At("08:00"), complaint: "Nothing else");
        await clinic.Given.ConditionAsync(meera, "Mistake", ConditionStatus.EnteredInError, empty);
        await clinic.Given.VitalAsync(meera, "8867-4", 300, "/min", clinic.At("08:00"), empty, status: RecordStatus.EnteredInError);
        await OrderAsync(clinic, asha, meera, empty, "Chest X-ray");
        await using var acting = clinic.As(asha);

        foreach (var kind in Enum.GetValues<TimelineKind>().Where(k => k is not (TimelineKind.Note or TimelineKind.Order)))
        {
            var page = (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { kind }))).Value();
            Assert.Equal((visit, 1), (Assert.Single(page.Visits).EncounterId, page.TotalVisits));
            Assert.All(page.Visits[0].Entries, e => Assert.Equal(kind, e.Kind));
        }

        Assert.Equal(2, (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Order }))).Value().Visits.Count);
        var notes = (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Note }))).Value();
        Assert.Equal([TimelineKind.Note], Assert.Single(notes.Visits).Entries.Select(e => e.Kind));
        var two = (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind> { TimelineKind.Vitals, TimelineKind.Diagnosis }))).Value();
        Assert.Equal([TimelineKind.Diagnosis, TimelineKind.Vitals], Assert.Single(two.Visits).Entries.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_search_looks_at_what_was_said_found_ordered_and_given_as_it_was_typed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic);
        var other = await clinic.Given.EncounterAsync(asha, meera, clinic.At("08:00"), complaint: "100% sure_thing \\ back");
        await using var acting = clinic.As(asha);

        foreach (var text in new[] { "cough", "BRONCH", "paracet", "hba1c", "nebul", "influenza", " cough " })
        {
            Assert.Equal(visit, Assert.Single((await PageAsync(acting, meera, Text(text))).Value().Visits).EncounterId);
        }

        foreach (var text in new[] { "100%", "sure_thing", "\\ back" })
        {
            Assert.Equal(other, Assert.Single((await PageAsync(acting, meera, Text(text))).Value().Visits).EncounterId);
        }

        foreach (var text in new[] { "0% s_re", "%%%", "'", "nothing like it", "\u202E", "👩" })
        {
            Assert.Empty((await PageAsync(acting, meera, Text(text))).Value().Visits);
        }

        foreach (var text in new[] { "", "  ", "\0", "\uD83D\0" })
        {
            Assert.True((await PageAsync(acting, meera, Text(text))).Succeeded);
        }
    }

    [Fact]
    public async Task A_filter_by_doctor_shows_theirs()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.EncounterAsync(asha, meera, clinic.At("09:00"));
        var his = await clinic.Given.EncounterAsync(basu, meera, clinic.At("10:00"));
        await using var acting = clinic.As(asha);

        var page = (await PageAsync(acting, meera, new TimelineFilter(new HashSet<TimelineKind>(), DoctorId: basu.Id))).Value();

        Assert.Equal((his, 1), (Assert.Single(page.Visits).EncounterId, page.TotalVisits));
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

    private static Task<Result<TimelinePage>> PageAsync(ActingPerson acting, Guid patient, TimelineFilter? filter = null)
        => acting.Get<IPatientTimeline>().PageAsync(patient, filter ?? TimelineFilter.All, null, Cancellation);

    private static TimelineFilter Text(string text) => new(new HashSet<TimelineKind>(), Text: text);

    private static string Told(TimelineEntry entry) => $"{entry.Title} ({entry.Status}): " + string.Join(" | ", entry.Parts.OrderBy(p => entry.Kind is TimelineKind.Prescription ? p.Text : "").Select(p =>
        p.Text + (p.Value is null ? "" : $"={p.Value}") + (p.Unit is null ? "" : $" {p.Unit}") + (p.Flag is ResultFlag.Normal ? "" : p.Flag)));

    private static async Task<(ClinicPerson Asha, Guid Visit, Guid Meera)> FullVisitAsync(ClinicUnderTest clinic)
    {
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var at = clinic.At("09:00");
        var visit = await clinic.Given.EncounterAsync(asha, meera, at, complaint: "Cough");
        await clinic.Given.NoteAsync(asha, meera, visit, Note, at);
        await clinic.Given.ConditionAsync(meera, "Acute bronchitis", encounter: visit);
        var prescription = Guid.CreateVersion7();
        await clinic.Given.SaveAsync(new Prescription
        {
            Id = prescription,
            EncounterId = visit,
            PatientId = meera,
            DoctorId = asha.Id,
            Status = PrescriptionStatus.Signed,
            SignedAt = at,
            ValidFrom = clinic.Days.Today,
            Items =
            [
                Item("Paracetamol 500 mg", "1 tablet", "1-0-1", "5 days", null),
                Item("Old drug", "1", "1-0-0", null, at),
            ],
        });
        await clinic.Given.ResultAsync(asha, meera, "HbA1c", 6.1m, ResultFlag.High, at, encounter: visit);
        await clinic.Given.ResultAsync(asha, meera, "Cancelled test", 1, at: at, status: ResultStatus.Cancelled, encounter: visit);
        await clinic.Given.VitalAsync(meera, "8480-6", 142, "mm[Hg]", at, visit);
        await clinic.Given.VitalAsync(meera, "8462-4", 88, "mm[Hg]", at, visit);
        await clinic.Given.VitalAsync(meera, "8867-4", 72, "/min", at, visit);
        await clinic.Given.SaveAsync(
            new Observation
            {
                Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Category = "social-history", Code = "72166-2",
                CodeSystem = Given.Loinc, Name = "Smoking status", ValueText = "Never smoked", EffectiveAt = at,
            },
            new Procedure { Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Name = "Nebulisation", Reason = "wheeze", StartedAt = at },
            Vaccine("Influenza", ImmunizationStatus.Completed, at), Vaccine("Tetanus", ImmunizationStatus.NotDone, at.AddMinutes(1)),
            Vaccine("Mistake", ImmunizationStatus.EnteredInError, at));
        return (asha, visit, meera);

        PrescriptionItem Item(string name, string dosage, string frequency, string? duration, DateTimeOffset? stopped) => new()
        {
            Id = Guid.CreateVersion7(), PrescriptionId = prescription, PatientId = meera, MedicationName = name, Dosage = dosage,
            Frequency = frequency, Duration = duration, StoppedAt = stopped,
        };

        Immunization Vaccine(string name, ImmunizationStatus status, DateTimeOffset given) => new()
        {
            Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Code = "140", CodeSystem = "http://hl7.org/fhir/sid/cvx",
            Name = name, GivenAt = given, Status = status,
        };
    }

    private static async Task OrderAsync(ClinicUnderTest clinic, ClinicPerson doctor, Guid patient, Guid visit, string name)
    {
        var order = Guid.CreateVersion7();
        await clinic.Given.SaveAsync(new Order
        {
            Id = order,
            EncounterId = visit,
            PatientId = patient,
            DoctorId = doctor.Id,
            OrderType = OrderType.Imaging,
            Items = [new OrderItem { Id = Guid.CreateVersion7(), OrderId = order, PatientId = patient, ItemCode = name, ItemName = name }],
        });
    }
}
