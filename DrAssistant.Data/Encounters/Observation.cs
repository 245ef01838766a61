using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters;

/// <summary>
/// A vital sign, a piece of social history, an answer to a survey (FHIR Observation). Laboratory values are results
/// of an order, not observations.
/// </summary>
internal sealed class Observation
{
    /// <summary>The category of what is measured on the body.</summary>
    public const string VitalSigns = "vital-signs";

    private RecordStatus _status = RecordStatus.Final;

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

    public RecordStatus Status { get => _status; init => _status = value; }

    /// <summary>Shared by what was measured together.</summary>
    public Guid? SetId { get; init; }

    /// <summary>Why a value that was asked about is right.</summary>
    public string? Answer { get; init; }

    /// <summary>The value in error that this one replaces.</summary>
    public Guid? ReplacesId { get; init; }

    /// <summary>What a computed value was computed from.</summary>
    public List<Guid>? DerivedFrom { get; init; }

    public DateTimeOffset? ErrorAt { get; private set; }

    public Guid? ErrorBy { get; private set; }

    public string? ErrorReason { get; private set; }

    /// <summary>It is wrong: from now on it counts nowhere, and it stays.</summary>
    public Refusal? MarkInError(DateTimeOffset now, Guid by, string reason)
    {
        if (Status is RecordStatus.EnteredInError)
        {
            return Refusal.Conflict("This value is marked as entered in error already.");
        }

        (_status, ErrorAt, ErrorBy, ErrorReason) = (RecordStatus.EnteredInError, now, by, reason);
        return null;
    }
}

public enum RecordStatus
{
    Preliminary,
    Final,
    Amended,
    EnteredInError,
}
