using DrAssistant.Data.Common;

namespace DrAssistant.Data.Tasks;

/// <summary>Work for a person: pending -> in progress -> completed or cancelled, and open again.</summary>
internal sealed class ClinicTask
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public Guid? AssignedTo { get; init; }

    public required Guid CreatedBy { get; init; }

    public Guid? PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public DateTimeOffset? DueDate { get; init; }

    public TaskPriority Priority { get; init; } = TaskPriority.Medium;

    public ClinicTaskStatus Status { get; private set; } = ClinicTaskStatus.Pending;

    public required TaskType TaskType { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public Refusal? Complete(DateTimeOffset now)
    {
        if (Status is ClinicTaskStatus.Completed or ClinicTaskStatus.Cancelled)
        {
            return Refusal.Conflict($"This task is already {EnumText.Of(Status)}.");
        }

        (Status, CompletedAt) = (ClinicTaskStatus.Completed, now);
        return null;
    }

    public Refusal? Reopen()
    {
        if (Status is ClinicTaskStatus.Pending or ClinicTaskStatus.InProgress)
        {
            return Refusal.Conflict("This task is open already.");
        }

        (Status, CompletedAt) = (ClinicTaskStatus.Pending, null);
        return null;
    }
}

public enum TaskPriority
{
    Low,
    Medium,
    High,
    Urgent,
}

public enum ClinicTaskStatus
{
    Pending,
    InProgress,
    Completed,
    Cancelled,
}

public enum TaskType
{
    Documentation,
    Review,
    FollowUp,
    Referral,
    Order,
    Other,
}
