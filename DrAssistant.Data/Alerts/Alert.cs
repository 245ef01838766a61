namespace DrAssistant.Data.Alerts;

/// <summary>Something one person must know.</summary>
internal sealed class Alert
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public Guid? PatientId { get; init; }

    public required AlertType AlertType { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    public bool IsRead { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; private set; }

    public string? Source { get; init; }

    public Guid? SourceId { get; init; }

    public string? ActionUrl { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>How often it was raised while it was unread.</summary>
    public int Times { get; init; } = 1;

    /// <summary>When it was raised again.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Reading a critical alert does not settle it; acknowledging does.</summary>
    public void Acknowledge(DateTimeOffset now)
    {
        AcknowledgedAt ??= now;
        ReadAt ??= now;
        IsRead = true;
    }
}

public enum AlertType
{
    LabResult,
    Medication,
    Appointment,
    Task,
    System,
    Other,
}

public enum AlertSeverity
{
    Low,
    Medium,
    High,
    Critical,
}
