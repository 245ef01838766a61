using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>ASVS 4.4: circuits over a real WebSocket, spoken to in the browser's own protocol.</summary>
public sealed class OpeningACircuit(ClinicDatabase databases)
{
    private const int Tries = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task needs_a_session_and_a_page_of_this_portal()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        var page = await meera.ReadAsync("/");

        // The positive control: the same client with the cookie and the right origin does open one.
        using (var own = await HubClient.ConnectAsync(portal.Address, meera.Cookies, portal.Origin))
        {
            Assert.True(await own.StartCircuitAsync(portal.Address, page));
            Assert.Equal(1, portal.Circuits.Opened);
        }

        var stranger = $"{SessionCookie.Name}={new string('A', 43)}";
        (string? Cookies, string? Origin, HttpStatusCode Status)[] refused =
        [
            (null, portal.Origin, HttpStatusCode.Unauthorized),
            (stranger, portal.Origin, HttpStatusCode.Unauthorized),
            (meera.Cookies, "https://evil.example", HttpStatusCode.Forbidden),
            (meera.Cookies, portal.Origin + ".evil.example", HttpStatusCode.Forbidden),
            (meera.Cookies, $"http://localhost:{portal.Address.Port + 1}", HttpStatusCode.Forbidden),
            (meera.Cookies, "null", HttpStatusCode.Forbidden),
            (meera.Cookies, null, HttpStatusCode.Forbidden),
        ];
        foreach (var (cookies, origin, status) in refused)
        {
            for (var i = 0; i < Tries; i++)
            {
                Assert.Equal(status, await RefusedAsync(portal, cookies, origin));
            }
        }

        Assert.Equal(1, portal.Circuits.Opened);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    public async Task is_not_even_negotiated_with_a_stranger(string? origin, HttpStatusCode status)
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();

