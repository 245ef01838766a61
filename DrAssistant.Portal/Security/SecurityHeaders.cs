using Microsoft.Net.Http.Headers;

namespace DrAssistant.Portal.Security;

/// <summary>
/// What every answer tells the browser to refuse, whether it is a page, a file, a redirect or an error. The one deviation
/// from a strict policy, <c>style-src-attr</c>, is there because the component kit sets style attributes.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A file that people brought: nothing of it may run or fetch anything, and only the portal's own pages may frame it.</summary>
    private const string FilePolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private const string Features = "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()";
    private const string OneYear = "max-age=31536000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error on the way clears what was set before.
        context.Response.OnStarting(Write, context);
        return next(context);
    }

    private Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isFile = context.GetEndpoint()?.Metadata.GetMetadata<ShownInAFrame>() is not null;
        headers.ContentSecurityPolicy = isFile ? FilePolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = isFile ? "SAMEORIGIN" : "DENY";

        // Not no-referrer: browsers then post with "Origin: null", and a page that is closed could not end its circuit.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Features;

        // A page with a patient on it must not come back from a cache after signing out. Files name their own lifetime.
        if (MustNotBeKept(context.Response))
        {
            headers.CacheControl = "no-store";
            headers.Remove(HeaderNames.Pragma);
        }

        if (!environment.IsDevelopment() && context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = OneYear;
        }

        return Task.CompletedTask;
    }

    private static bool MustNotBeKept(HttpResponse response)
        => response.Headers.CacheControl.Count == 0
            || response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsThisMachine(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}

/// <summary>Marks the address of files that the portal's own pages show in a frame.</summary>
internal sealed class ShownInAFrame
{
    public static ShownInAFrame Instance { get; } = new();
}
