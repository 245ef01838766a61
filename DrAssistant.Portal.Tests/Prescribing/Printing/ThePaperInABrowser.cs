using System.Net;
using DrAssistant.Data;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>The PDF as a browser gets it, and the page for whoever holds a print.</summary>
public sealed class ThePaperInABrowser(ClinicDatabase databases)
{
    private string _form = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_shown_in_place_kept_in_no_cache_and_there_for_the_care_team_alone()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (prescription, _) = await SignedAsync(portal);
        await portal.PersonAsync("basu.dev", StaffRole.Doctor, "Basu Dev");
        await portal.PersonAsync("devi.nair", StaffRole.Receptionist, "Devi Nair");
        using var stranger = portal.Browse();
        using var meera = await portal.SignedInAsync();
        using var basu = await portal.SignedInAsync("basu.dev");
        using var desk = await portal.SignedInAsync("devi.nair");

        using var pdf = await meera.GetAsync($"/prescriptions/{prescription}/pdf?size=a5");
        using var large = await meera.GetAsync($"/prescriptions/{prescription}/pdf?size=A4");
        using var odd = await meera.GetAsync($"/prescriptions/{prescription}/pdf?size=letter");
        using var notTheirs = await basu.GetAsync($"/prescriptions/{prescription}/pdf");
        using var refused = await desk.GetAsync($"/prescriptions/{prescription}/pdf");
        using var nobody = await stranger.GetAsync($"/prescriptions/{prescription}/pdf");

        Assert.Equal((HttpStatusCode.OK, "application/pdf", "no-store"), (pdf.StatusCode, pdf.Content.Headers.ContentType?.MediaType, pdf.Headers.CacheControl?.ToString()));
        Assert.StartsWith("inline; filename=\"", pdf.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", Assert.Single(pdf.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("nosniff", Assert.Single(pdf.Headers.GetValues("X-Content-Type-Options")), StringComparison.Ordinal);
        Assert.Contains("PAWAR, Sunita", Sheets.Words(await pdf.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Contains("Page 1 of 1", Sheets.Words(await large.Content.ReadAsByteArrayAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Redirect),
            (odd.StatusCode, notTheirs.StatusCode, nobody.StatusCode));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task is_checked_by_a_stranger_who_learns_the_signature_and_nothing_of_patient_and_medicine()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (_, code) = await SignedAsync(portal);
        using var stranger = portal.Browse();

        var page = await stranger.ReadAsync($"/verify/{code}");
        using var typed = await stranger.GetAsync($"/verify?code={code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}");
        var wrong = await stranger.ReadAsync("/verify/7K3M-92QD-HX4U");
        var empty = await stranger.ReadAsync("/verify");

        Assert.All(["Genuine and unchanged", "Dr. Meera Iyer", "KMC 12345", code], said => Assert.Contains(said, page, StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)sunita|pawar|1980|paracetamol|SP \\(initials", page);
        Assert.DoesNotMatch("<script(?![^>]* src=)| on[a-z]+=\"", page);
        Assert.Equal((HttpStatusCode.Redirect, $"/verify/{code}"), (typed.StatusCode, typed.Headers.Location is { IsAbsoluteUri: true } there ? there.AbsolutePath : typed.Headers.Location?.OriginalString));
        Assert.Contains("has printed no prescription with this code", wrong, StringComparison.Ordinal);
        Assert.Contains("Code on the prescription", empty, StringComparison.Ordinal);
        Assert.Equal(0, portal.Circuits.Opened);
    }

    [Fact]
    public async Task gives_the_initials_for_the_year_of_birth_and_lets_nobody_try_them_all()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (_, code) = await SignedAsync(portal);
        using var stranger = portal.Browse();

        using var wrong = await AskAsync(stranger, code, "1981");
        using var right = await AskAsync(stranger, code, "1980");

        Assert.Contains("not the year of birth on record", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var page = await right.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("SP (initials)", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)sunita|pawar", page);
        Assert.Equal(2, await portal.AskAsync<long>("SELECT count(*) FROM audit_events WHERE event = 'prescription.initials'"));

        var answers = new List<HttpStatusCode>();
        for (var year = 1900; year < 1900 + SignInLimit.YearsAnHour; year++)
        {
            using var answer = await AskAsync(stranger, code, $"{year}", ask: year == 1900);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task is_asked_about_at_most_so_often_a_minute_from_one_address()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var stranger = portal.Browse();

        var answers = new List<HttpStatusCode>();
        for (var ask = 0; ask <= SignInLimit.TriesAMinute * 2; ask++)
        {
            using var answer = await stranger.GetAsync("/verify/0000-0000-0000");
            answers.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.OK, answers[0]);
    }

    private async Task<HttpResponseMessage> AskAsync(PlainBrowser browser, string code, string year, bool ask = true)
    {
        if (ask)
        {
            _form = await browser.ReadAsync($"/verify/{code}");
        }

        return await browser.PostAsync($"/verify/{code}", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "year",
            ["__RequestVerificationToken"] = PlainBrowser.TokenIn(_form),
            ["Form.BirthYear"] = year,
        }));
    }

    /// <summary>A signed prescription of Dr. Meera Iyer's for Sunita Pawar, born in 1980, and the code of its paper.</summary>
    private static async Task<(Guid Id, string Code)> SignedAsync(PortalUnderTest portal)
    {
        var doctor = await portal.PersonAsync("meera.iyer", StaffRole.Doctor, "Dr. Meera Iyer");
        await using var system = SystemScope.Create(portal.Services.GetRequiredService<IServiceScopeFactory>());
        await using var db = await system.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        var patient = new Patient { Id = Guid.CreateVersion7(), FirstName = "Sunita", LastName = "Pawar", DateOfBirth = new DateOnly(1980, 1, 1), Gender = Gender.Female, Mrn = "SC26-000001-1" };
        var visit = new Encounter { Id = Guid.CreateVersion7(), DoctorId = doctor, PatientId = patient.Id, EncounterType = EncounterType.OfficeVisit, StartTime = now };
        var prescription = new Prescription { Id = Guid.CreateVersion7(), EncounterId = visit.Id, PatientId = patient.Id, DoctorId = doctor, ValidFrom = DateOnly.FromDateTime(now.UtcDateTime) };
        prescription.Items.Add(new PrescriptionItem
        {
            Id = Guid.CreateVersion7(), PrescriptionId = prescription.Id, PatientId = patient.Id, MedicationName = "Paracetamol", Dosage = "1 tablet", Frequency = "1-0-1", Quantity = "10 tablets",
        });
        Assert.Null(prescription.Sign(new Signer(doctor, "Dr. Meera Iyer", "MD", "KMC 12345", "Karnataka Medical Council", now), null, system.ServiceProvider.GetRequiredService<PrescriptionSeal>().Seal));
        db.AddRange(patient, visit);
        await db.SaveChangesAsync(Cancellation);
        db.Add(prescription);
        await db.SaveChangesAsync(Cancellation);
        return (prescription.Id, PaperCode.Of(prescription.Signature)!);
    }
}
