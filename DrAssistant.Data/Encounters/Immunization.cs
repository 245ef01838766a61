namespace DrAssistant.Data.Encounters;

/// <summary>A vaccine given, or noted as not given (FHIR Immunization).</summary>
internal sealed class Immunization
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public required string Code { get; init; }

    public required string CodeSystem { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public ImmunizationStatus Status { get; init; } = ImmunizationStatus.Completed;

    public Guid? RecordedBy { get; init; }
}

public enum ImmunizationStatus
{
    Completed,
    NotDone,
    EnteredInError,
}
