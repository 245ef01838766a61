using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Endpoints;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

/// <summary><c>POST /api/results</c> as a laboratory's system meets it.</summary>
public sealed class SendingResults(ClinicDatabase databases)
{
    private const string Hl7 = "application/hl7-v2";
    private const string Fhir = "application/fhir+json";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_key_is_answered_as_the_standard_wants()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (sender, key) = await KeyAsync(portal);
        using var laboratory = new HttpClient { BaseAddress = portal.Address };

        // Nobody is registered here: what is whole is kept all the same, and waits for a person.
        var kept = await SendAsync(laboratory, key, Hl7, MessagesClinic.Sample("hl7-01-final.hl7"));
        var again = await SendAsync(laboratory, key, Hl7, MessagesClinic.Sample("hl7-01-final.hl7"));
        var cut = await SendAsync(laboratory, key, Hl7, MessagesClinic.Sample("hl7-10-cut-in-a-segment.hl7"));
        var strange = await SendAsync(laboratory, key, Hl7, "hello\r"u8.ToArray());
        var bundle = await SendAsync(laboratory, key, Fhir, MessagesClinic.Sample("fhir-01-final.json"));
        var broken = await SendAsync(laboratory, key, Fhir, MessagesClinic.Sample("fhir-09-cut.json"));

        Assert.Equal((HttpStatusCode.OK, "MSA|AA|G-0001"), (kept.Status, kept.Text.Split('\r')[1]));
        Assert.StartsWith("MSH|^~\\&|DrAssistant||LIS|GANGA|", kept.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "MSA|AA|G-0001"), (again.Status, again.Text.Split('\r')[1]));
        Assert.Equal("MSA|AE|G-0010", cut.Text.Split('\r')[1]);
        Assert.Contains("ERR|||207|E||||It ends in the middle of a segment", cut.Text, StringComparison.Ordinal);
        Assert.StartsWith("MSA|AR|", strange.Text.Split('\r')[1], StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (bundle.Status, broken.Status));
        Assert.Equal("OperationOutcome", JsonDocument.Parse(bundle.Text).RootElement.GetProperty("resourceType").GetString());
        Assert.Contains("It is no whole JSON", broken.Text, StringComparison.Ordinal);
        Assert.Equal(2L, await portal.AskAsync<long>("SELECT count(*) FROM unmatched_results"));
        Assert.Equal(5L, await portal.AskAsync<long>("SELECT count(*) FROM result_files WHERE sender_id = $1", sender));
        Assert.Equal(5L, await portal.AskAsync<long>("SELECT count(*) FROM audit_events WHERE event LIKE 'result-file.%' AND resource_id = $1 AND ip_address IS NOT NULL", sender));
        Assert.True(await portal.AskAsync<bool>("SELECT last_used_at IS NOT NULL FROM result_senders WHERE id = $1", sender));
    }

    [Fact]
    public async Task Without_a_key_that_holds_reads_nothing()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (sender, key) = await KeyAsync(portal);
        await portal.PersonAsync();
        using var doctor = await portal.SignedInAsync();
        using var laboratory = new HttpClient { BaseAddress = portal.Address };
        var sample = MessagesClinic.Sample("hl7-01-final.hl7");

        foreach (var wrong in new[] { null, "", "wrong", new string('A', 43), key[..^1], key + "A", sender.ToString() })
        {
            Assert.Equal((HttpStatusCode.Unauthorized, ""), await SendAsync(laboratory, wrong, Hl7, sample));
        }

        using var cookie = await doctor.PostAsync("/api/results");
        Assert.Equal(HttpStatusCode.Unauthorized, cookie.StatusCode);
        await portal.AskAsync<int>("UPDATE result_senders SET revoked_at = now(), revoked_by = created_by WHERE id = $1", sender);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(laboratory, key, Hl7, sample)).Status);
        Assert.Equal(0L, await portal.AskAsync<long>("SELECT count(*) FROM result_files"));
    }

    [Fact]
    public async Task In_another_format_or_too_much_at_once_is_refused()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var (_, key) = await KeyAsync(portal);
        using var laboratory = new HttpClient { BaseAddress = portal.Address };

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(laboratory, key, "text/plain", "MSH"u8.ToArray())).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(laboratory, key, Hl7, new byte[ResultsEndpoint.Largest + 1])).Status);
        Assert.Equal(0L, await portal.AskAsync<long>("SELECT count(*) FROM result_files"));
    }

    [Fact]
    public async Task Is_tried_only_so_often_a_minute()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var stranger = new HttpClient { BaseAddress = portal.Address };
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < SignInLimit.ResultsAMinute * 2; n++)
        {
            answers.Add((await SendAsync(stranger, "wrong", Hl7, [])).Status);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpClient laboratory, string? key, string type, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/results") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        using var answer = await laboratory.SendAsync(request, Cancellation);
        return (answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    private static async Task<(Guid Sender, string Key)> KeyAsync(PortalUnderTest portal)
    {
        var admin = await portal.PersonAsync("omar.khan", StaffRole.Admin, "Omar Khan");
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CircuitUser>().Become(
            new SessionIdentity(Guid.CreateVersion7(), admin, "omar.khan", "Omar Khan", StaffRole.Admin, TimeProvider.System.GetUtcNow(), null, null));
        var provider = (await scope.ServiceProvider.GetRequiredService<IProviders>().AddAsync(new ProviderDraft { Name = "Ganga Diagnostics" }, Cancellation)).Value();
        var made = (await scope.ServiceProvider.GetRequiredService<ILaboratories>().MakeKeyAsync(provider.Id, "Main analyser", Cancellation)).Value();
        return (made.Sender.Id, made.Key);
    }
}
