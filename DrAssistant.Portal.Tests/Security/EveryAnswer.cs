using System.Net;
using System.Text.RegularExpressions;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>What holds for all that the portal answers, whatever it was asked and whatever went wrong.</summary>
public sealed partial class EveryAnswer(ClinicDatabase databases)
{
    /// <summary>All that somebody who is not signed in may ask for; a new line here needs a reason.</summary>
    private static readonly string[] OpenToAnybody = ["/account/sign-in", "/account/sign-in/again", "/api/results", "/display", "/display/events", "/health/live", "/health/ready", "/verify", "/verify/{Code}", "/welcome/{Secret}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task tells_the_browser_what_to_refuse()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await portal.PersonAsync();
        using var stranger = portal.Browse();
        using var meera = await portal.SignedInAsync();

        await HasHeadersAsync(stranger.GetAsync("/"), HttpStatusCode.Redirect);
        await HasHeadersAsync(stranger.GetAsync("/account/sign-in"), HttpStatusCode.OK);
        await HasHeadersAsync(stranger.PostAsync("/account/sign-in"), HttpStatusCode.SeeOther);
        await HasHeadersAsync(stranger.GetAsync("/favicon.svg"), HttpStatusCode.OK);
        await HasHeadersAsync(stranger.GetAsync("/health/ready"), HttpStatusCode.OK);
        await HasHeadersAsync(stranger.PostAsync("/api/results"), HttpStatusCode.Unauthorized);
        await HasHeadersAsync(stranger.GetAsync("/display"), HttpStatusCode.OK);
        await HasHeadersAsync(stranger.GetAsync("/display/events"), HttpStatusCode.NotFound);
        await HasHeadersAsync(stranger.PostAsync("/_blazor/negotiate", null, ("Origin", portal.Origin)), HttpStatusCode.Unauthorized);
        await HasHeadersAsync(stranger.PostAsync("/_blazor/negotiate", null, ("Origin", "https://evil.example")), HttpStatusCode.Forbidden);
        await HasHeadersAsync(meera.GetAsync("/"), HttpStatusCode.OK);
        await HasHeadersAsync(meera.GetAsync("/no/such/page"), HttpStatusCode.NotFound);
        await HasHeadersAsync(meera.PostAsync("/account/sign-out"), HttpStatusCode.BadRequest);
        await HasHeadersAsync(meera.GetAsync("/account/sign-out"), HttpStatusCode.NotFound);

        await portal.Services.GetRequiredService<ClinicDataSources>().App.DisposeAsync();
        await HasHeadersAsync(meera.GetAsync("/"), HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task says_nothing_of_what_went_wrong_inside()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases, "Production");
        await portal.PersonAsync();
        using var meera = await portal.SignedInAsync();
        await portal.Services.GetRequiredService<ClinicDataSources>().App.DisposeAsync();

        using var page = await meera.GetAsync("/?name=Somebody");
        using var script = await meera.GetAsync("/", ("Accept", "application/json"));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (page.StatusCode, script.StatusCode));
        var words = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Something went wrong here", words, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)exception|npgsql|postgres|   at |Somebody|disposed", words);
        Assert.Equal("", await script.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task demands_encryption_for_a_year_once_it_came_encrypted()
    {
        var settings = new Dictionary<string, string> { [TrustedProxies.Key] = "127.0.0.1, ::1" };
        await using var portal = await PortalUnderTest.OpenAsync(databases, "Production", settings);
        using var browser = portal.Browse();

        using var encrypted = await browser.GetAsync("/health/live", ("X-Forwarded-Proto", "https"), ("Host", "clinic.example"));
        using var failed = await browser.GetAsync("/_blazor/nothing", ("X-Forwarded-Proto", "https"), ("Host", "clinic.example"), ("Origin", "https://evil.example"));
        using var plain = await browser.GetAsync("/health/live", ("Host", "clinic.example"));
        using var here = await browser.GetAsync("/health/live", ("X-Forwarded-Proto", "https"));

        Assert.Equal(["max-age=31536000; includeSubDomains"], encrypted.Headers.GetValues("Strict-Transport-Security"));
        Assert.Equal(["max-age=31536000; includeSubDomains"], failed.Headers.GetValues("Strict-Transport-Security"));
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.False(here.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task needs_somebody_who_is_signed_in_but_for_a_few()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var stranger = portal.Browse();

        var endpoints = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var open = endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'));

        Assert.Equal(OpenToAnybody, open.Where(route => !IsFile().IsMatch(route)).Distinct().Order(StringComparer.Ordinal));
        foreach (var route in endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/')))
        {
            using var answer = await stranger.GetAsync(Parameter().Replace(route, "x"));
            Assert.True(
                answer is { StatusCode: HttpStatusCode.Redirect, Headers.Location.OriginalString: var to } && to.StartsWith("/account/sign-in", StringComparison.Ordinal)
                    || answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed,
                $"{route} answered {answer.StatusCode} to a stranger");
        }
    }

    [Fact]
    public async Task grants_by_policy_what_the_role_grants()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        await using var scope = portal.Services.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();

        foreach (var role in Enum.GetValues<StaffRole>())
        {
            var person = new SessionIdentity(Guid.CreateVersion7(), Guid.CreateVersion7(), "somebody", "Somebody", role, TimeProvider.System.GetUtcNow(), null, null);
            foreach (var permission in Permissions.All)
            {
                Assert.Equal(
                    RolePermissions.Grants(role, permission),
                    (await authorization.AuthorizeAsync(person.ToPrincipal(SessionAuthenticationHandler.SchemeName), permission)).Succeeded);
                Assert.False((await authorization.AuthorizeAsync(new System.Security.Claims.ClaimsPrincipal(), permission)).Succeeded);
            }
        }
    }

    [Fact]
    public async Task is_ready_only_with_a_database_and_tells_no_more_than_that()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();

        Assert.Equal("{\"status\":\"Healthy\",\"checks\":{}}", await browser.ReadAsync("/health/live"));
        Assert.Equal("{\"status\":\"Healthy\",\"checks\":{\"postgresql\":\"Healthy\",\"objects\":\"Healthy\"}}", await browser.ReadAsync("/health/ready"));
        await portal.BreakDatabaseAsync();
        using var ready = await browser.GetAsync("/health/ready");
        using var live = await browser.GetAsync("/health/live");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Equal("{\"status\":\"Unhealthy\",\"checks\":{\"postgresql\":\"Unhealthy\",\"objects\":\"Healthy\"}}", await ready.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task is_logged_without_what_was_asked_or_typed()
    {
        var lines = new Lines();
        await using var portal = await PortalUnderTest.OpenAsync(databases, log: lines);
        await portal.PersonAsync();
        using var browser = portal.Browse();
        using var failed = await browser.SignInAsync("Typed Name", "Typed Password", "?ReturnUrl=%2Fpatients%3Fname%3DQueried");
        using var meera = await portal.SignedInAsync();
        using var page = await meera.GetAsync("/somewhere/Pathname?name=Queried");

        var all = string.Join('\n', lines.Written);

        Assert.Contains("Answered POST /account/sign-in with 200", all, StringComparison.Ordinal);
        Assert.Contains("Answered GET (no such address) with 404", all, StringComparison.Ordinal);
        foreach (var secret in new[] { "Typed", "Queried", "Pathname", PortalUnderTest.Password, meera.Cookie(SessionCookie.Name)!, "Meera" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task HasHeadersAsync(Task<HttpResponseMessage> asked, HttpStatusCode status)
    {
        using var answer = await asked;
        Assert.Equal(status, answer.StatusCode);
        string Header(string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

        Assert.Equal(
            "default-src 'self'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            Header("Content-Security-Policy"));
        Assert.Equal(
            ("nosniff", "same-origin", "same-origin", "DENY"),
            (Header("X-Content-Type-Options"), Header("Referrer-Policy"), Header("Cross-Origin-Opener-Policy"), Header("X-Frame-Options")));
        Assert.StartsWith("microphone=(self), camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        if (answer.Content.Headers.ContentType?.MediaType is null or "text/html")
        {
            Assert.Equal("no-store", Header("Cache-Control"));
        }
    }

    [GeneratedRegex(@"\.(css|js|svg|woff2|map|json|png|ico|txt|scss)(\.gz|\.br)?$|^/_content/|^/_framework/", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsFile();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _written = new();

        public IEnumerable<string> Written => _written;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => _written.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
