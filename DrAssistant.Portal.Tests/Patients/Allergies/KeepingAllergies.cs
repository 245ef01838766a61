using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Allergies;

/// <summary>Known, none known, not asked: what the list says, the banner says.</summary>
public sealed class KeepingAllergies(ClinicDatabase databases, TwoCharts charts) : IClassFixture<TwoCharts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_the_doctors_and_nurses_who_care_for_the_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        var list = (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "Penicillin"), Cancellation))).Value();
        var allergy = list.Active[0];
        var acts = new Func<IAllergies, Task<Result<AllergyList>>>[]
        {
            a => a.ListAsync(meera, Cancellation),
            a => a.AddAsync(New(meera, "Latex"), Cancellation),
            a => a.ReviseAsync(new AllergyRevision(allergy, AllergyType.Allergy, null, "Rash", null), Cancellation),
            a => a.DeactivateAsync(allergy.Id, "Tolerated since", Cancellation),
            a => a.MarkInErrorAsync(allergy.Id, "Another patient", Cancellation),
            a => a.RecordNoneAsync(meera, Cancellation),
            a => a.ConfirmAsync(meera, Cancellation),
        };
        var (desk, admin, stranger) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var nobody = clinic.AsNobody();

        foreach (var act in acts)
        {
            (await DoAsync(clinic, desk, act)).AssertRefused(RefusalKind.Forbidden);
            (await DoAsync(clinic, admin, act)).AssertRefused(RefusalKind.Forbidden);
            (await act(nobody.Get<IAllergies>())).AssertRefused(RefusalKind.Forbidden);
            (await DoAsync(clinic, stranger, act)).AssertRefused(RefusalKind.NotFound);
        }

        Assert.Empty(await clinic.TrailOfAsync(stranger));
        Assert.Equal(allergy, Assert.Single((await DoAsync(clinic, nila, a => a.ListAsync(meera, Cancellation))).Value().Active));
    }

    [Fact]
    public async Task tells_the_three_states_apart_and_an_empty_list_is_never_none()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);

        var untouched = (await DoAsync(clinic, nila, a => a.ListAsync(meera, Cancellation))).Value();
        Assert.Equal((AllergiesStatus.NotAsked, null, 0), (untouched.Status, untouched.RecordedAt, untouched.Active.Count));
        (await DoAsync(clinic, nila, a => a.ConfirmAsync(meera, Cancellation))).AssertRefused(RefusalKind.Conflict);

        var none = (await DoAsync(clinic, nila, a => a.RecordNoneAsync(meera, Cancellation))).Value();
        Assert.Equal((AllergiesStatus.NoneKnown, ClinicUnderTest.Eleven), (none.Status, none.RecordedAt));

        clinic.Clock.Now = ClinicUnderTest.Eleven.AddDays(1);
        var known = (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "Penicillin", "anaphylaxis after amoxicillin", AllergySeverity.Severe), Cancellation))).Value();
        Assert.Equal((AllergiesStatus.Known, clinic.Clock.Now), (known.Status, known.RecordedAt));
        (await DoAsync(clinic, nila, a => a.RecordNoneAsync(meera, Cancellation))).AssertRefused(RefusalKind.Conflict);

        clinic.Clock.Now = ClinicUnderTest.Eleven.AddDays(2);
        Assert.Equal(clinic.Clock.Now, (await DoAsync(clinic, nila, a => a.ConfirmAsync(meera, Cancellation))).Value().RecordedAt);
        var banner = await BannerAsync(clinic, nila, meera);
        Assert.Equal((AllergiesStatus.Known, "Penicillin"), (banner.AllergiesStatus, Assert.Single(banner.Allergies).Substance));

        // Who takes the last one off the list has not asked about others.
        var off = (await DoAsync(clinic, nila, a => a.DeactivateAsync(known.Active[0].Id, "Tolerated amoxicillin in May", Cancellation))).Value();
        Assert.Equal((AllergiesStatus.NotAsked, null), (off.Status, off.RecordedAt));
        Assert.Equal("Tolerated amoxicillin in May", Assert.Single(off.Inactive).WhyInactive);
        Assert.Null((await clinic.RowAsync<Patient>(meera)).Allergies);
    }

    [Fact]
    public async Task of_what_was_wrong_hides_it_and_keeps_what_is_known_otherwise()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        var penicillin = New(meera, "Penicillin");
        await DoAsync(clinic, nila, a => a.AddAsync(penicillin, Cancellation));
        await DoAsync(clinic, nila, a => a.DeactivateAsync(penicillin.Id, "Tolerated since", Cancellation));
        await DoAsync(clinic, nila, a => a.RecordNoneAsync(meera, Cancellation));
        clinic.Clock.Now = ClinicUnderTest.Eleven.AddDays(3);

        var list = (await DoAsync(clinic, nila, a => a.MarkInErrorAsync(penicillin.Id, "Another patient", Cancellation))).Value();

        Assert.Equal((AllergiesStatus.NoneKnown, ClinicUnderTest.Eleven), (list.Status, list.RecordedAt));
        Assert.Equal((0, 0, 1), (list.Active.Count, list.Inactive.Count, list.InError));
        (await DoAsync(clinic, nila, a => a.DeactivateAsync(penicillin.Id, "Once more", Cancellation))).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(AllergyStatus.EnteredInError, (await clinic.RowAsync<Allergy>(penicillin.Id)).Status);
    }

    [Fact]
    public async Task of_the_most_severe_first_is_revised_against_what_was_seen()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "Egg", "rash", AllergySeverity.Mild), Cancellation));
        var seen = (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "Latex"), Cancellation))).Value().Active.Single(a => a.Substance == "Latex");

        var list = (await DoAsync(clinic, nila, a => a.ReviseAsync(new AllergyRevision(seen, AllergyType.Intolerance, AllergyCategory.Environment, " wheeze ", AllergySeverity.Severe), Cancellation))).Value();

        Assert.Equal(["Latex", "Egg"], list.Active.Select(a => a.Substance));
        Assert.Equal(
            (AllergyType.Intolerance, AllergyCategory.Environment, "wheeze", AllergySeverity.Severe, "Nila Das"),
            (list.Active[0].Type, list.Active[0].Category, list.Active[0].Reaction, list.Active[0].Severity, list.Active[0].By));
        (await DoAsync(clinic, nila, a => a.ReviseAsync(new AllergyRevision(seen, AllergyType.Allergy, null, null, null), Cancellation))).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task is_audited_told_to_open_pages_and_done_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        var penicillin = New(meera, "Penicillin", "anaphylaxis in 2014", AllergySeverity.Severe);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => DoAsync(clinic, nila, a => a.AddAsync(penicillin, Cancellation))));
        (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "PENICILLIN"), Cancellation))).AssertRefused(RefusalKind.Conflict);

        var entry = await clinic.OnlyEventOfAsync(nila, "allergy.add", meera);
        Assert.Equal((penicillin.Id, "allergy"), (entry.ResourceId, entry.ResourceType));
        Assert.Equal(["substance", "type", "reaction", "severity"], entry.Fields);
        await clinic.AssertNowhereInTheTrailAsync("anaphylaxis in 2014");
        var told = Assert.Single(await clinic.OwedAsync(), m => m.Kind == "allergies.changed");
        Assert.Equal((penicillin.Id, meera), (told.SubjectId, told.PatientId));
    }

    [Fact]
    public async Task by_two_at_once_loses_neither_and_lists_none_twice()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        string[] substances = ["Penicillin", "Latex", "Penicillin", "Egg"];

        await Task.WhenAll(substances.Select(s => DoAsync(clinic, nila, a => a.AddAsync(New(meera, s), Cancellation))));

        var list = (await DoAsync(clinic, nila, a => a.ListAsync(meera, Cancellation))).Value();
        Assert.Equal(["Egg", "Latex", "Penicillin"], list.Active.Select(a => a.Substance));
        Assert.Equal(["Egg", "Latex", "Penicillin"], (await clinic.RowAsync<Patient>(meera)).Allergies);
    }

    [Fact]
    public async Task by_two_who_revise_the_same_at_once_lets_one_through_and_tells_the_other()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        var seen = (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, "Latex"), Cancellation))).Value().Active[0];

        var answers = await Task.WhenAll(new[] { "wheeze", "hives", "rash", "swelling" }.Select(reaction => DoAsync(
            clinic, nila, a => a.ReviseAsync(new AllergyRevision(seen, AllergyType.Allergy, null, reaction, null), Cancellation))));

        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => Assert.Equal(RefusalKind.Conflict, a.Refusal!.Kind));
        Assert.Equal(2, (await clinic.TrailOfAsync(nila)).Count);
    }

    [Fact]
    public async Task takes_a_code_only_from_the_list()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = await CaringAsync(clinic);
        var chosen = (await FindAsync(clinic, nila, "augmentin"))[0];
        Assert.Equal(("Penicillins", "penicillin", true, "Augmentin"), (chosen.Name, chosen.Code, chosen.IsClass, chosen.FoundAs));
        var allergy = New(meera, chosen.Name);
        (allergy.Code, allergy.CodeSystem) = (chosen.Code, chosen.CodeSystem);

        var added = (await DoAsync(clinic, nila, a => a.AddAsync(allergy, Cancellation))).Value().Active[0];

        Assert.Equal(("penicillin", AllergyCategory.Medication), (added.Code, added.Category));
        var invented = New(meera, "Something");
        (invented.Code, invented.CodeSystem) = ("penicillin", "urn:another");
        (await DoAsync(clinic, nila, a => a.AddAsync(invented, Cancellation))).AssertRefused(RefusalKind.Invalid);
        (await DoAsync(clinic, nila, a => a.AddAsync(New(meera, " "), Cancellation))).AssertRefused(RefusalKind.Invalid);
    }

    [Theory]
    [InlineData("sulfa", "Sulfonamide antimicrobials")]
    [InlineData("amoxic", "Penicillins")]
    [InlineData("ibupro", "NSAIDs (COX-1 inhibiting)")]
    public async Task finds_the_group_before_the_single_medicine(string typed, string first)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var nila = await clinic.Given.NurseAsync();

        var found = await FindAsync(clinic, nila, typed);

        Assert.Equal(first, found[0].Name);
        Assert.InRange(found.Count, 1, 12);
        Assert.Empty(await FindAsync(clinic, nila, "  "));
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        (await desk.Get<IAllergies>().FindSubstancesAsync(typed, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Theory]
    [InlineData("UPDATE allergies SET patient_id = patient_id", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("UPDATE allergies SET recorded_by = NULL", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("UPDATE allergies SET status = 'inactive', ended_at = now(), ended_reason = 'No', ended_by = (SELECT id FROM users WHERE username = 'basu')", PostgresErrorCodes.RestrictViolation)]
    public async Task is_done_in_ones_own_name(string statement, string refusal)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(refusal, await asha.RefusalOfAsync(statement));
    }

    [Fact]
    public async Task never_brings_an_error_back()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(1, await asha.RunAsync("UPDATE allergies SET status = 'entered_in_error', ended_at = now(), ended_reason = 'Wrong', ended_by = $1", TwoCharts.Id(Person.Asha)!));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE allergies SET status = 'active', ended_at = NULL, ended_reason = NULL, ended_by = NULL"));
    }

    private static NewAllergyDraft New(Guid patient, string substance, string? reaction = null, AllergySeverity? severity = null)
        => new() { PatientId = patient, Substance = substance, Reaction = reaction, Severity = severity };

    private static async Task<(ClinicPerson Nila, Guid Meera)> CaringAsync(ClinicUnderTest clinic)
    {
        var (nila, meera) = (await clinic.Given.NurseAsync(), await clinic.Given.PatientAsync());
        await clinic.Given.CareAsync(nila, meera);
        return (nila, meera);
    }

    private static async Task<Result<AllergyList>> DoAsync(ClinicUnderTest clinic, ClinicPerson person, Func<IAllergies, Task<Result<AllergyList>>> act)
    {
        await using var acting = clinic.As(person);
        return await act(acting.Get<IAllergies>());
    }

    private static async Task<IReadOnlyList<AllergySubstance>> FindAsync(ClinicUnderTest clinic, ClinicPerson person, string typed)
    {
        await using var acting = clinic.As(person);
        return (await acting.Get<IAllergies>().FindSubstancesAsync(typed, Cancellation)).Value();
    }

    private static async Task<ChartBanner> BannerAsync(ClinicUnderTest clinic, ClinicPerson person, Guid patient)
    {
        await using var acting = clinic.As(person);
        return (await acting.Get<IPatients>().OpenAsync(patient, Cancellation)).Value();
    }
}
