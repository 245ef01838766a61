using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>The addresses that a browser's script sends to and plays from.</summary>
public sealed class SendingByTheBrowser(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task takes_parts_and_the_end_says_what_is_here_and_plays_it()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases, settings: new Dictionary<string, string> { ["Transcription:Local:Enabled"] = "false" });
        var id = await RecordingAsync(portal);
        using var meera = await portal.SignedInAsync();
        var token = await portal.TokenOfAsync(meera);
        byte[] sound = VoiceClinic.Sound(2_500_000);
        var pieces = sound.Chunk(RecordingPart.MostBytes).ToList();

        Assert.Equal(HttpStatusCode.OK, await PutAsync(meera, id, 0, pieces[0], token));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(meera, id, 2, pieces[2], token));
        using (var progress = JsonDocument.Parse(await meera.ReadAsync($"/recordings/{id}/progress")))
        {
            Assert.Equal((1, 2, "recording"), (progress.RootElement.GetProperty("next").GetInt32(), progress.RootElement.GetProperty("beyond")[0].GetInt32(), progress.RootElement.GetProperty("status").GetString()));
        }

        Assert.Equal(HttpStatusCode.OK, await PutAsync(meera, id, 1, pieces[1], token));
        Assert.Equal(HttpStatusCode.OK, await FinishAsync(meera, id, """{"parts":3,"seconds":61.5}""", token));
        await PlayableAsync(portal, id);

        using var whole = await meera.GetAsync($"/recordings/{id}/sound");
        Assert.Equal((HttpStatusCode.OK, "audio/webm", "no-store"), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType, whole.Headers.CacheControl!.ToString()));
        Assert.Equal(sound, await whole.Content.ReadAsByteArrayAsync(Cancellation));
        foreach (var (asked, from, to) in new[] { ("bytes=0-", 0, 2_500_000), ("bytes=100-199", 100, 200), ("bytes=1500000-2400000", 1_500_000, 2_400_001), ("bytes=-500", 2_499_500, 2_500_000), ("bytes=2499999-9999999", 2_499_999, 2_500_000) })
        {
            using var part = await meera.GetAsync($"/recordings/{id}/sound", ("Range", asked));
            Assert.Equal((HttpStatusCode.PartialContent, $"bytes {from}-{to - 1}/2500000"), (part.StatusCode, part.Content.Headers.ContentRange!.ToString()));
            Assert.Equal(sound[from..to], await part.Content.ReadAsByteArrayAsync(Cancellation));
        }

        using var beyond = await meera.GetAsync($"/recordings/{id}/sound", ("Range", "bytes=2500000-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        using var odd = await meera.GetAsync($"/recordings/{id}/sound", ("Range", "bytes=0-1,5-6"));
        Assert.Equal(HttpStatusCode.OK, odd.StatusCode);
    }

    [Fact]
    public async Task says_no_to_what_is_wrong_in_a_way_that_the_script_understands()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases, settings: new Dictionary<string, string> { ["Transcription:Local:Enabled"] = "false" });
        var id = await RecordingAsync(portal);
        using var meera = await portal.SignedInAsync();
        var token = await portal.TokenOfAsync(meera);
        await portal.PersonAsync("devi.nair", StaffRole.Receptionist, "Devi Nair");
        await portal.PersonAsync("basu.dev", StaffRole.Doctor, "Basu Dev");
        using var devi = await portal.SignedInAsync("devi.nair");
        using var basu = await portal.SignedInAsync("basu.dev");
        using var stranger = portal.Browse();

        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(meera, id, 0, [1, 2], "no token of ours"));
        Assert.Equal(HttpStatusCode.BadRequest, await FinishAsync(meera, id, """{"parts":1,"seconds":1}""", ""));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(meera, id, 0, [1, 2], token, checksum: new string('0', 64))); // damaged: it is sent again
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(meera, id, 0, new byte[RecordingPart.MostBytes + 1], token));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PutAsync(meera, id, 0, [], token));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(meera, Guid.CreateVersion7(), 0, [1], token));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(meera, id, 0, [1], token));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(meera, id, 0, [2], token));
        foreach (var body in new[] { "", "{}", "[]", "null", """{"parts":"one"}""", """{"parts":1}""", "{\"parts\":" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await FinishAsync(meera, id, body, token));
        }

        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(basu, id, 1, [1], await portal.TokenOfAsync(basu)));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(devi, id, 1, [1], await portal.TokenOfAsync(devi)));
        using var listening = await devi.GetAsync($"/recordings/{id}/sound");
        using var early = await meera.GetAsync($"/recordings/{id}/sound");
        using var nobody = await stranger.GetAsync($"/recordings/{id}/sound");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Conflict, HttpStatusCode.Redirect), (listening.StatusCode, early.StatusCode, nobody.StatusCode));
    }

    /// <summary>Begun by Meera Iyer, as her page does it.</summary>
    private static async Task<Guid> RecordingAsync(PortalUnderTest portal)
    {
        var doctor = await portal.PersonAsync();
        var (patient, visit, consent, id) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await portal.AskAsync<object>("INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender) VALUES ($1, 'SC-1', 'Ravi', 'Kumar', '1980-01-01', 'male')", patient);
        await portal.AskAsync<object>("INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time, status) VALUES ($1, $2, $3, 'office_visit', now(), 'in_progress')", visit, doctor, patient);
        await portal.AskAsync<object>("INSERT INTO consents (id, patient_id, encounter_id, purpose, notice_version, given_at, given_how, recorded_by) VALUES ($1, $2, $3, 'voice_recording', '1', now(), 'spoken', $4)", consent, patient, visit, doctor);
        await portal.AskAsync<object>(
            "INSERT INTO recordings (id, patient_id, encounter_id, doctor_id, recorded_by, consent_id, mime_type, expires_at, retention_reason) VALUES ($1, $2, $3, $4, $4, $5, 'audio/webm', now() + interval '90 days', 'a test')",
            id, patient, visit, doctor, consent);
        return id;
    }

    /// <summary>The running portal's own worker puts it together.</summary>
    private static async Task PlayableAsync(PortalUnderTest portal, Guid id)
    {
        for (var tries = 0; tries < 100 && await portal.AskAsync<string>("SELECT place FROM recordings WHERE id = $1", id) == "parts"; tries++)
        {
            await Task.Delay(200, Cancellation);
        }

        Assert.Equal("bucket", await portal.AskAsync<string>("SELECT place FROM recordings WHERE id = $1", id));
    }

    private static async Task<HttpStatusCode> PutAsync(PlainBrowser browser, Guid id, int number, byte[] bytes, string token, string? checksum = null)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await browser.PutAsync(
            $"/recordings/{id}/parts/{number}", content, ("X-Checksum", checksum ?? Convert.ToHexStringLower(SHA256.HashData(bytes))), ("RequestVerificationToken", token));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> FinishAsync(PlainBrowser browser, Guid id, string json, string token)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await browser.PostAsync($"/recordings/{id}/finish", content, ("RequestVerificationToken", token));
        return answer.StatusCode;
    }
}
