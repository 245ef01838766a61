using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>The right to set a person's password once. Whoever holds the secret is that person; here is only its SHA-256.</summary>
internal sealed class AccountLink
{
    /// <summary>Long enough for a weekend, too short to lie in a mailbox.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required byte[] KeyHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static AccountLink Issue(string secret, Guid userId, Guid? by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        UserId = userId,
        KeyHash = SessionSecret.KeyOf(secret) ?? throw new ArgumentException("Not a link's secret.", nameof(secret)),
        CreatedAt = now,
        CreatedBy = by,
        ExpiresAt = now + Lifetime,
    };

    public void Use(DateTimeOffset now) => UsedAt ??= now;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
