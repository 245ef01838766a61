namespace DrAssistant.Data.Encounters;

/// <summary>
/// A vital sign, a piece of social history, an answer to a survey (FHIR Observation). Laboratory values are results
/// of an order, not observations.
/// </summary>
internal sealed class Observation
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    /// <summary>FHIR observation category: vital-signs, social-history, survey, exam, imaging, procedure.</summary>
    public required string Category { get; init; }

    public required string Code { get; init; }

    public required string CodeSystem { get; init; }

    public required string Name { get; init; }

    public decimal? ValueNumber { get; init; }

    public string? ValueText { get; init; }

    /// <summary>UCUM.</summary>
    public string? Unit { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public Guid? RecordedBy { get; init; }

    public RecordStatus Status { get; init; } = RecordStatus.Final;
}

public enum RecordStatus
{
    Preliminary,
    Final,
    Amended,
    EnteredInError,
}
