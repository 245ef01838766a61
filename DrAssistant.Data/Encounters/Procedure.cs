namespace DrAssistant.Data.Encounters;

/// <summary>Something done to or for the patient (FHIR Procedure).</summary>
internal sealed class Procedure
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public string? Code { get; init; }

    public string? CodeSystem { get; init; }

    public required string Name { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ProcedureStatus Status { get; init; } = ProcedureStatus.Completed;

    public Guid? RecordedBy { get; init; }
}

public enum ProcedureStatus
{
    Completed,
    NotDone,
    Stopped,
    EnteredInError,
}
