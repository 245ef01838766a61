using System.Net;
using System.Text.RegularExpressions;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>The sign-in page as a browser without scripts meets it, over HTTP.</summary>
public sealed partial class TheDoor(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task stands_before_every_page_and_leads_back_to_it()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var browser = portal.Browse();

        Assert.Equal("/account/sign-in", await LocationAsync(browser.GetAsync("/")));
        Assert.Equal("/account/sign-in?ReturnUrl=%2Fno%2Fsuch%3Fpage%3D1", await LocationAsync(browser.GetAsync("/no/such?page=1")));
        Assert.Equal(
            portal.Origin + "/no/such?page=1", await LocationAsync(browser.SignInAsync("meera.iyer", PortalUnderTest.Password, "?ReturnUrl=%2Fno%2Fsuch%3Fpage%3D1")));
        using var page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var none = await browser.GetAsync("/no/such?page=1");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("https%3A%2F%2Fevil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("%2F%5Cevil.example")]
    [InlineData("%2F%09%2Fevil.example")]
    [InlineData("javascript%3Aalert(1)")]
    public async Task never_leads_out_of_the_portal(string returnUrl)
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var browser = portal.Browse();

        Assert.Equal(portal.Origin + "/", await LocationAsync(browser.SignInAsync("meera.iyer", PortalUnderTest.Password, $"?ReturnUrl={returnUrl}")));
        Assert.Equal(portal.Origin + "/", await LocationAsync(browser.GetAsync($"/account/sign-in?ReturnUrl={returnUrl}")));
    }

    [Fact]
    public async Task sets_a_cookie_that_no_script_no_subdomain_and_no_other_site_can_use()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var browser = portal.Browse();
        browser.Keep(SessionCookie.Name, new string('A', 43));

        using var form = await browser.GetAsync("/account/sign-in");
        using var answer = await browser.SignInAsync("meera.iyer", PortalUnderTest.Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
        Assert.Matches("^__Host-session=[A-Za-z0-9_-]{43}; path=/; secure; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain("AAAAAAAA", cookie, StringComparison.Ordinal);
        var token = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^__Host-antiforgery=[^;]+; path=/; secure; samesite=strict; httponly$", token);
    }

    [Fact]
    public async Task says_the_same_whatever_was_wrong_keeps_the_name_and_forgets_the_password()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var browser = portal.Browse();

        var pages = new List<string>();
        foreach (var name in new[] { "meera.iyer", "somebody.else", "" })
        {
            using var answer = await browser.SignInAsync(name, "not the password");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(browser.Cookie(SessionCookie.Name));
            var page = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
            Assert.Contains("The name or the password is not right, or the account is locked. Check both and try again.", page, StringComparison.Ordinal);
            Assert.Contains($"name=\"Form.Name\" value=\"{name}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("not the password", page, StringComparison.Ordinal);
            var words = page[..page.IndexOf("<!--Blazor", StringComparison.Ordinal)].Replace($"value=\"{name}\"", "", StringComparison.Ordinal);
            pages.Add(Clock().Replace(words.Replace(PlainBrowser.TokenIn(page), "", StringComparison.Ordinal), ""));
        }

        // What is left without the name, the token, the clock and the framework's state is the same to the letter.
        Assert.Single(pages.Distinct());
    }

    [Fact]
    public async Task opens_no_circuit_and_runs_no_script_of_the_pages_behind_it()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();

        var page = await browser.ReadAsync("/account/sign-in");

        Assert.DoesNotContain("blazor.web.js", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"descriptor\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", page, StringComparison.Ordinal);
        Assert.Matches("<script src=\"js/sign-in[^\"]*\" type=\"module\"></script>", page);
    }

    [Fact]
    public async Task tells_somebody_whose_session_ended_and_nobody_else()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        await portal.AskAsync<object>("UPDATE sessions SET last_activity_at = last_activity_at - interval '31 minutes'");

        Assert.Equal("/account/sign-in?ended&ReturnUrl=%2Fpatients", await LocationAsync(meera.GetAsync("/patients")));
        Assert.Null(meera.Cookie(SessionCookie.Name));
        Assert.Contains("Your session has ended", await meera.ReadAsync("/account/sign-in?ended"), StringComparison.Ordinal);
        using var stranger = portal.Browse();
        Assert.DoesNotContain("has ended", await stranger.ReadAsync("/account/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task takes_only_forms_of_its_own()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var browser = portal.Browse();
        using var foreign = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["Form.Name"] = "meera.iyer", ["Form.Password"] = PortalUnderTest.Password,
        });

        Assert.Equal("/account/sign-in", await LocationAsync(browser.PostAsync("/account/sign-in", foreign)));
        Assert.Equal(0L, await portal.AskAsync<long>("SELECT count(*) FROM sessions"));
    }

    [Fact]
    public async Task lets_out_by_a_form_of_its_own_and_by_nothing_else()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        var secret = meera.Cookie(SessionCookie.Name)!;

        using var link = await meera.GetAsync("/account/sign-out");
        using var foreign = await meera.PostAsync("/account/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (link.StatusCode, foreign.StatusCode));
        Assert.Equal(0L, await portal.AskAsync<long>("SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL"));

        var token = await portal.TokenOfAsync(meera);
        Assert.Equal("/account/sign-in", await LocationAsync(meera.PostAsync("/account/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]))));
        Assert.Null(meera.Cookie(SessionCookie.Name));
        Assert.Equal("signed out", await portal.AskAsync<string>("SELECT revoked_reason FROM sessions"));

        // Who copied the cookie has nothing.
        meera.Keep(SessionCookie.Name, secret);
        Assert.Equal("/account/sign-in?ended", await LocationAsync(meera.GetAsync("/")));
    }

    [Fact]
    public async Task takes_thirty_tries_a_minute_from_one_address_whatever_it_calls_itself()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();
        for (var i = 0; i < SignInLimit.TriesAMinute; i++)
        {
            using var tried = await browser.PostAsync("/account/sign-in", null, ("X-Forwarded-For", $"192.0.2.{i}"));
            Assert.Equal(HttpStatusCode.SeeOther, tried.StatusCode);
        }

        using var tooMany = await browser.PostAsync("/account/sign-in", null, ("X-Forwarded-For", "192.0.2.99"));
        using var looking = await browser.GetAsync("/account/sign-in");

        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), tooMany.Headers.RetryAfter?.Delta);
        Assert.Contains("Wait a minute", await tooMany.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, looking.StatusCode);
    }

    [Fact]
    public async Task believes_a_proxy_that_it_was_told_of()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases, settings: new Dictionary<string, string> { [TrustedProxies.Key] = "127.0.0.1, ::1/128" });
        await portal.PersonAsync();
        using var browser = portal.Browse();
        var form = await browser.ReadAsync("/account/sign-in");

        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = PlainBrowser.TokenIn(form), ["Form.Name"] = "meera.iyer", ["Form.Password"] = PortalUnderTest.Password,
        });
        using var answer = await browser.PostAsync("/account/sign-in", content, ("X-Forwarded-For", "198.51.100.4"));

        Assert.Equal("198.51.100.4", await portal.AskAsync<string>("SELECT host(ip_address) FROM sessions"));
        Assert.Equal("198.51.100.4", await portal.AskAsync<string>("SELECT host(ip_address) FROM audit_events WHERE event = 'sign-in.done'"));
    }

    private static async Task<string?> LocationAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.InRange((int)answer.StatusCode, 300, 399);
        return answer.Headers.Location?.OriginalString;
    }

    [GeneratedRegex("<p class=\"acct-when\">[^<]*</p>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clock();
}
