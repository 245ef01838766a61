namespace DrAssistant.Data.Encounters;

/// <summary>A visit that took place or is taking place.</summary>
internal sealed class Encounter
{
    public required Guid Id { get; init; }

    public Guid? AppointmentId { get; init; }

    public required Guid DoctorId { get; init; }

    public required Guid PatientId { get; init; }

    public required EncounterType EncounterType { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string? ChiefComplaint { get; set; }

    public EncounterStatus Status { get; init; } = EncounterStatus.InProgress;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

public enum EncounterStatus
{
    InProgress,
    Completed,
    Cancelled,
}

public enum EncounterType
{
    OfficeVisit,
    Telemedicine,
    Emergency,
    HomeVisit,
}
