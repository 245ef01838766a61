using System.Diagnostics;
using System.Net;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>Two whole portals on one database, with and without a Redis between them. A proxy gives somebody's request to the one or to the other.</summary>
public sealed class TwoPortalsOfOnePractice(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task take_one_anothers_forms_and_sessions()
    {
        await using var one = await PortalUnderTest.OpenAsync(databases);
        await one.PersonAsync();
        using var browser = one.Browse();
        var form = await browser.ReadAsync("/account/sign-in");
        await using var two = one.OpenAnother();
        using var there = two.Browse();
        there.Keep("__Host-antiforgery", browser.Cookie("__Host-antiforgery")!);

        using var answer = await there.PostAsync("/account/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = PlainBrowser.TokenIn(form),
            ["Form.Name"] = "meera.iyer",
            ["Form.Password"] = PortalUnderTest.Password,
        }));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, new Uri(two.Address, answer.Headers.Location!).AbsolutePath));
        browser.Keep(SessionCookie.Name, there.Cookie(SessionCookie.Name)!);
        using var page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData(Redis.None)]
    [InlineData(Redis.There)]
    [InlineData(Redis.KilledMeanwhile)]
    public async Task end_a_session_that_is_ended_on_one_of_them_on_both(Redis redis)
    {
        await using var server = redis is Redis.None ? null : await RedisUnderTest.StartAsync();
        await using var one = await PortalUnderTest.OpenAsync(databases, settings: server is null ? null : new Dictionary<string, string>
        {
            ["Stores:Cache:Kind"] = "Redis",
            ["Stores:Cache:Redis:Connection"] = server.Connection,
        });
        await one.PersonAsync();
        var admin = await one.PersonAsync("omar.khan", StaffRole.Admin, "Omar Khan");
        await using var two = one.OpenAnother();
        using var meera = await one.SignedInAsync();
        using var hers = await OpenAsync(two, meera);
        if (redis is Redis.KilledMeanwhile)
        {
            await server!.KillAsync();
        }

        var took = Stopwatch.StartNew();
        Assert.Equal(1, await EndAsync(one, admin));
        await hers.ClosedAsync();

        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        TestContext.Current.TestOutputHelper?.WriteLine($"{redis}: {took.ElapsedMilliseconds} ms");
        using var second = two.Browse();
        second.Keep(SessionCookie.Name, meera.Cookie(SessionCookie.Name)!);
        using var refused = await second.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    public enum Redis
    {
        None,
        There,
        KilledMeanwhile,
    }

    /// <summary>What the admin's page does, on this portal.</summary>
    private static async Task<int> EndAsync(PortalUnderTest portal, Guid admin)
    {
        var meera = await portal.AskAsync<Guid>("SELECT user_id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = 'meera.iyer' LIMIT 1");
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CircuitUser>()
            .Become(new SessionIdentity(Guid.CreateVersion7(), admin, "omar.khan", "Omar Khan", StaffRole.Admin, TimeProvider.System.GetUtcNow().AddHours(1), null, null));
        return (await scope.ServiceProvider.GetRequiredService<ISessions>().RevokeAllAsync(meera, "ended by the admin", exceptThisOne: false, Cancellation)).Value;
    }

    private static async Task<HubClient> OpenAsync(PortalUnderTest portal, PlainBrowser browser)
    {
        using var there = portal.Browse();
        there.Keep(SessionCookie.Name, browser.Cookie(SessionCookie.Name)!);
        var page = await there.ReadAsync("/");
        var circuit = await HubClient.ConnectAsync(portal.Address, there.Cookies, portal.Origin);
        Assert.True(await circuit.StartCircuitAsync(portal.Address, page));
        return circuit;
    }
}
