using DrAssistant.Data.Staff.SignIn;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Asks once a second, and at once when a portal says that one has ended, which of the sessions that are open here have ended, in one question for all of them, and ends
/// their circuits: the person becomes nobody at once, the page is sent to the sign-in page, and the connection is cut.
/// </summary>
internal sealed partial class SessionWatch(
    LiveSessions live, IServiceScopeFactory scopes, ISessionNews news, TimeProvider time, ILogger<SessionWatch> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Long enough for the page to be told where to go, short enough for a browser that does not go.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        using var heard = new SemaphoreSlim(0);
        void Wake(object? sender, EventArgs e) => heard.Release();
        news.Heard += Wake;
        try
        {
            var (tick, word) = (timer.WaitForNextTickAsync(stoppingToken).AsTask(), heard.WaitAsync(stoppingToken));
            while (!stoppingToken.IsCancellationRequested)
            {
                await await Task.WhenAny(tick, word);
                tick = tick.IsCompleted ? timer.WaitForNextTickAsync(stoppingToken).AsTask() : tick;
                word = word.IsCompleted ? heard.WaitAsync(stoppingToken) : word;
                await LookOnceAsync(stoppingToken);
            }
        }
        finally
        {
            news.Heard -= Wake;
        }
    }

    private async Task LookOnceAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The store is away; whoever is signed in stays, and the next look may succeed.
            LookFailed(e.GetType().Name);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var open = live.All.Select(session => (Session: session, session.Id)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var ends = await scope.ServiceProvider.GetRequiredService<ISessions>().EndsAsync([.. open.Select(o => o.Id)], cancellation);
        foreach (var (session, id) in open)
        {
            if (session.IsWaking || session.Id != id)
            {
                // Somebody is signing in again: the answer is about what was before.
                continue;
            }

            if (!ends.TryGetValue(id, out var end))
            {
                End(id);
            }
            else if (end <= time.GetUtcNow())
            {
                Sleep(session);
            }
            else
            {
                Tell(id, circuit => circuit.EndAt(end));
            }
        }
    }

    /// <summary>Each connection stays: there is nothing to come back by once it is cut, as its cookie opens nothing any more.</summary>
    private void Sleep(LiveSession session)
    {
        if (session.Sleep() is { } key)
        {
            Tell(session.Id, circuit => circuit.FallAsleep(key));
            FellAsleep(session.Id);
        }
    }

    private void End(Guid sessionId)
    {
        var (circuits, connections) = live.End(sessionId);
        Tell(sessionId, circuit => circuit.BecomeNobody(), circuits);
        CircuitsEnded(sessionId, circuits.Count);
        _ = CutAsync(connections);
    }

    private void Tell(Guid sessionId, Action<CircuitUser> tell, IReadOnlyList<CircuitUser>? circuits = null)
    {
        foreach (var circuit in circuits ?? live.CircuitsOf(sessionId))
        {
            try
            {
                tell(circuit);
            }
            catch (Exception e)
            {
                // One page that cannot be told must not keep the others from being told.
                PageNotTold(sessionId, e.GetType().Name);
            }
        }
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

    [LoggerMessage(LogLevel.Information, "Nothing was done in session {SessionId} for too long: its pages wait for its person.")]
    private partial void FellAsleep(Guid sessionId);

    [LoggerMessage(LogLevel.Warning, "A page of session {SessionId} could not be told when it ends: {Error}.")]
    private partial void PageNotTold(Guid sessionId, string error);

    [LoggerMessage(LogLevel.Warning, "Could not ask which sessions have ended: {Error}.")]
    private partial void LookFailed(string error);
}
