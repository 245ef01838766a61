using System.Data.Common;
using System.Security.Claims;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace DrAssistant.Portal.Security;

/// <summary>
/// What pages are told about who is signed in. It asks the session store every half minute, in a scope of its own: the
/// net beneath <see cref="SessionWatch"/>, which ends a circuit within two seconds.
/// </summary>
internal sealed class SessionRevalidation : RevalidatingServerAuthenticationStateProvider
{
    private readonly IServiceScopeFactory _scopes;
    private readonly CircuitUser _user;

    public SessionRevalidation(ILoggerFactory logger, IServiceScopeFactory scopes, CircuitUser user)
        : base(logger)
    {
        (_scopes, _user) = (scopes, user);
        _user.Ended += ShowNobody;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // Whose the circuit is now: after signing in again in place, the state still names the session that was before.
        if (_user.SessionId is not { } session)
        {
            return _user.Asleep is not null;
        }

        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var ends = await scope.ServiceProvider.GetRequiredService<ISessions>().EndsAsync([session], cancellationToken);
            return ends.Count > 0 || _user.SessionId != session;
        }
        catch (ObjectDisposedException)
        {
            // The server is stopping, and takes its circuits with it.
            return false;
        }
        catch (DbException)
        {
            // No answer is not a no. Without the store nothing can be read anyway.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _user.Ended -= ShowNobody;
        base.Dispose(disposing);
    }

    private void ShowNobody(object? sender, EventArgs e) => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
}
