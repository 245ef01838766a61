using System.Net;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>One sign-in of one person. The browser holds the secret, this row its SHA-256.</summary>
internal sealed class Session
{
    private const int LongestUserAgent = 400;
    private const int LongestReason = 50;

    public required Guid Id { get; init; }

    public required byte[] KeyHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>The absolute end, whatever the activity.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Guid? RevokedBy { get; private set; }

    public string? RevokedReason { get; private set; }

    /// <summary>Sealed, for what the browser keeps of unsaved text (<see cref="DraftKeys"/>).</summary>
    public byte[]? DraftKey { get; init; }

    public static Session Begin(string secret, Guid userId, SignInOrigin origin, DateTimeOffset now, DateTimeOffset end) => new()
    {
        Id = Guid.CreateVersion7(),
        KeyHash = SessionSecret.KeyOf(secret) ?? throw new ArgumentException("Not a session's secret.", nameof(secret)),
        UserId = userId,
        CreatedAt = now,
        LastActivityAt = now,
        ExpiresAt = end,
        IpAddress = IPAddress.TryParse(origin.IpAddress, out var address) ? address : null,
        UserAgent = Cut(origin.UserAgent, LongestUserAgent),
    };

    /// <summary>Ends it for good; a second time changes nothing.</summary>
    public void Revoke(Guid? by, string reason, DateTimeOffset now)
    {
        if (RevokedAt is null)
        {
            (RevokedAt, RevokedBy, RevokedReason) = (now, by, Cut(reason, LongestReason));
        }
    }

    public SessionView ToView(StaffMember person) => new(
        Id, UserId, person.UserName ?? "", person.FullName, person.Role, CreatedAt, LastActivityAt, ExpiresAt, IpAddress?.ToString(), UserAgent);

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
