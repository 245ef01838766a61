using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class OpeningAChart(ClinicDatabase databases)
{
    private const string Reason = "She collapsed in the waiting room";
    private const string AbhaDigits = "91707072027023";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_doctors_and_nurses()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await clinic.Given.PatientAsync();
        foreach (var person in new[] { await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            await using var acting = clinic.As(person);
            (await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await acting.Get<IPatients>().BreakGlassAsync(meera, Reason, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IPatients>().OpenAsync(meera, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IPatients>().RevealAbhaAsync(meera, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task in_care_shows_the_whole_banner_and_says_so_in_the_trail()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, nila) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        var meera = await MeeraAsync(clinic);
        await clinic.Given.CareAsync(asha, meera);
        await clinic.Given.CareAsync(nila, meera);
        await clinic.Given.CareAsync(await clinic.Given.StaffAsync(DrAssistant.Data.Staff.StaffRole.Doctor, "Gone Doctor", DrAssistant.Data.Staff.StaffStatus.Inactive), meera);
        await clinic.Given.ConditionAsync(meera, "Hypertension");
        await clinic.Given.ConditionAsync(meera, "Asthma");
        await clinic.Given.ConditionAsync(meera, "Mistake", Data.Encounters.ConditionStatus.EnteredInError);
        await AllergyAsync(clinic, meera, "Dust", AllergySeverity.Mild);
        await AllergyAsync(clinic, meera, "Penicillin", AllergySeverity.Severe);
        await AllergyAsync(clinic, meera, "Eggs", null, AllergyStatus.Inactive);
        await using var acting = clinic.As(asha);

        var banner = (await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).Value();

        Assert.Equal((true, null), (banner.InCare, banner.GlassBrokenUntil));
        Assert.Equal(("NAIR, Meera", "DA-1", new DateOnly(1980, 2, 1), 46, Gender.Female), (banner.Name.Listed, banner.Mrn, banner.DateOfBirth, banner.Age.Years, banner.Gender));
        Assert.Equal(("O+", AllergiesStatus.Known), (banner.BloodGroup, banner.AllergiesStatus));
        Assert.EndsWith("7023", banner.AbhaMasked, StringComparison.Ordinal);
        Assert.DoesNotContain(AbhaDigits[..4], banner.AbhaMasked, StringComparison.Ordinal);
        Assert.Equal(["Penicillin", "Dust"], banner.Allergies.Select(a => a.Substance));
        Assert.Equal(["Asthma", "Hypertension"], banner.Conditions);
        Assert.Equal([("Asha Rao", "doctor"), ("Nila Das", "nurse")], banner.CareTeam.Select(m => (m.FullName, m.Role)));
        Assert.Equal("done", (await clinic.OnlyEventOfAsync(asha, "chart.read", meera)).Outcome);
    }

    [Fact]
    public async Task outside_care_names_the_person_and_discloses_nothing_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await MeeraAsync(clinic);
        await clinic.Given.CareAsync(basu, meera);
        await clinic.Given.ConditionAsync(meera, "Hypertension");
        await using var acting = clinic.As(asha);

        var banner = (await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).Value();

        Assert.Equal(("NAIR, Meera", "DA-1", false), (banner.Name.Listed, banner.Mrn, banner.InCare));
        Assert.Equal((null, null, null, AllergiesStatus.NotAsked, null), (banner.GlassBrokenUntil, banner.AbhaMasked, banner.BloodGroup, banner.AllergiesStatus, banner.AllergiesRecordedAt));
        Assert.Empty(banner.Allergies);
        Assert.Empty(banner.Conditions);
        Assert.Empty(banner.CareTeam);
        Assert.Equal("refused", (await clinic.OnlyEventOfAsync(asha, "chart.read", meera)).Outcome);
    }

    [Fact]
    public async Task of_nobody_is_not_found_and_not_in_the_trail()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);

        (await acting.Get<IPatients>().OpenAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<IPatients>().BreakGlassAsync(Guid.CreateVersion7(), Reason, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task of_somebody_who_died_shows_the_age_they_reached()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var died = await clinic.Given.PatientAsync(born: "1940-11-05", with: p => p.DeceasedAt = DateTimeOffset.Parse("2020-11-04T18:45:00Z", null)); // 00:15 on the birthday
        await clinic.Given.CareAsync(asha, died);
        await using var acting = clinic.As(asha);

        Assert.Equal(80, (await acting.Get<IPatients>().OpenAsync(died, Cancellation)).Value().Age.Years);
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short")]
    [InlineData("                    ")]
    [InlineData("\t\0\0\0\0\0\0\0\0\0\0\0\t")]
    [InlineData("👩👩👩👩👩")] // ten UTF-16 units, five characters
    public async Task by_breaking_the_glass_takes_a_reason(string reason)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(asha);

        var refused = await acting.Get<IPatients>().BreakGlassAsync(meera, reason, Cancellation);

        Assert.Equal((RefusalKind.Invalid, "reason"), (refused.Refusal!.Kind, refused.Refusal.Field));
        (await acting.Get<IPatients>().BreakGlassAsync(meera, new string('x', 401), Cancellation)).AssertRefused(RefusalKind.Invalid);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task by_breaking_the_glass_lasts_four_hours_is_critical_in_the_trail_and_alerts_who_must_know()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        clinic.Clock.Now = TimeProvider.System.GetUtcNow(); // whether a glass is broken is asked of the database
        var (asha, basu, admin) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.AdminAsync());
        var meera = await MeeraAsync(clinic);
        await clinic.Given.CareAsync(basu, meera);
        await clinic.Given.ConditionAsync(meera, "Hypertension");
        await using var acting = clinic.As(asha);

        var until = (await acting.Get<IPatients>().BreakGlassAsync(meera, "  She collapsed\0in the waiting room \uD83D", Cancellation)).Value();

        Assert.InRange(until - clinic.Clock.Now, TimeSpan.FromHours(3.9), TimeSpan.FromHours(4.1));
        var broken = await clinic.OnlyEventOfAsync(asha, "chart.break-glass", meera);
        Assert.Equal(("critical", 'E', Reason + " \uFFFD"), (broken.Severity, broken.Action, broken.Reason));
        Assert.Equal(acting.Get<ICurrentUser>().SessionId, broken.SessionId);
        var alerts = await clinic.BehindAsync(db => db.Alerts.ToListAsync(Cancellation));
        Assert.Equal(new[] { basu.Id, admin.Id }.Order(), alerts.Select(a => a.UserId).Order());
        Assert.Equal(
            alerts.Select(a => ("alert.raised", (Guid?)a.Id)).Order(), (await clinic.OwedAsync()).Select(m => (m.Kind, m.SubjectId)).Order());

        var banner = (await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).Value();
        Assert.Equal((true, until, "Hypertension"), (banner.InCare, banner.GlassBrokenUntil, Assert.Single(banner.Conditions)));
        Assert.Equal(until, (await acting.Get<IPatients>().BreakGlassAsync(meera, Reason, Cancellation)).Value());
        Assert.Equal(2, (await clinic.TrailOfAsync(asha)).Count);
    }

    [Fact]
    public async Task by_breaking_the_glass_ends_and_can_be_done_again()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        clinic.Clock.Now = TimeProvider.System.GetUtcNow();
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(asha);
        var first = (await acting.Get<IPatients>().BreakGlassAsync(meera, Reason, Cancellation)).Value();
        await clinic.RunAsync("UPDATE care_team SET until = now() - interval '1 second' WHERE user_id = $1", asha.Id);

        var banner = (await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).Value();
        Assert.Equal((false, null), (banner.InCare, banner.GlassBrokenUntil));

        Assert.True((await acting.Get<IPatients>().BreakGlassAsync(meera, Reason, Cancellation)).Value() > first);
        Assert.True((await acting.Get<IPatients>().OpenAsync(meera, Cancellation)).Value().InCare);
    }

    [Fact]
    public async Task that_is_open_already_breaks_no_glass()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(asha, meera);
        await using var acting = clinic.As(asha);

        (await acting.Get<IPatients>().BreakGlassAsync(meera, Reason, Cancellation)).AssertRefused(RefusalKind.Conflict);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task Revealing_an_abha_number_is_an_event_of_its_own()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, desk, admin) = (await clinic.Given.DoctorAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync());
        var (meera, ravi) = (await MeeraAsync(clinic), await clinic.Given.PatientAsync("Ravi", "Rao"));
        await using var acting = clinic.As(desk);

        Assert.Equal("91-7070-7202-7023", (await acting.Get<IPatients>().RevealAbhaAsync(meera, Cancellation)).Value());
        Assert.Equal('R', (await clinic.OnlyEventOfAsync(desk, "abha.reveal", meera)).Action);
        await clinic.AssertNowhereInTheTrailAsync("91707072027023");

        // Not in care, no number, nobody at all: all the same from outside.
        await using var doctor = clinic.As(asha);
        var outside = (await doctor.Get<IPatients>().RevealAbhaAsync(meera, Cancellation)).Refusal;
        Assert.Equal(RefusalKind.NotFound, outside?.Kind);
        Assert.Equal(outside, (await acting.Get<IPatients>().RevealAbhaAsync(ravi, Cancellation)).Refusal);
        Assert.Equal(outside, (await acting.Get<IPatients>().RevealAbhaAsync(Guid.CreateVersion7(), Cancellation)).Refusal);
        await using var refused = clinic.As(admin);
        (await refused.Get<IPatients>().RevealAbhaAsync(meera, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Empty(await clinic.TrailOfAsync(asha));
        Assert.Single(await clinic.TrailOfAsync(desk));
    }

    [Fact]
    public async Task Contact_data_is_ciphertext_in_its_row()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await MeeraAsync(clinic);
        await using var connection = new Npgsql.NpgsqlConnection(clinic.Connections.Worker);
        await connection.OpenAsync(Cancellation);
        await using var look = new Npgsql.NpgsqlCommand("SELECT encode(abha_id || phone, 'escape') || p::text FROM patients p WHERE id = $1", connection)
        {
            Parameters = { new() { Value = meera } },
        };
        var row = (string)(await look.ExecuteScalarAsync(Cancellation))!;
        Assert.DoesNotContain(AbhaDigits, row, StringComparison.Ordinal);
        Assert.DoesNotContain("9845012345", row, StringComparison.Ordinal);
    }

    private static Task<Guid> MeeraAsync(ClinicUnderTest clinic) => clinic.Given.PatientAsync(
        contact: new PatientContact { AbhaNumber = AbhaDigits, Phone = "+919845012345" },
        with: p => (p.Mrn, p.BloodGroup, p.AllergiesStatus, p.Allergies) = ("DA-1", "O+", AllergiesStatus.Known, ["Penicillin", "Dust"]));

    private static Task AllergyAsync(ClinicUnderTest clinic, Guid patient, string substance, AllergySeverity? severity, AllergyStatus status = AllergyStatus.Active)
        => clinic.Given.SaveAsync(new Allergy
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            Substance = substance,
            Severity = severity,
            Status = status,
            RecordedAt = clinic.Clock.Now,
        });
}
