using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class RegisteringAPatient(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_reception_and_doctors()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var person in new[] { await clinic.Given.NurseAsync(), await clinic.Given.AdminAsync() })
        {
            await using var acting = clinic.As(person);
            var door = acting.Get<IRegistration>();
            (await door.RegisterAsync(Drafts.Of(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.OpenAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.SaveAsync(Guid.CreateVersion7(), Drafts.Of(), 1, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.DeactivateAsync(Guid.CreateVersion7(), "Moved away", Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.ReactivateAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.DuplicatesAsync(Question("Meera Nair"), Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IRegistration>().RegisterAsync(Drafts.Of(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task at_the_desk_keeps_every_field_sealed_where_it_must_be()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(devi);
        var draft = Drafts.Full();

        var registered = (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        var row = await clinic.RowAsync<Patient>(draft.Id);
        var contact = acting.Get<PatientVault>().Reveal(row);
        Assert.Equal(("CHOUDHARY, Laxmi", row.Mrn), (registered.Name.Listed, registered.Mrn));
        Assert.True(Mrn.TryParse(row.Mrn, out _));
        Assert.StartsWith("DA26-", row.Mrn, StringComparison.Ordinal);
        Assert.Equal(("Laxmi", "Choudhary", new DateOnly(1980, 3, 14), false, Gender.Female), (row.FirstName, row.LastName, row.DateOfBirth, row.DateOfBirthEstimated, row.Gender));
        Assert.Equal(("B+", "kn", AllergiesStatus.Known, devi.Id), (row.BloodGroup, row.PreferredLanguage, row.AllergiesStatus, row.RegisteredBy));
        Assert.Equal(["Eggs", "Penicillin"], row.Allergies);
        Assert.Equal(clinic.Clock.Now, row.AllergiesRecordedAt);
        Assert.Equal(("+919845011827", "laxmi@example.org", "91707072027023", "laxmi.choudhary@abdm"), (contact.Phone, contact.Email, contact.AbhaNumber, contact.AbhaAddress));
        Assert.Equal(new PostalAddress("27, 3rd Cross, HAL 2nd Stage", null, "Bengaluru", "Bengaluru Urban", "Karnataka", "560038", "India"), contact.Address);
        Assert.Equal(new EmergencyContact("Ramesh Choudhary", "Husband", "+919845011828"), contact.EmergencyContact);
        Assert.Equal(new Guardian("Savita Choudhary", "Mother", "+919845011829"), contact.Guardian);
        var terms = await clinic.BehindAsync(db => db.PatientNameTerms.SingleAsync(t => t.PatientId == draft.Id, Cancellation));
        Assert.Equal(PatientNameIndex.TermsOf("Laxmi Choudhary").Order(StringComparer.Ordinal), terms.Terms.Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal(
            [("Eggs", (string?)null, (AllergySeverity?)null, (Guid?)devi.Id), ("Penicillin", "Rash", AllergySeverity.Severe, devi.Id)],
            (await clinic.BehindAsync(db => db.Allergies.OrderBy(a => a.Substance).ToListAsync(Cancellation))).Select(a => (a.Substance, a.Reaction, a.Severity, a.RecordedBy)));
    }

    [Fact]
    public async Task is_found_at_once_in_another_spelling_and_by_telephone()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var draft = Drafts.Of();
        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        Assert.Equal([draft.Id], (await acting.Get<IPatients>().FindAsync("Lakshmi Chaudhuri", Cancellation)).Value().Select(h => h.Id));
        Assert.Equal([draft.Id], (await acting.Get<IPatients>().FindAsync("098450 11827", Cancellation)).Value().Select(h => h.Id));
    }

    [Fact]
    public async Task is_in_the_trail_with_the_names_of_the_fields_and_none_of_their_values()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(devi);
        var draft = Drafts.Full();

        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        var entry = await clinic.OnlyEventOfAsync(devi, "patient.register", draft.Id);
        Assert.Equal('C', entry.Action);
        Assert.Superset(new HashSet<string> { "full_name", "birth_date", "mobile", "abha_number", "guardian_name", "allergies", "consent" }, entry.Fields!.ToHashSet());
        Assert.NotNull(entry.NewValues);

        // Long enough that no id or hash of the trail has it by chance.
        foreach (var text in new[] { "Choudhary", "9845011827", "98450 11827", "91707072027023", Drafts.Abha, "560038", "Penicillin" })
        {
            await clinic.AssertNowhereInTheTrailAsync(text);
        }

        var owed = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("patient.changed", draft.Id), (owed.Kind, owed.PatientId));
    }

    [Fact]
    public async Task writes_the_consent_to_the_notice_that_was_given()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var draft = Drafts.Full();
        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        var record = (await acting.Get<IRegistration>().OpenAsync(draft.Id, Cancellation)).Value();

        Assert.Equal((new DateOnly(2026, 11, 5), "1", ConsentHow.Spoken), (record.ConsentOn, record.NoticeVersion, record.Draft.ConsentHow));
    }

    [Theory]
    [InlineData("1980", null, "1980-07-01")]
    [InlineData(null, "46", "1980-07-01")]
    [InlineData(null, "18 m", "2025-04-15")]
    public async Task without_a_birthday_keeps_an_estimate_that_says_so(string? year, string? age, string day)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var draft = Drafts.Of(born: year ?? "");
        draft[PatientField.Age] = age ?? "";

        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        var row = await clinic.RowAsync<Patient>(draft.Id);
        Assert.Equal((DateOnly.Parse(day, null), true), (row.DateOfBirth, row.DateOfBirthEstimated));
    }

    [Fact]
    public async Task of_a_single_name_gives_nobody_a_family_name()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var draft = Drafts.Of("Zubeida");

        Assert.Equal("Zubeida", (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value().Name.Listed);
        var row = await clinic.RowAsync<Patient>(draft.Id);
        Assert.Equal(("Zubeida", "-"), (row.FirstName, row.LastName));
    }

    [Fact]
    public async Task that_cannot_be_read_is_refused_with_the_field_and_writes_nothing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(devi);
        var draft = Drafts.Of(mobile: "98450");

        var refused = await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation);

        Assert.Equal((RefusalKind.Invalid, nameof(PatientField.Mobile)), (refused.Refusal!.Kind, refused.Refusal.Field));
        await clinic.AssertNothingHappenedAsync(devi);
    }

    [Fact]
    public async Task sent_twice_at_once_registers_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        var draft = Drafts.Full();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var acting = clinic.As(devi);
            return (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();
        }));

        Assert.Single(answers.Select(a => a.Mrn).Distinct());
        Assert.Equal(1, await clinic.BehindAsync(db => db.Patients.CountAsync(Cancellation)));
        Assert.Equal(2, await clinic.BehindAsync(db => db.Allergies.CountAsync(Cancellation)));
        Assert.Single(await clinic.TrailOfAsync(devi), e => e is { Event: "patient.register", Outcome: "done" });
    }

    [Fact]
    public async Task by_32_people_at_once_gives_32_numbers()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            await using var acting = clinic.As(devi);
            var draft = Drafts.Of($"{Names[i % 8]}{Names[i / 8 % 8].ToLowerInvariant()} {Names[(i + 3) % 8]}a", born: $"{1 + (i % 28)}-Mar-{1940 + i}", mobile: $"98450 1{i:0000}");
            return (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value().Mrn;
        }));

        Assert.Equal(32, numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.All(numbers, number => Assert.True(Mrn.TryParse(number, out _)));
    }

    [Fact]
    public async Task by_a_doctor_puts_the_doctor_on_the_care_team_and_nobody_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(asha);
        var draft = Drafts.Full();

        (await acting.Get<IRegistration>().RegisterAsync(draft, Cancellation)).Value();

        Assert.True((await acting.Get<IPatients>().OpenAsync(draft.Id, Cancellation)).Value().InCare);
        Assert.Equal("Laxmi Choudhary", (await acting.Get<IRegistration>().OpenAsync(draft.Id, Cancellation)).Value().Draft[PatientField.FullName]);
        var member = await clinic.BehindAsync(db => db.CareTeam.AsNoTracking().SingleAsync(Cancellation));
        Assert.Equal((asha.Id, CareReason.Registration, null), (member.UserId, member.Reason, member.Until));
        await using var outside = clinic.As(basu);
        Assert.False((await outside.Get<IPatients>().OpenAsync(draft.Id, Cancellation)).Value().InCare);
        (await outside.Get<IRegistration>().OpenAsync(draft.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task at_the_desk_puts_nobody_on_the_care_team()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());

        (await acting.Get<IRegistration>().RegisterAsync(Drafts.Of(), Cancellation)).Value();

        Assert.Equal(0, await clinic.BehindAsync(db => db.CareTeam.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task of_somebody_very_likely_here_is_refused_until_they_are_told_apart_with_a_reason()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var devi = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(devi);
        var door = acting.Get<IRegistration>();
        var first = Drafts.Of();
        (await door.RegisterAsync(first, Cancellation)).Value();
        var second = Drafts.Of("Lakshmi Chaudhuri");

        var refused = await door.RegisterAsync(second, Cancellation);
        Assert.Equal([first.Id], Assert.IsType<DuplicatesFound>(refused.Refusal).Hits.Select(h => h.Id));
        (await clinic.TrailOfAsync(devi))[^1].AssertShown(first.Id);

        second.ToldApart.Add(first.Id);
        Assert.Equal(nameof(PatientField.ToldApart), (await door.RegisterAsync(second, Cancellation)).Refusal?.Field);

        second.ToldApartReason = "Cousin of the same name";
        (await door.RegisterAsync(second, Cancellation)).Value();
        var row = await clinic.RowAsync<Patient>(second.Id);
        Assert.Equal([first.Id], row.ToldApartFrom);
        Assert.Equal("Cousin of the same name", row.ToldApartReason);
        Assert.Equal("Cousin of the same name", (await clinic.TrailOfAsync(devi))[^1].Reason);
    }

    [Fact]
    public async Task with_the_abha_number_of_another_record_shows_that_record_to_a_stranger_too()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        var first = Drafts.Full();
        (await desk.Get<IRegistration>().RegisterAsync(first, Cancellation)).Value();
        await using var asha = clinic.As(await clinic.Given.DoctorAsync());
        var second = Drafts.Of("Ravi Rao", born: "1-Jan-1950", mobile: "90000 12345", sex: "male");
        second[PatientField.AbhaNumber] = Drafts.Abha;
        second.ToldApart.Add(first.Id);
        second.ToldApartReason = "Another person";

        var refused = Assert.IsType<AbhaInUse>((await asha.Get<IRegistration>().RegisterAsync(second, Cancellation)).Refusal);

        Assert.Equal((first.Id, nameof(PatientField.AbhaNumber)), (refused.By.Id, refused.Field));
        Assert.Contains("CHOUDHARY, Laxmi", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await clinic.BehindAsync(db => db.Patients.CountAsync(Cancellation)));
    }

    private static readonly string[] Names = ["Asha", "Bina", "Chitra", "Deepa", "Gita", "Hema", "Ila", "Jaya"];

    private static DuplicateQuestion Question(string name) => new(name, null, false, null, null, null);
}
