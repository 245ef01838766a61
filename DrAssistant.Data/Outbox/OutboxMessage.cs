namespace DrAssistant.Data.Outbox;

/// <summary>
/// A side effect that is owed, written in the transaction of the change that owes it. Ids only: no name, no finding.
/// </summary>
internal sealed class OutboxMessage
{
    public required Guid Id { get; init; }

    /// <summary>What happened, as <c>thing.verb</c>; handlers name the kinds they take.</summary>
    public required string Kind { get; init; }

    public Guid? SubjectId { get; init; }

    public Guid? PatientId { get; init; }

    /// <summary>Further ids and numbers, as JSON.</summary>
    public string Payload { get; init; } = "{}";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset AvailableAt { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public DateTimeOffset? ParkedAt { get; init; }

    public string? LastError { get; init; }
}
