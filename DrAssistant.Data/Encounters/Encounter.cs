using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters;

/// <summary>A visit that took place or is taking place: in progress, then completed or cancelled.</summary>
internal sealed class Encounter
{
    private EncounterStatus _status = EncounterStatus.InProgress;
    private DateTimeOffset? _endTime;

    public required Guid Id { get; init; }

    public Guid? AppointmentId { get; init; }

    public required Guid DoctorId { get; init; }

    public required Guid PatientId { get; init; }

    public required EncounterType EncounterType { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public DateTimeOffset? EndTime { get => _endTime; init => _endTime = value; }

    public string? ChiefComplaint { get; set; }

    public EncounterStatus Status { get => _status; init => _status = value; }

    public string? CancelReason { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The visit is over.</summary>
    public Refusal? Complete(DateTimeOffset now) => End(EncounterStatus.Completed, now);

    /// <summary>It should not have been started.</summary>
    public Refusal? Cancel(DateTimeOffset now, string reason)
    {
        if (End(EncounterStatus.Cancelled, now) is { } refusal)
        {
            return refusal;
        }

        CancelReason = reason;
        return null;
    }

    /// <summary>What the patient comes for, as it turns out to be.</summary>
    public Refusal? Revise(string? complaint)
    {
        if (Status is not EncounterStatus.InProgress)
        {
            return Over();
        }

        ChiefComplaint = complaint;
        return null;
    }

    // Two servers' clocks may differ by a moment; nothing ends before it began.
    private Refusal? End(EncounterStatus status, DateTimeOffset now)
    {
        if (Status is not EncounterStatus.InProgress)
        {
            return Over();
        }

        (_status, _endTime) = (status, now < StartTime ? StartTime : now);
        return null;
    }

    private Refusal Over() => Refusal.Conflict($"This visit is {EnumText.Of(Status)} already.");
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
