namespace DrAssistant.Data.Patients;

/// <summary>Who a patient is, without a clinical fact; every member of staff may read it. Written by a trigger only.</summary>
internal sealed class PatientName
{
    public required Guid PatientId { get; init; }

    public string? Mrn { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public bool DateOfBirthEstimated { get; init; }

    public required Gender Gender { get; init; }

    public required PatientStatus Status { get; init; }

    public bool Deceased { get; init; }

    /// <summary>The record that this one leads to when it is merged, at the end of the way; otherwise itself.</summary>
    public Guid SurvivorId { get; init; }
}