        foreach (var path in new[] { "/_blazor/negotiate?negotiateVersion=1", "/_blazor/disconnect", "/_BLAZOR/negotiate" })
        {
            using var answer = await browser.PostAsync(path, null, ("Origin", origin ?? portal.Origin));
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task of_a_session_that_is_revoked_ends_within_two_seconds()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        await portal.PersonAsync("arun.rao", fullName: "Arun Rao");
        using var meera = await portal.SignedInAsync();
        using var arun = await portal.SignedInAsync("arun.rao");
        using var hers = await OpenAsync(portal, meera);
        using var silent = await HubClient.ConnectAsync(portal.Address, meera.Cookies, portal.Origin);
        using var his = await OpenAsync(portal, arun);

        var took = Stopwatch.StartNew();
        await portal.AskAsync<object>("UPDATE sessions SET revoked_at = now() WHERE user_id = (SELECT id FROM users WHERE username = 'meera.iyer')");
        var told = await hers.SeesAsync(IsSentToSignIn, _ => false);
        await hers.ClosedAsync();
        await silent.ClosedAsync();
        took.Stop();

        Assert.True(told, "the page was sent to the sign-in page first");
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(portal, meera.Cookies, portal.Origin));
        Assert.Equal(WebSocketState.Open, his.State);
        Assert.True(await RendersAgainAsync(his));
    }

    [Theory]
    [InlineData("UPDATE users SET status = 'inactive'")]
    [InlineData("UPDATE sessions SET expires_at = now()")]
    public async Task ends_too_when_the_account_or_the_day_is_over(string end)
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        using var circuit = await OpenAsync(portal, meera);

        var took = Stopwatch.StartNew();
        await portal.AskAsync<object>(end);
        await circuit.ClosedAsync();

        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task does_not_keep_a_session_alive_unless_somebody_does_something()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        using var circuit = await OpenAsync(portal, meera);
        await portal.AskAsync<object>("UPDATE sessions SET last_activity_at = now() - interval '20 minutes'");

        // As if a minute had passed since the page was opened.
        var live = Assert.Single(portal.Services.GetRequiredService<LiveSessions>().All);
        live.ForgetTouch();
        await circuit.TellAsync("OnRenderCompleted", 99L, null);
        await circuit.TellAsync("EndInvokeJSFromDotNet", 99L, true, "[99,true,null]");
        await circuit.TellAsync("BeginInvokeDotNetFromJS", "1", "Any.Library", "OnResize", 0L, "[]");
        await RendersAgainAsync(circuit);
        Assert.True(await portal.AskAsync<bool>("SELECT bool_and(last_activity_at < now() - interval '19 minutes') FROM sessions"));

        await circuit.TellAsync("OnLocationChanged", portal.Address.ToString(), null, true);
        await RendersAgainAsync(circuit);
        Assert.True(await portal.AskAsync<bool>("SELECT bool_and(last_activity_at > now() - interval '1 minute') FROM sessions"));
    }

    [Fact]
    public async Task is_limited_to_twelve_a_person()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        await portal.PersonAsync("arun.rao", fullName: "Arun Rao");
        using var meera = await portal.SignedInAsync();
        using var arun = await portal.SignedInAsync("arun.rao");
        var open = new List<HubClient>();
        try
        {
            for (var i = 0; i < 12; i++)
            {
                open.Add(await OpenAsync(portal, meera));
            }

            using (var oneMore = await OpenAsync(portal, meera))
            {
                Assert.True(await oneMore.SeesAsync(message => IsSentTo(message, "/account/too-many-pages"), _ => false));
                Assert.Single(CircuitsOf(portal), c => c.Id is null);
            }

            using var his = await OpenAsync(portal, arun);
            Assert.NotNull(CircuitsOf(portal)[^1].Id);

            open[0].Dispose();
            Assert.True(await EventuallyAsync(() => portal.Services.GetRequiredService<LiveSessions>().Tabs.TakenBy(CircuitsOf(portal)[0].Id!.Value) == 11));
            open.Add(await OpenAsync(portal, meera));
            Assert.Single(CircuitsOf(portal), c => c.Id is null);
        }
        finally
        {
            open.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task ends_when_the_browser_floods_it()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        using var circuit = await OpenAsync(portal, meera);

        var sent = 0;
        try
        {
            for (; sent < 20_000; sent++)
            {
                await circuit.TellAsync("OnRenderCompleted", 1L, null);
            }
        }
        catch (WebSocketException)
        {
            // Cut off in the middle of it.
        }

        await circuit.ClosedAsync();
        Assert.NotEqual(WebSocketState.Open, circuit.State);
        using var next = await OpenAsync(portal, meera);
        Assert.Equal(WebSocketState.Open, next.State);
    }

    [Fact]
    public async Task is_taken_up_again_only_by_a_connection_of_its_own_session()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        await portal.PersonAsync("arun.rao", fullName: "Arun Rao");
        using var meera = await portal.SignedInAsync();
        using var arun = await portal.SignedInAsync("arun.rao");
        using var hers = await OpenAsync(portal, meera);
        using var again = await HubClient.ConnectAsync(portal.Address, meera.Cookies, portal.Origin);
        using var his = await HubClient.ConnectAsync(portal.Address, arun.Cookies, portal.Origin);

        // The positive control: her own second connection may.
        Assert.True(await again.CallAsync("ConnectCircuit", hers.Secret) is true);
        Assert.True(await his.CallAsync("ConnectCircuit", hers.Secret) is false);
        Assert.True(await his.CallAsync("ResumeCircuit", hers.Secret, portal.Address.ToString(), portal.Address.ToString(), "[]", "") is null);
        Assert.Equal("meera.iyer", await portal.AskAsync<string>("SELECT username FROM users WHERE id = $1", Assert.Single(CircuitsOf(portal)).Id!));
    }

    private static List<CircuitUser> CircuitsOf(PortalUnderTest portal)
        => [.. portal.Services.GetRequiredService<LiveSessions>().All.SelectMany(session => session.Circuits)];

    private static bool IsSentToSignIn(object?[] message) => IsSentTo(message, "/account/sign-in?ended");

    private static bool IsSentTo(object?[] message, string address)
        => message is [1L, _, _, "JS.BeginInvokeJS", object?[] and [_, string what, string to, ..], ..]
            && what == "location.replace" && to.Contains(address, StringComparison.Ordinal);

    private static async Task<HubClient> OpenAsync(PortalUnderTest portal, PlainBrowser browser)
    {
        var client = await HubClient.ConnectAsync(portal.Address, browser.Cookies, portal.Origin);
        Assert.True(await client.StartCircuitAsync(portal.Address, await browser.ReadAsync("/")));
        return client;
    }

    /// <summary>A call that the circuit answers: whatever was sent before it has been dealt with.</summary>
    private static async Task<bool> RendersAgainAsync(HubClient circuit)
        => await circuit.CallAsync("ConnectCircuit", "no such circuit") is false;

    private static async Task<bool> EventuallyAsync(Func<bool> happened)
    {
        for (var i = 0; i < 100 && !happened(); i++)
        {
            await Task.Delay(50, Cancellation);
        }

        return happened();
    }

    private static async Task<HttpStatusCode> RefusedAsync(PortalUnderTest portal, string? cookies, string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (cookies is not null)
        {
            socket.Options.SetRequestHeader("Cookie", cookies);
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancellation));
        return socket.HttpStatusCode;
    }
}
