using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class FindingAPatient(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_those_who_work_with_patients()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Given.PatientAsync();
        var admin = await clinic.Given.AdminAsync();
        await using var refused = clinic.As(admin);
        await using var nobody = clinic.AsNobody();

        (await refused.Get<IPatients>().FindAsync("Meera", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IPatients>().FindAsync("Meera", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(admin);
    }

    [Fact]
    public async Task begins_with_who_is_still_to_come_today_a_doctors_own_and_everybodys_for_the_desk()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, arun) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync());
        Guid[] patients = [.. await Task.WhenAll(new[] { "Late", "Early", "Gone", "Tomorrow", "His" }.Select(name => clinic.Given.PatientAsync(name, "Rao")))];
        await clinic.Given.AppointmentAsync(asha, patients[0], "16:00");
        await clinic.Given.AppointmentAsync(asha, patients[1], "09:00", AppointmentStatus.CheckedIn, checkedIn: "08:50");
        await clinic.Given.AppointmentAsync(asha, patients[2], "08:00", AppointmentStatus.Completed, checkedIn: "07:50");
        await clinic.Given.AppointmentAsync(asha, patients[3], "09:00", daysAhead: 1);
        await clinic.Given.AppointmentAsync(arun, patients[4], "10:00", AppointmentStatus.Confirmed);
        await using var doctor = clinic.As(asha);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        await using var admin = clinic.As(await clinic.Given.AdminAsync());

        Assert.Equal(["Early Rao", "Late Rao"], (await doctor.Get<IPatients>().ComingAsync(Cancellation)).Value().Select(h => h.Name.Spoken));
        Assert.Equal(["Early Rao", "His Rao", "Late Rao"], (await desk.Get<IPatients>().ComingAsync(Cancellation)).Value().Select(h => h.Name.Spoken));
        (await admin.Get<IPatients>().ComingAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task by_a_name_takes_any_part_any_order_any_spelling_and_any_script()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var (first, last) in new[]
        {
            ("Lakshmi", "Subramanian"), ("Mohammed", "Shaikh"), ("K. S.", "Krishnan"), ("Balamurugan", "-"), ("Bala Murugan", "Pillai"),
            ("Zubeida", "-"), ("Brendan", "D'Souza"), ("राम", "शर्मा"), ("Sunita", "Pawar"), ("Sunil", "Power"), ("O_100%", "Test\\er"),
        })
        {
            await clinic.Given.PatientAsync(first, last);
        }

        await clinic.Given.PatientAsync("Lakshmi", "Merged", with: p => p.Status = PatientStatus.Merged);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());

        foreach (var (asked, first) in new[]
        {
            ("Lakshmi Subramanian", "Lakshmi"), ("subramanian lakshmi", "Lakshmi"), ("laks", "Lakshmi"), ("sub lak", "Lakshmi"),
            ("Laxmi", "Lakshmi"), ("Lakhsmi", "Lakshmi"), ("लक्ष्मी", "Lakshmi"), ("लक्ष्मी सुब्रमण्यम", "Lakshmi"), ("Luxmi Subramaniam", "Lakshmi"),
            ("Mohd Sheikh", "Mohammed"), ("md sk", "Mohammed"), ("K S Krishnan", "K. S."), ("KS Krishnan", "K. S."), ("Krishnan K.S.", "K. S."),
            ("Bala Murugan Pillai", "Bala Murugan"), ("ram sharma", "राम"), ("SHARMA", "राम"), ("dsouza", "Brendan"), ("D Souza", "Brendan"),
            ("Dr Sunita Pawar", "Sunita"), ("Zubaida", "Zubeida"), ("  Zubeida  ", "Zubeida"), ("O_1", "O_100%"),
        })
        {
            var hits = (await desk.Get<IPatients>().FindAsync(asked, Cancellation)).Value();
            Assert.True(hits.Count > 0, $"'{asked}' finds nobody.");
            Assert.StartsWith(first, hits[0].Name.Spoken, StringComparison.Ordinal);
        }

        var oneWordOrTwo = (await desk.Get<IPatients>().FindAsync("Bala Murugan", Cancellation)).Value();
        Assert.Equal(["Bala Murugan Pillai", "Balamurugan"], oneWordOrTwo.Select(h => h.Name.Spoken).Order());
        Assert.Equal(["Sunita Pawar", "Sunil Power"], (await desk.Get<IPatients>().FindAsync("sun pawar", Cancellation)).Value().Select(h => h.Name.Spoken));
        Assert.DoesNotContain((await desk.Get<IPatients>().FindAsync("Lakshmi", Cancellation)).Value(), h => h.Name.Spoken.Contains("Merged", StringComparison.Ordinal));
        Assert.Empty((await desk.Get<IPatients>().FindAsync("Nobody Atall", Cancellation)).Value());
        Assert.Empty((await desk.Get<IPatients>().FindAsync("Sunita Krishnan", Cancellation)).Value());
    }

    [Fact]
    public async Task by_number_takes_the_practices_the_importers_and_the_telephones()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var mrn = Mrn.Issue("SC", 2026, 5120);
        var meera = await clinic.Given.PatientAsync(contact: new PatientContact { Phone = "+919845012345" }, with: p => p.Mrn = mrn.Text);
        var ravi = await clinic.Given.PatientAsync("Ravi", contact: new PatientContact { Phone = "+919900002345" }, with: p => p.Mrn = "OLD-77a");
        var john = await clinic.Given.PatientAsync("John", contact: new PatientContact { Phone = "+441632960123" });
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());

        foreach (var (asked, found) in new (string, Guid[])[]
        {
            (mrn.Text, [meera]), (mrn.Text.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), [meera]), ("OLD-77a", [ravi]),
            ("9845012345", [meera]), ("098450 12345", [meera]), ("+91 98450-12345", [meera]), ("0091 98450 12345", [meera]), ("919845012345", [meera]),
            ("2345", [meera, ravi]), ("+44 1632 960123", [john]), ("0123", [john]), ("9845012346", []), ("99", []),
            ("12345", [meera]), ("02345", [ravi]), ("45012345", [meera]), ("99902345", []), ("00000", []),
            ("5120", [meera]), ("005120", [meera]), ("51", [meera]), ("SC26-0051", [meera]), ("sc26", [meera]), ("512", [meera]), ("OLD-77A", []),
        })
        {
            var hits = (await desk.Get<IPatients>().FindAsync(asked, Cancellation)).Value();
            Assert.Equal(found.Order(), hits.Select(h => h.Id).Order());
        }
    }

    [Fact]
    public async Task by_telephone_finds_a_doctor_only_the_patients_in_their_care_and_by_name_everybody()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync(contact: new PatientContact { Phone = "+919845012345" });
        var other = await clinic.Given.PatientAsync("Meera", "Rao", contact: new PatientContact { Phone = "+919900002345" });
        await clinic.Given.CareAsync(asha, meera);
        await using var acting = clinic.As(asha);

        Assert.Equal([meera], (await acting.Get<IPatients>().FindAsync("2345", Cancellation)).Value().Select(h => h.Id));
        var byName = (await acting.Get<IPatients>().FindAsync("Meera", Cancellation)).Value();
        Assert.Equal([(meera, true), (other, false)], byName.Select(h => (h.Id, h.InCare)));
    }

    [Fact]
    public async Task without_a_question_gives_the_latest_seen_then_the_newest()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var patients = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            patients.Add(await clinic.Given.PatientAsync($"P{i}"));
        }

        await clinic.Given.AppointmentAsync(asha, patients[0], "09:00", AppointmentStatus.Completed);
        await clinic.Given.AppointmentAsync(asha, patients[1], "10:00", AppointmentStatus.InProgress);
        await clinic.Given.AppointmentAsync(asha, patients[2], "10:30", AppointmentStatus.NoShow);
        await clinic.Given.AppointmentAsync(asha, patients[3], "16:00");
        var desk = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(desk);

        var hits = (await acting.Get<IPatients>().FindAsync(" ", Cancellation)).Value();

        Assert.Equal([patients[1], patients[0], patients[3], patients[2]], hits.Select(h => h.Id));
        (await clinic.OnlyEventOfAsync(desk, "patient.search")).AssertShown([.. patients]);
    }

    [Fact]
    public async Task never_shows_more_than_a_screenful()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        for (var i = 0; i < PatientSearchQuery.MostHits + 5; i++)
        {
            await clinic.Given.PatientAsync();
        }

        var desk = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(desk);

        Assert.Equal(PatientSearchQuery.MostHits, (await acting.Get<IPatients>().FindAsync("Meera", Cancellation)).Value().Count);
        Assert.Equal(PatientSearchQuery.MostHits, (await clinic.OnlyEventOfAsync(desk, "patient.search")).PatientIds!.Count);
    }

    [Fact]
    public async Task is_not_upset_by_anything_that_can_be_typed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Given.PatientAsync("Per%cent", "Under_score");
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());

        foreach (var typed in new[]
        {
            "%", "_", "\\", "'", "\"", "';--", "%%%%", "$1", "{0}", "\0", "Mee\0ra", "\t\r\n", new string('a', 10_000), new string('%', 10_000),
            new string('9', 10_000), "\u202Eareem", "مريم", "👩‍⚕️", string.Concat(Enumerable.Repeat("👩‍⚕️", 400)), "a\uD83D", "\uDC00", new string('a', 99) + "😀",
            "e\u0301\u0301\u0301", "ﷺ", "1", "12", "+", "----", "()", "0000", "SC26-005120-3", "क्", "\u200D\u200D", string.Join(' ', Enumerable.Repeat("ab", 60)),
        })
        {
            var hits = await desk.Get<IPatients>().FindAsync(typed, Cancellation);
            Assert.True(hits.Succeeded, $"'{typed}' was refused.");
        }

        // A sign of per cent is a sign of per cent, not everybody.
        Assert.Empty((await desk.Get<IPatients>().FindAsync("%", Cancellation)).Value());
        Assert.Single((await desk.Get<IPatients>().FindAsync("Per%cent", Cancellation)).Value());
    }

    [Fact]
    public async Task is_in_the_trail_with_who_was_shown_and_never_with_what_was_asked_in_clear()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (meera, _) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi", "Rao"));
        var desk = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(desk);

        var hit = Assert.Single((await acting.Get<IPatients>().FindAsync("Meera", Cancellation)).Value());

        Assert.Equal((meera, "NAIR, Meera", 46, Gender.Female, false), (hit.Id, hit.Name.Listed, hit.Age.Years, hit.Gender, hit.InCare));
        var entry = await clinic.OnlyEventOfAsync(desk, "patient.search");
        entry.AssertShown(meera);
        Assert.Equal((StaffText(desk), "192.0.2.7", "A browser"), (entry.ActorRole, entry.IpAddress?.ToString(), entry.UserAgent));
        Assert.NotNull(entry.SessionId);
        Assert.Equal(["question"], entry.Fields);
        Assert.NotNull(entry.NewValues);
        await clinic.AssertNowhereInTheTrailAsync("Meera");
    }

    private static string StaffText(ClinicPerson person) => EnumText.Of(person.Role);
}
