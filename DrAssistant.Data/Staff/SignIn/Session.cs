using System.Net;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>One sign-in of one person. The browser holds the secret, this row its SHA-256.</summary>
internal sealed class Session
{
    public required Guid Id { get; init; }

    public required byte[] KeyHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastActivityAt { get; set; }

    /// <summary>The absolute end, whatever the activity.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public Guid? RevokedBy { get; set; }

    public string? RevokedReason { get; set; }
}
