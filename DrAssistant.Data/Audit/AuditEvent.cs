using System.Net;

namespace DrAssistant.Data.Audit;

/// <summary>
/// One entry of the audit trail: who, what, whose, when, from where, why (after IHE BALP). Ids and field names only;
/// the values before and after a change are ciphertext.
/// </summary>
internal sealed class AuditEvent
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorRole { get; init; }

    public Guid? SessionId { get; init; }

    public required char Action { get; init; }

    /// <summary>What happened, as <c>thing.verb</c>: <c>chart.read</c>, <c>task.complete</c>.</summary>
    public required string Event { get; init; }

    public required string Severity { get; init; }

    public required string Outcome { get; init; }

    public Guid? PatientId { get; init; }

    public List<Guid>? PatientIds { get; init; }

    public string? ResourceType { get; init; }

    public Guid? ResourceId { get; init; }

    public List<string>? Fields { get; init; }

    public byte[]? OldValues { get; init; }

    public byte[]? NewValues { get; init; }

    public string? Reason { get; init; }

    public IPAddress? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public string? TraceId { get; init; }
}
