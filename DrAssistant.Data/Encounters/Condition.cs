namespace DrAssistant.Data.Encounters;

/// <summary>An entry of the problem list (FHIR Condition).</summary>
internal sealed class Condition
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public string? Code { get; init; }

    public string? CodeSystem { get; init; }

    public required string Name { get; init; }

    public ConditionStatus Status { get; set; } = ConditionStatus.Active;

    public DateTimeOffset? OnsetAt { get; init; }

    public DateTimeOffset? AbatedAt { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }

    public Guid? RecordedBy { get; init; }
}

public enum ConditionStatus
{
    Active,
    Inactive,
    Resolved,
    EnteredInError,
}
