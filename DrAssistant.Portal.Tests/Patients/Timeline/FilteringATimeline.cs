using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Patients.Timeline.AFullVisit;

namespace DrAssistant.Portal.Tests.Patients.Timeline;

/// <summary>Kind, doctor, period and words leave the visits that have them; they combine.</summary>
public sealed class FilteringATimeline(ClinicDatabase databases)
{
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

        foreach (var kind in Enum.GetValues<TimelineKind>().Where(k => k is not (TimelineKind.Note or TimelineKind.Order or TimelineKind.Document)))
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
    public async Task The_words_of_a_note_find_its_visit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, visit, meera) = await FullVisitAsync(clinic);
        await clinic.Given.EncounterAsync(asha, meera, clinic.At("08:00"), complaint: "Nothing else");
        await using var acting = clinic.As(asha);

        Assert.Equal([visit], (await PageAsync(acting, meera, Text("fluids"))).Value().Visits.Select(v => v.EncounterId));
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

        Assert.Equal((his, 1, 2), (Assert.Single(page.Visits).EncounterId, page.TotalVisits, page.AllVisits));
        Assert.Equal([new TimelineDoctor(asha.Id, "Asha Rao", 1), new TimelineDoctor(basu.Id, "Basu Dev", 1)], page.Doctors);
    }

    [Fact]
    public async Task A_period_is_of_the_practices_days_both_included()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        foreach (var at in new[] { "2026-03-09T18:29:59Z", "2026-03-09T18:30:00Z", "2026-03-11T18:29:59Z", "2026-03-11T18:30:00Z" })
        {
            await clinic.Given.EncounterAsync(asha, meera, DateTimeOffset.Parse(at, null));
        }

        await using var acting = clinic.As(asha);

        async Task<int> CountAsync(DateOnly? from, DateOnly? to)
            => (await PageAsync(acting, meera, TimelineFilter.All with { From = from, To = to })).Value().TotalVisits;
        var (tenth, eleventh) = (new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 11));
        Assert.Equal(2, await CountAsync(tenth, eleventh));
        Assert.Equal(3, await CountAsync(tenth, null));
        Assert.Equal(3, await CountAsync(null, eleventh));
        Assert.Equal(1, await CountAsync(null, new DateOnly(2026, 3, 9)));
    }
}
