using System.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Stands before every message of a browser: nothing passes for a session that has ended, nor a flood. It also tells a
/// person's doing from the script's own chatter, because only the first may keep a session alive (CVE-2026-25476).
/// </summary>
internal sealed partial class HubGuard(LiveSessions live, TimeProvider time, ILogger<HubGuard> log) : IHubFilter
{
    private static readonly object VisitorKey = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        if (SessionIdentity.Of(connection.User) is not { } identity || !live.Connections.TryTake(identity.UserId))
        {
            connection.Abort();
            return;
        }

        connection.Items[VisitorKey] = new Visitor(identity, live.Join(identity.SessionId, connection), new EventBudget(time));
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (VisitorOf(context.Context) is { } visitor)
        {
            live.Leave(visitor.Session, context.Context);
            live.Connections.GiveBack(visitor.Identity.UserId);
        }

        await next(context, exception);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context;
        if (VisitorOf(connection) is not { } visitor || visitor.Session.HasEnded || time.GetUtcNow() >= visitor.Identity.ExpiresAt)
        {
            connection.Abort();
            return null;
        }

        if (!visitor.Budget.TrySpend())
        {
            FloodCutOff(visitor.Identity.SessionId);
            connection.Abort();
            return null;
        }

        if (IsPersonsDoing(invocationContext) && visitor.Session.TakeTouch() && !await TouchAsync(invocationContext, visitor.Identity.SessionId))
        {
            // The watch will say so within a second; this message is not carried out any more.
            return null;
        }

        return await next(invocationContext);
    }

    private static Visitor? VisitorOf(HubCallerContext connection)
        => connection.Items.TryGetValue(VisitorKey, out var visitor) ? visitor as Visitor : null;

    /// <summary>A key, a click, a link. Not: that a rendering arrived, what the script measures, a reconnection.</summary>
    private static bool IsPersonsDoing(HubInvocationContext invocation) => invocation.HubMethodName switch
    {
        "BeginInvokeDotNetFromJS" => invocation.HubMethodArguments is [_, _, "DispatchEventAsync", ..],
        "OnLocationChanged" or "OnLocationChanging" => true,
        _ => false,
    };

    private async Task<bool> TouchAsync(HubInvocationContext invocation, Guid sessionId)
    {
        try
        {
            return await invocation.ServiceProvider.GetRequiredService<ISessions>().TouchAsync(sessionId, invocation.Context.ConnectionAborted);
        }
        catch (DbException)
        {
            // The store is away. Whatever is asked of the services fails by itself; nobody is signed out for it.
            TouchPostponed(sessionId);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cut off a connection of session {SessionId}: it sent too many messages.")]
    private partial void FloodCutOff(Guid sessionId);

    [LoggerMessage(LogLevel.Warning, "Could not note the activity of session {SessionId}: the session store did not answer.")]
    private partial void TouchPostponed(Guid sessionId);

    private sealed record Visitor(SessionIdentity Identity, LiveSession Session, EventBudget Budget);
}
