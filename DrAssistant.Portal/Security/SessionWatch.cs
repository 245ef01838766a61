using DrAssistant.Data.Staff.SignIn;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Asks once a second which of the sessions that are open here have ended, in one question for all of them, and ends
/// their circuits: the person becomes nobody at once, the page is sent to the sign-in page, and the connection is cut.
/// </summary>
internal sealed partial class SessionWatch(LiveSessions live, IServiceScopeFactory scopes, TimeProvider time, ILogger<SessionWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Long enough for the page to be told where to go, short enough for a browser that does not go.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store is away; whoever is signed in stays, and the next look may succeed.
                LookFailed(e.GetType().Name);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var open = live.All.Select(session => session.Id).ToList();
        if (open.Count == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        foreach (var session in await scope.ServiceProvider.GetRequiredService<ISessions>().EndedAsync(open, cancellation))
        {
            End(session);
        }
    }

    private void End(Guid sessionId)
    {
        var (circuits, connections) = live.End(sessionId);
        foreach (var circuit in circuits)
        {
            try
            {
                circuit.BecomeNobody();
            }
            catch (Exception e)
            {
                // One page that cannot be told must not keep the others from being ended.
                PageNotTold(sessionId, e.GetType().Name);
            }
        }

        CircuitsEnded(sessionId, circuits.Count);
        _ = CutAsync(connections);
    }

    private async Task CutAsync(IReadOnlyList<HubCallerContext> connections)
    {
        await Task.Delay(Grace, time);
        foreach (var connection in connections)
        {
            connection.Abort();
        }

        // Abort says goodbye and waits for the browser's answer; one that does not answer is cut off without it.
        await Task.Delay(Grace, time);
        foreach (var connection in connections)
        {
            connection.Features.Get<IConnectionLifetimeFeature>()?.Abort();
        }
    }

    [LoggerMessage(LogLevel.Information, "Session {SessionId} has ended: closed its {Count} circuits here.")]
    private partial void CircuitsEnded(Guid sessionId, int count);

    [LoggerMessage(LogLevel.Warning, "A page of session {SessionId} could not be told that it ended: {Error}.")]
    private partial void PageNotTold(Guid sessionId, string error);

    [LoggerMessage(LogLevel.Warning, "Could not ask which sessions have ended: {Error}.")]
    private partial void LookFailed(string error);
}
