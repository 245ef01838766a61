using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>The addresses by which documents come in and are looked at, as a browser asks them.</summary>
public sealed class DocumentsOverTheWire(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_in_and_comes_back_whole_and_in_ranges_with_nothing_of_its_name()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var meera = await DoctorAsync(portal);
        var patient = await PatientAsync(portal);
        var file = Files.Pdf("Over the wire");

        var id = await UploadAsync(portal, meera, patient, file, "../../<script>.html");

        using var whole = await meera.GetAsync($"/documents/{id}/content");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (whole.StatusCode, whole.Content.Headers.ContentType?.MediaType));
        Assert.Equal(file, await whole.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("inline; filename=report-2026-10-30.pdf", whole.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal(("no-store", "nosniff", "SAMEORIGIN"), (whole.Headers.CacheControl?.ToString(), Header(whole, "X-Content-Type-Options"), Header(whole, "X-Frame-Options")));
        Assert.StartsWith("default-src 'none';", Header(whole, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", Header(whole, "Content-Security-Policy"), StringComparison.Ordinal);

        using var range = await meera.GetAsync($"/documents/{id}/content", ("Range", "bytes=5-12"));
        Assert.Equal(HttpStatusCode.PartialContent, range.StatusCode);
        Assert.Equal(file[5..13], await range.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal($"bytes 5-12/{file.Length}", range.Content.Headers.ContentRange?.ToString());
        using var beyond = await meera.GetAsync($"/documents/{id}/content", ("Range", $"bytes={file.Length}-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);

        using var kept = await meera.GetAsync($"/documents/{id}/content?download=true");
        Assert.StartsWith("attachment;", kept.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.Equal(1L, await portal.AskAsync<long>("SELECT count(*) FROM audit_events WHERE event = 'document.view'"));
        Assert.Equal(1L, await portal.AskAsync<long>("SELECT count(*) FROM audit_events WHERE event = 'document.download'"));
    }

    [Fact]
    public async Task What_no_page_shows_is_an_attachment()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var meera = await DoctorAsync(portal);
        var patient = await PatientAsync(portal);

        foreach (var (file, type) in new[] { (Files.Tiff((10, 10)), "image/tiff"), (Files.Dicom(), "application/dicom") })
        {
            using var answer = await meera.GetAsync($"/documents/{await UploadAsync(portal, meera, patient, file, "Scan")}/content");

            Assert.Equal((type, "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        }
    }

    [Fact]
    public async Task Whoever_may_not_is_refused_and_a_request_that_no_page_of_the_portal_made_too()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var meera = await DoctorAsync(portal);
        var patient = await PatientAsync(portal);
        var id = await UploadAsync(portal, meera, patient, Files.Png(), "Wound");
        await portal.PersonAsync("devi", StaffRole.Receptionist, "Devi Nair");
        await portal.PersonAsync("basu", StaffRole.Doctor, "Basu Dev");
        using var desk = await portal.SignedInAsync("devi");
        using var basu = await portal.SignedInAsync("basu");

        foreach (var path in new[] { $"/documents/{id}/content", $"/documents/{id}/thumbnail" })
        {
            using var ofDesk = await desk.GetAsync(path);
            using var ofBasu = await basu.GetAsync(path);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (ofDesk.StatusCode, ofBasu.StatusCode));
        }

        using var forged = await meera.PostAsync("/documents/uploads", JsonContent.Create(Begin(patient, Files.Jpeg(), "Forged")), ("Accept", "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(1L, await portal.AskAsync<long>("SELECT count(*) FROM patient_documents"));
        using var nowhere = await SendAsync(portal, basu, HttpMethod.Post, "", JsonContent.Create(Begin(patient, Files.Jpeg(), "Not mine")));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        using var closed = await SendAsync(portal, desk, HttpMethod.Post, "", JsonContent.Create(Begin(patient, Files.Jpeg(), "Not mine")));
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    [Fact]
    public async Task A_part_that_is_too_large_or_is_not_what_it_says_is_refused_in_words()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var meera = await DoctorAsync(portal);
        var file = Files.Png();
        using var begun = await SendAsync(portal, meera, HttpMethod.Post, "", JsonContent.Create(Begin(await PatientAsync(portal), file, "Wound")));
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetGuid();

        using var large = await SendAsync(portal, meera, HttpMethod.Put, $"/{id}/parts/0", new ByteArrayContent(new byte[1_048_577]));
        using var other = await SendAsync(portal, meera, HttpMethod.Put, $"/{id}/parts/0", new ByteArrayContent(file), ("X-Part-Sha256", Files.Hash("other"u8)));
        using var early = await SendAsync(portal, meera, HttpMethod.Post, $"/{id}/finish", null);
        using var nonsense = await SendAsync(portal, meera, HttpMethod.Post, "", JsonContent.Create(new { patientId = Guid.Empty, category = "poem", title = "x", date = "2026-10-30", length = 1, sha256 = "x" }));

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict, HttpStatusCode.BadRequest),
            (large.StatusCode, other.StatusCode, early.StatusCode, nonsense.StatusCode));
        Assert.Equal("A part did not arrive as it was sent.", (await other.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("message").GetString());
        using var state = await meera.GetAsync($"/documents/uploads/{id}");
        Assert.Equal(0, (await state.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("there").GetArrayLength());
        using var gone = await SendAsync(portal, meera, HttpMethod.Delete, $"/{id}", null);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    private static async Task<PlainBrowser> DoctorAsync(PortalUnderTest portal)
    {
        await portal.PersonAsync();
        return await portal.SignedInAsync();
    }

    /// <summary>A patient in the care of the doctor who is there first.</summary>
    private static async Task<Guid> PatientAsync(PortalUnderTest portal) => await portal.AskAsync<Guid>("""
        WITH p AS (INSERT INTO patients (id, first_name, last_name, date_of_birth, gender) VALUES (gen_random_uuid(), 'Sunita', 'Pawar', '1988-03-01', 'female') RETURNING id),
            c AS (INSERT INTO care_team (id, patient_id, user_id, reason) SELECT gen_random_uuid(), p.id, u.id, 'colleague' FROM p, users u WHERE u.username = 'meera.iyer')
        SELECT id FROM p
        """);

    private static object Begin(Guid patient, byte[] file, string title)
        => new { patientId = patient, category = "report", title, date = "2026-10-30", length = file.Length, sha256 = Files.Hash(file) };

    private static async Task<Guid> UploadAsync(PortalUnderTest portal, PlainBrowser browser, Guid patient, byte[] file, string title)
    {
        using var begun = await SendAsync(portal, browser, HttpMethod.Post, "", JsonContent.Create(Begin(patient, file, title)));
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetGuid();
        using var part = await SendAsync(portal, browser, HttpMethod.Put, $"/{id}/parts/0", new ByteArrayContent(file), ("X-Part-Sha256", Files.Hash(file)));
        Assert.Equal(HttpStatusCode.OK, part.StatusCode);
        using var finished = await SendAsync(portal, browser, HttpMethod.Post, $"/{id}/finish", null);
        Assert.Equal(HttpStatusCode.OK, finished.StatusCode);
        return id;
    }

    private static async Task<HttpResponseMessage> SendAsync(PortalUnderTest portal, PlainBrowser browser, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
        => await browser.AskAsync(
            method, $"/documents/uploads{path}", content, [("Accept", "application/json"), ("RequestVerificationToken", await TokenAsync(portal, browser)), .. headers]);

    private static async Task<string> TokenAsync(PortalUnderTest portal, PlainBrowser browser)
    {
        // The first page brings the cookie that a token belongs to.
        if (browser.Cookie("__Host-antiforgery") is null)
        {
            await browser.ReadAsync("/");
        }

        return await portal.TokenOfAsync(browser);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
