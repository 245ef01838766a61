namespace DrAssistant.Portal.Security;

/// <summary>One line a request for the operator: the route's pattern and ids, never a query string, a name or an address with text in it.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<AskedByAnybody>() is null)
            {
                Answered(
                    context.Request.Method,
                    (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such address)",
                    context.Response.StatusCode,
                    (long)time.GetElapsedTime(started).TotalMilliseconds,
                    SessionIdentity.Of(context.User)?.UserId,
                    context.TraceIdentifier);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Answered {Method} {Route} with {Status} in {Milliseconds} ms for {UserId}, request {RequestId}.")]
    private partial void Answered(string method, string route, int status, long milliseconds, Guid? userId, string requestId);
}
