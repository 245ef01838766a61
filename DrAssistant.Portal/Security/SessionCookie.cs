namespace DrAssistant.Portal.Security;

/// <summary>
/// The cookie with the session's secret. The prefix makes browsers refuse it from a subdomain or over plain HTTP; without
/// an expiry it goes when the browser is closed, and the server decides when the session does.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-session";

    public static string? Read(HttpContext context) => context.Request.Cookies[Name];

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(Name, secret, Options());

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options());

    private static CookieOptions Options() => new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
