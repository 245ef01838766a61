using System.Text.Encodings.Web;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Components.Account;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Knows people by the session whose secret their browser holds, asked of the session store at every request: what was
/// revoked is refused at once. Why it is not the cookie handler: docs/adr/0002-own-session-handler.md.
/// </summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A page asks for thirty style sheets and scripts; none of them needs to know who is asking.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<AskedByAnybody>() is not null
            || SessionCookie.Read(Context) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        var session = await Context.RequestServices.GetRequiredService<ISessions>().FindAsync(secret, Context.RequestAborted);
        return session is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(SessionIdentity.For(session, Context).ToPrincipal(SchemeName), SchemeName));
    }

    /// <summary>A page leads to the sign-in page; whatever a script asks for is told that nobody is signed in.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!PortalPaths.IsPage(Request))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // A cookie that opens nothing any more: its session has ended. Somebody who never signed in is not told that.
        var ended = SessionCookie.Read(Context) is not null;
        if (ended)
        {
            SessionCookie.Delete(Context);
        }

        Response.Redirect(RedirectGuard.SignInAddress($"{Request.PathBase}{Request.Path}{Request.QueryString}", ended));
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

/// <summary>On an endpoint that answers everybody alike, so that no session is looked up for it.</summary>
internal sealed class AskedByAnybody
{
    public static AskedByAnybody Instance { get; } = new();
}
