namespace DrAssistant.Data.Scheduling.Display;

/// <summary>One screen's right to read tokens. The screen holds a secret; here is only its SHA-256.</summary>
internal sealed class DisplayLink
{
    public required Guid Id { get; init; }

    /// <summary>Where it hangs: "Ground floor".</summary>
    public required string Name { get; init; }

    public required byte[] KeyHash { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Guid? RevokedBy { get; private set; }

    /// <summary>The screen reads nothing from here on. Said twice is said once.</summary>
    public void Revoke(Guid by, DateTimeOffset now) => (RevokedAt, RevokedBy) = (RevokedAt ?? now, RevokedBy ?? by);
}
