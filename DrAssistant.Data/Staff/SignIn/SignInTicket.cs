namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// The time between the right password and the code. It opens nothing but the question for the code, once, for a few minutes;
/// the browser holds its secret, this row the SHA-256.
/// </summary>
internal sealed class SignInTicket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required byte[] KeyHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Sealed: the secret that is offered to somebody who needs a second factor and has none.</summary>
    public byte[]? Offered { get; init; }

    public void Use(DateTimeOffset now) => UsedAt ??= now;
}
