using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Tasks;

/// <summary>Work for a person or for whoever of a role comes first: pending -> in progress -> completed or cancelled, and open again.</summary>
internal sealed class ClinicTask
{
    public required Guid Id { get; init; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    public Guid? AssignedTo { get; set; }

    /// <summary>Whoever has this role; never together with a person.</summary>
    public StaffRole? AssignedRole { get; set; }

    public required Guid CreatedBy { get; init; }

    /// <summary>Who touched it last; the database writes it down.</summary>
    public Guid? ChangedBy { get; init; }

    public Guid? PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public DateTimeOffset? DueDate { get; set; }

    /// <summary>Until then it is in nobody's list; afterwards it is back by itself.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    public TaskPriority Priority { get; set; } = TaskPriority.Medium;

    public ClinicTaskStatus Status { get; private set; } = ClinicTaskStatus.Pending;

    public required TaskType TaskType { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; private set; }

    internal bool IsOpen => Status is ClinicTaskStatus.Pending or ClinicTaskStatus.InProgress;

    public Refusal? Complete(DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return Refusal.Conflict($"This task is already {EnumText.Of(Status)}.");
        }

        (Status, CompletedAt, SnoozedUntil) = (ClinicTaskStatus.Completed, now, null);
        return null;
    }

    public Refusal? Cancel()
    {
        if (!IsOpen)
        {
            return Refusal.Conflict($"This task is already {EnumText.Of(Status)}.");
        }

        (Status, SnoozedUntil) = (ClinicTaskStatus.Cancelled, null);
        return null;
    }

    public Refusal? Reopen()
    {
        if (IsOpen)
        {
            return Refusal.Conflict("This task is open already.");
        }

        (Status, CompletedAt) = (ClinicTaskStatus.Pending, null);
        return null;
    }

    /// <summary>Puts it off, for a year at most: longer is forgotten.</summary>
    public Refusal? Snooze(DateTimeOffset until, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return Refusal.Conflict($"This task is already {EnumText.Of(Status)}.");
        }

        if (until <= now || until > now.AddDays(366))
        {
            return Refusal.Invalid("Put it off until a time within a year from now.", nameof(until));
        }

        SnoozedUntil = until;
        return null;
    }

    /// <summary>For another person or role. Whoever gets it sees it at once, also if it was put off by the one before.</summary>
    public Refusal? Give(TaskAssignee to)
    {
        if (!IsOpen)
        {
            return Refusal.Conflict($"This task is already {EnumText.Of(Status)}.");
        }

        if (to.Person is not null && to.Role is not null)
        {
            return Refusal.Invalid("A task is for a person or for a role, not for both.", nameof(to));
        }

        (AssignedTo, AssignedRole, SnoozedUntil) = (to.Person, to.Role, null);
        return null;
    }

    /// <summary>As it was before one's own last act.</summary>
    public void Restore(TaskBefore before)
        => (Status, CompletedAt, SnoozedUntil, AssignedTo, AssignedRole)
            = (before.Status, before.CompletedAt, before.SnoozedUntil, before.Assignee.Person, before.Assignee.Role);
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
