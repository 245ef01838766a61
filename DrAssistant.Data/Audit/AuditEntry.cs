namespace DrAssistant.Data.Audit;

/// <summary>
/// What a service says about its act; who, when and from where are added by <see cref="AuditTrail"/>.
/// Field names and ids only: no name, no finding.
/// </summary>
internal sealed record AuditEntry(AuditAction Action, string Event)
{
    public Guid? PatientId { get; init; }

    /// <summary>The patients shown by a query that shows more than one.</summary>
    public IReadOnlyCollection<Guid>? PatientIds { get; init; }

    public string? ResourceType { get; init; }

    public Guid? ResourceId { get; init; }

    /// <summary>The fields that changed, with their values before and after; the values are stored encrypted.</summary>
    public IReadOnlyCollection<FieldChange> Changes { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>The session that the act began; otherwise the one it was done in counts.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Where a sign-in comes from: nobody is signed in yet who could be asked.</summary>
    public AuditOrigin? Origin { get; init; }

    public string Severity { get; init; } = "low";

    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;
}

/// <summary>An address and a browser.</summary>
internal sealed record AuditOrigin(string? IpAddress, string? UserAgent);

internal sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>The letters of an IHE audit event.</summary>
internal enum AuditAction
{
    Create,
    Read,
    Update,
    Delete,
    Execute,
}

internal enum AuditOutcome
{
    Done,
    Refused,
    Failed,
}
