namespace DrAssistant.Data.Patients;

/// <summary>What a patient must not be given or meet (FHIR AllergyIntolerance).</summary>
internal sealed class Allergy
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public required string Substance { get; set; }

    public string? Code { get; init; }

    public string? CodeSystem { get; init; }

    /// <summary>food, medication, environment or biologic (FHIR).</summary>
    public string? Category { get; set; }

    public string? Reaction { get; set; }

    public AllergySeverity? Severity { get; set; }

    public AllergyStatus Status { get; set; } = AllergyStatus.Active;

    public required DateTimeOffset RecordedAt { get; init; }

    public Guid? RecordedBy { get; init; }
}

public enum AllergySeverity
{
    Mild,
    Moderate,
    Severe,
}

public enum AllergyStatus
{
    Active,
    Inactive,
    EnteredInError,
}
