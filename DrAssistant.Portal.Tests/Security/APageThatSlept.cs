using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>Nobody did anything for half an hour: the page waits, as nobody's, for the one person who may go on in it.</summary>
public sealed class APageThatSlept(ClinicDatabase databases)
{
    private const string Patience = "UPDATE sessions SET last_activity_at = now() - interval '31 minutes'";

    [Fact]
    public async Task goes_on_in_the_same_circuit_when_its_person_has_signed_in_again()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        var id = await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        using var circuit = await OpenAsync(portal, meera);
        var user = await AsleepAsync(portal);
        var earlier = await portal.AskAsync<Guid>("SELECT id FROM sessions");
        Assert.Equal((null, false, false), (user.Id, user.HasEnded, user.Can(Permissions.ReadPatients)));
        Assert.Null(await circuit.CallAsync("ConnectCircuit", "no such circuit"));

        var answer = await TryAsync(meera, user.Asleep!.Key, PortalUnderTest.Password);

        Assert.Equal("in", answer["outcome"]?.GetValue<string>());
        Assert.Equal((id, true), (user.Id, user.Can(Permissions.ReadPatients)));
        Assert.Equal(WebSocketState.Open, circuit.State);
        Assert.True(await circuit.CallAsync("ConnectCircuit", "no such circuit") is false);
        Assert.NotEqual(earlier, user.SessionId);
        Assert.True(await portal.AskAsync<bool>("SELECT revoked_at IS NOT NULL FROM sessions WHERE id = $1", earlier));
        using (var page = await meera.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        // The watch has looked several times since, and still takes it for open; and the new session can sleep as well.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal(id, user.Id);
        Assert.NotNull(await AsleepAsync(portal));
    }

    [Fact]
    public async Task stays_asleep_for_a_wrong_password_a_wrong_key_and_for_anybody_else()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        await portal.PersonAsync("arun.rao", fullName: "Arun Rao");
        using var meera = await portal.SignedInAsync();
        using var arun = await portal.SignedInAsync("arun.rao");
        using var circuit = await OpenAsync(portal, meera);
        var user = await AsleepAsync(portal);
        var key = user.Asleep!.Key;

        var wrong = await TryAsync(meera, key, "not the password");
        var elsewhere = await TryAsync(meera, new string('0', key.Length), PortalUnderTest.Password);
        var nothing = await TryAsync(meera, null, PortalUnderTest.Password);

        Assert.Equal("refused", wrong["outcome"]?.GetValue<string>());
        Assert.Contains("not right", wrong["words"]?.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("gone", "gone"), (elsewhere["outcome"]?.GetValue<string>(), nothing["outcome"]?.GetValue<string>()));
        Assert.Equal(1, await portal.AskAsync<int>("SELECT access_failed_count FROM users WHERE username = 'meera.iyer'"));
        Assert.Equal((null, key), (user.Id, user.Asleep?.Key));
        Assert.Equal(1L, await portal.AskAsync<long>("SELECT count(*) FROM sessions WHERE user_id = (SELECT id FROM users WHERE username = 'meera.iyer')"));
    }

    [Theory]
    [InlineData("UPDATE sessions SET revoked_at = now()")]
    [InlineData("UPDATE users SET status = 'inactive'")]
    [InlineData("UPDATE sessions SET expires_at = now()")]
    public async Task ends_for_good_when_there_is_nothing_left_to_come_back_to(string end)
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        using var circuit = await OpenAsync(portal, meera);
        var user = await AsleepAsync(portal);
        var key = user.Asleep!.Key;

        await portal.AskAsync<object>(end);
        await circuit.ClosedAsync();

        Assert.Equal((true, null), (user.HasEnded, user.Asleep));
        Assert.Equal("gone", (await TryAsync(meera, key, PortalUnderTest.Password))["outcome"]?.GetValue<string>());
    }

    private static async Task<JsonNode> TryAsync(PlainBrowser browser, string? key, string password)
    {
        using var answer = await browser.PostAsync("/account/sign-in/again", JsonContent.Create(new { key, password }));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<HubClient> OpenAsync(PortalUnderTest portal, PlainBrowser browser)
    {
        var client = await HubClient.ConnectAsync(portal.Address, browser.Cookies, portal.Origin);
        Assert.True(await client.StartCircuitAsync(portal.Address, await browser.ReadAsync("/")));
        return client;
    }

    /// <summary>The only circuit, once the watch has seen that its session went idle.</summary>
    private static async Task<CircuitUser> AsleepAsync(PortalUnderTest portal)
    {
        var user = Assert.Single(portal.Services.GetRequiredService<LiveSessions>().All.SelectMany(session => session.Circuits));
        await portal.AskAsync<object>(Patience);
        for (var i = 0; i < 200 && user.Asleep is null; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.NotNull(user.Asleep);
        return user;
    }
}
