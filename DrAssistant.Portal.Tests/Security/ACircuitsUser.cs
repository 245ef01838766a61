using System.Security.Claims;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;

namespace DrAssistant.Portal.Tests.Security;

public sealed class ACircuitsUser
{
    private static readonly SessionIdentity Meera = Somebody("Meera Iyer", StaffRole.Doctor);

    [Fact]
    public void is_nobody_before_and_after_the_session()
    {
        var user = new CircuitUser();
        Assert.Equal((null, null, false), (user.Id, user.Role, user.Can(Permissions.ReadAlerts)));

        user.Become(Meera);
        Assert.Equal((Meera.UserId, StaffRole.Doctor, Meera.SessionId, "192.0.2.7"), (user.Id, user.Role, user.SessionId, user.IpAddress));
        Assert.True(user.Can(Permissions.SignNotes));
        Assert.False(user.Can(Permissions.ManageUsers));

        var told = 0;
        user.Ended += (_, _) => told++;
        user.BecomeNobody();
        user.BecomeNobody();
        user.Become(Meera);
        Assert.Equal((null, null, null, false), (user.Id, user.SessionId, user.FullName, user.Can(Permissions.SignNotes)));
        Assert.Equal((1, true), (told, user.HasEnded));
    }

    [Fact]
    public void carries_over_in_claims_without_loss()
    {
        var carried = SessionIdentity.Of(Meera.ToPrincipal(SessionAuthenticationHandler.SchemeName));

        Assert.Equal(Meera, carried);
        Assert.Null(SessionIdentity.Of(new ClaimsPrincipal(new ClaimsIdentity())));
        Assert.Null(SessionIdentity.Of(new ClaimsPrincipal(new ClaimsIdentity(Meera.ToPrincipal("x").Claims))));
        Assert.DoesNotContain("Meera", Meera.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task becomes_nobody_when_the_circuit_turns_out_to_be_somebody_elses()
    {
        var (user, live, authentication) = (new CircuitUser(), new LiveSessions(TimeProvider.System), new Switching(Meera));
        var handler = new CircuitUserHandler(user, authentication, live, NullLogger<CircuitUserHandler>.Instance);
        await handler.OnCircuitOpenedAsync(null!, CancellationToken.None);
        Assert.Equal(Meera.UserId, user.Id);

        authentication.SwitchTo(Meera with { IpAddress = "192.0.2.8" });
        Assert.Equal((Meera.UserId, "192.0.2.8"), (user.Id, user.IpAddress));

        authentication.SwitchTo(Somebody("Arun Rao", StaffRole.Admin));
        Assert.True(user.HasEnded);
        Assert.Null(user.Id);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => handler.OnConnectionUpAsync(null!, CancellationToken.None));

        await handler.OnCircuitClosedAsync(null!, CancellationToken.None);
        Assert.Empty(live.All);
    }

    [Fact]
    public void goes_on_in_a_new_session_of_the_same_person_and_of_nobody_else()
    {
        var (user, live) = (new CircuitUser(), new LiveSessions(TimeProvider.System));
        user.Become(Meera);
        var session = live.Join(Meera, user);
        var key = session.Sleep()!;
        user.FallAsleep(key);

        Assert.False(live.GoOn(session, Somebody("Arun Rao", StaffRole.Doctor)));
        Assert.Equal((true, Meera.SessionId), (session.IsAsleep, Assert.Single(live.All).Id));

        var again = Meera with { SessionId = Guid.CreateVersion7() };
        Assert.True(live.GoOn(session, again));
        Assert.Equal((false, again.SessionId), (session.IsAsleep, Assert.Single(live.All).Id));
        Assert.Null(live.Asleep(key));
    }

    private static SessionIdentity Somebody(string name, StaffRole role) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), "user.name", name, role, new DateTimeOffset(2026, 11, 5, 15, 30, 0, TimeSpan.Zero), "192.0.2.7", "A browser");

    private sealed class Switching(SessionIdentity identity) : AuthenticationStateProvider
    {
        private SessionIdentity _identity = identity;

        public override Task<AuthenticationState> GetAuthenticationStateAsync()
            => Task.FromResult(new AuthenticationState(_identity.ToPrincipal(SessionAuthenticationHandler.SchemeName)));

        public void SwitchTo(SessionIdentity to)
        {
            _identity = to;
            NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
        }
    }
}
