namespace DrAssistant.Portal.Security;

/// <summary>
/// Circuits are opened by this portal's own pages only. Browsers send cookies along with a WebSocket that another site
/// opens, and no policy of theirs stops it: the Origin header is all there is to go by (ASVS 4.4.2).
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!PortalPaths.IsCircuit(context.Request) || IsOwn(context.Request, context.WebSockets.IsWebSocketRequest))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsOwn(HttpRequest request, bool isWebSocket)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0)
        {
            // Browsers always name themselves when they open a WebSocket or post; a plain read of their own site they may not.
            return !isWebSocket && !HttpMethods.IsPost(request.Method);
        }

        return origins.Count == 1
            && Uri.TryCreate(origins[0], UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, AuthorityOf(request, origin.Scheme), StringComparison.OrdinalIgnoreCase)
            && IsOwnScheme(request, origin.Scheme);
    }

    // Behind a proxy that ends TLS the request itself is plain; over TLS only TLS is the portal's own.
    private static bool IsOwnScheme(HttpRequest request, string scheme)
        => scheme == Uri.UriSchemeHttps || (scheme == Uri.UriSchemeHttp && !request.IsHttps);

    // Uri leaves a scheme's usual port out, and some proxies put it in.
    private static string AuthorityOf(HttpRequest request, string scheme)
        => Uri.TryCreate($"{scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";
}
