using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Tells a circuit whose it is before its first component renders, keeps the number of a person's tabs in bounds, and
/// ends the circuit's rights when its connection turns out to be somebody else's.
/// </summary>
internal sealed partial class CircuitUserHandler(
    CircuitUser user, AuthenticationStateProvider authentication, LiveSessions live, ILogger<CircuitUserHandler> log) : CircuitHandler
{
    private LiveSession? _session;

    /// <summary>Whose it is, also while they are away.</summary>
    private Guid? Person => user.Id ?? (user.Asleep is null ? null : _session?.Identity.UserId);

    private Guid? _tabOf;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var identity = SessionIdentity.Of(state.User)
            ?? throw new UnauthorizedAccessException("A circuit needs somebody who is signed in.");

        user.Become(identity);
        _session = live.Join(identity, user);
        authentication.AuthenticationStateChanged += Compare;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // Throwing here ends the circuit: a reconnection must not bring an ended session back.
        if (user.HasEnded || Person is not { } id)
        {
            throw new UnauthorizedAccessException("The session of this circuit has ended.");
        }

        if (live.Tabs.TryTake(id))
        {
            _tabOf = id;
        }
        else
        {
            // It opens as nobody's: enough to tell the person, and nothing more.
            TooManyTabs(id, live.Tabs.Most);
            user.BeOneTooMany();
        }

        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_tabOf is { } id)
        {
            _tabOf = null;
            live.Tabs.GiveBack(id);
        }

        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged -= Compare;
        if (_session is not null)
        {
            live.Leave(_session, user);
        }

        return OnConnectionDownAsync(circuit, cancellationToken);
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next)
        => activity => user is { HasEnded: true, IsOneTooMany: false } ? Task.CompletedTask : next(activity);

    /// <summary>
    /// A reconnection brings the principal of the new connection with it. When that is another session's, this circuit
    /// still shows what the first person was looking at: it becomes nobody's.
    /// </summary>
    private void Compare(Task<AuthenticationState> changed) => _ = CompareAsync(changed);

    private async Task CompareAsync(Task<AuthenticationState> changed)
    {
        var now = SessionIdentity.Of((await changed).User);
        if (now is null || now.SessionId != _session?.Id)
        {
            user.BecomeNobody();
        }
        else
        {
            user.Become(now);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused a page to {UserId}: {Most} are connected already.")]
    private partial void TooManyTabs(Guid userId, int most);
}
