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

        connection.Items[VisitorKey] = new Visitor(live.Join(identity, connection), new EventBudget(time));
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (VisitorOf(context.Context) is { } visitor)
        {
            live.Leave(visitor.Session, context.Context);
            live.Connections.GiveBack(visitor.Session.Identity.UserId);
        }

        await next(context, exception);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context;
        if (VisitorOf(connection) is not { } visitor || visitor.Session.HasEnded || time.GetUtcNow() >= visitor.Session.Identity.ExpiresAt)
        {
            connection.Abort();
            return null;
        }

        if (visitor.IsCutOff || !visitor.Budget.TrySpend())
        {
            CutOff(visitor, connection);
            return null;
        }

        if (visitor.Session.IsAsleep && !IsAnswer(invocationContext))
        {
            return null;
        }

        if (IsPersonsDoing(invocationContext) && visitor.Session.TakeTouch() && !await TouchAsync(invocationContext, visitor.Session.Id))
        {
            // The watch will say so within a second; this message is not carried out any more.
            return null;
        }

        return await PassAsync(invocationContext, visitor.Session, next);
    }

    /// <summary>
    /// A circuit still shows what its person was looking at, so a browser may come back only to one that was opened in its
    /// own session; the framework asks for no more than the circuit's secret.
    /// </summary>
    private static async ValueTask<object?> PassAsync(
        HubInvocationContext invocation, LiveSession session, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        switch (invocation.HubMethodName)
        {
            case "ConnectCircuit" when invocation.HubMethodArguments is not [string secret] || !session.Opened(secret):
                return false;

            // From a store, after its circuit is gone: nothing here is kept in one, the page is simply loaded again.
            case "ResumeCircuit":
                return null;

            case "StartCircuit":
                var started = await next(invocation);
                if (started is string mine)
                {
                    session.Remember(mine);
                }

                return started;

            default:
                return await next(invocation);
        }
    }

    /// <summary>What the browser has sent already still arrives; it is not worth a line each.</summary>
    private void CutOff(Visitor visitor, HubCallerContext connection)
    {
        if (!visitor.IsCutOff)
        {
            visitor.IsCutOff = true;
            FloodCutOff(visitor.Session.Id);
            connection.Abort();
        }
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

    /// <summary>That a rendering arrived, and what the page's script answers: how the page is told that it sleeps, and that it is awake again.</summary>
    private static bool IsAnswer(HubInvocationContext invocation) => invocation.HubMethodName is "OnRenderCompleted" or "EndInvokeJSFromDotNet";

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

    private sealed record Visitor(LiveSession Session, EventBudget Budget)
    {
        public bool IsCutOff { get; set; }
    }
}
