using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Allergies;

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

    public AllergyType Type { get; set; }

    public string? Reaction { get; set; }

    public AllergySeverity? Severity { get; set; }

    public AllergyStatus Status { get; set; } = AllergyStatus.Active;

    public required DateTimeOffset RecordedAt { get; init; }

    public Guid? RecordedBy { get; init; }

    /// <summary>When it was taken off the list.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public Guid? EndedBy { get; private set; }

    public string? EndedReason { get; private set; }

    public void Revise(AllergyType type, AllergyCategory? category, string? reaction, AllergySeverity? severity)
        => (Type, Category, Reaction, Severity) = (type, category is { } c ? EnumText.Of(c) : null, reaction, severity);

    /// <summary>It holds no longer, or never did. It stays.</summary>
    public Refusal? End(AllergyStatus to, DateTimeOffset now, Guid by, string reason)
    {
        // What is inactive can still turn out to be an error; an error is never anything else again.
        if (Status is AllergyStatus.EnteredInError || Status == to)
        {
            return Refusal.Conflict(Status is AllergyStatus.Inactive ? "This allergy is off the list already." : "This allergy is marked as entered in error already.");
        }

        (Status, EndedAt, EndedBy, EndedReason) = (to, now, by, reason);
        return null;
    }
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
