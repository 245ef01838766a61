using System.Globalization;
using System.Security.Claims;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Security;

/// <summary>Whose request or circuit this is, as claims carry it from the cookie to the circuit.</summary>
internal sealed record SessionIdentity(
    Guid SessionId, Guid UserId, string UserName, string FullName, StaffRole Role, DateTimeOffset ExpiresAt, string? IpAddress, string? UserAgent)
{
    private const string SessionClaim = "session";
    private const string UserNameClaim = "user_name";
    private const string EndClaim = "session_end";
    private const string IpClaim = "ip";
    private const string AgentClaim = "agent";

    public static SessionIdentity For(SessionView session, HttpContext context)
        => new(session.Id, session.UserId, session.UserName, session.FullName, session.Role, session.ExpiresAt, AddressOf(context), AgentOf(context));

    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    public static string? AgentOf(HttpContext context)
        => context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null;

    /// <summary>Who this principal is, or null for nobody.</summary>
    public static SessionIdentity? Of(ClaimsPrincipal? principal)
        => principal?.Identity is { IsAuthenticated: true }
            && Guid.TryParse(principal.FindFirstValue(SessionClaim), out var session)
            && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)
            && RoleOf(principal) is { } role
            && DateTimeOffset.TryParse(principal.FindFirstValue(EndClaim), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end)
                ? new SessionIdentity(
                    session, user, principal.FindFirstValue(UserNameClaim) ?? "", principal.Identity.Name ?? "", role, end, principal.FindFirstValue(IpClaim), principal.FindFirstValue(AgentClaim))
                : null;

    public static StaffRole? RoleOf(ClaimsPrincipal principal)
        => principal.FindFirstValue(ClaimTypes.Role) is { } word ? EnumText.Parse<StaffRole>(word) : null;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims =
        [
            new(SessionClaim, SessionId.ToString()),
            new(ClaimTypes.NameIdentifier, UserId.ToString()),
            new(UserNameClaim, UserName),
            new(ClaimTypes.Name, FullName),
            new(ClaimTypes.Role, EnumText.Of(Role)),
            new(EndClaim, ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        ];
        if (IpAddress is not null)
        {
            claims.Add(new Claim(IpClaim, IpAddress));
        }

        if (UserAgent is not null)
        {
            claims.Add(new Claim(AgentClaim, UserAgent));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    public override string ToString() => $"{nameof(SessionIdentity)} {SessionId}";
}
