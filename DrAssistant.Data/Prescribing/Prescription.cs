namespace DrAssistant.Data.Prescribing;

/// <summary>Medicines prescribed in one visit.</summary>
internal sealed class Prescription
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public PrescriptionStatus Status { get; init; } = PrescriptionStatus.Draft;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public DateOnly? ValidUntil { get; init; }

    public Guid? PharmacyId { get; init; }

    public string? Notes { get; init; }

    public string? CancelReason { get; init; }

    public Guid? ReplacesId { get; init; }

    public List<PrescriptionItem> Items { get; init; } = [];
}

/// <summary>One medicine of a prescription, as it is printed.</summary>
internal sealed class PrescriptionItem
{
    public required Guid Id { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    public required string MedicationName { get; init; }

    public string? MedicationCode { get; init; }

    public string? CodeSystem { get; init; }

    public required string Dosage { get; init; }

    public required string Frequency { get; init; }

    public string? Duration { get; init; }

    public string? Quantity { get; init; }

    public int? Refills { get; init; }

    public string? Instructions { get; init; }

    /// <summary>The last day of the course, where it is known.</summary>
    public DateOnly? EndsOn { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

public enum PrescriptionStatus
{
    Draft,
    Signed,
    Sent,
    Dispensed,
    Cancelled,
}
