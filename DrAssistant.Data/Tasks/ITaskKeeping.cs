using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Tasks;

/// <summary>The one door through which tasks come into being and change. Whoever is concerned by a change sees it live.</summary>
public interface ITaskKeeping
{
    /// <summary>One task with everything about it, for the dialog.</summary>
    Task<Result<TaskLine>> OpenAsync(Guid taskId, CancellationToken cancellation);

    /// <summary>Whom a task can be given to: everybody who works here, by role and name.</summary>
    Task<Result<IReadOnlyList<TaskPerson>>> PeopleAsync(CancellationToken cancellation);

    Task<Result<TaskLine>> AddAsync(TaskDraft draft, CancellationToken cancellation);

    /// <summary>Changes what a task says. Patient and visit stay: a task about another patient is another task.</summary>
    /// <param name="taskId">Which.</param>
    /// <param name="version">The version that the person saw when they began.</param>
    /// <param name="draft">As it shall be.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<Result<TaskLine>> EditAsync(Guid taskId, uint version, TaskDraft draft, CancellationToken cancellation);

    /// <summary>One act upon one task or several. What cannot be done is told beside what was; a single refusal is the answer itself.</summary>
    Task<Result<TaskOutcome>> ActAsync(IReadOnlyList<Guid> taskIds, TaskAct act, CancellationToken cancellation);

    /// <summary>Takes one's last act back, unless somebody has changed the tasks since.</summary>
    Task<Result<TaskOutcome>> UndoAsync(IReadOnlyList<TaskBefore> before, CancellationToken cancellation);
}

/// <summary>What a person writes down for a task.</summary>
public sealed record TaskDraft
{
    public string Title { get; init; } = "";

    public string? Description { get; init; }

    public Guid? PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    public TaskAssignee Assignee { get; init; } = TaskAssignee.Nobody;

    public TaskPriority Priority { get; init; } = TaskPriority.Medium;

    public DateTimeOffset? DueDate { get; init; }

    public TaskType Type { get; init; } = TaskType.Other;

    public override string ToString() => nameof(TaskDraft);
}

public sealed record TaskPerson(Guid Id, string FullName, StaffRole Role);

public enum TaskDeed
{
    Complete,
    Reopen,
    Cancel,
    Snooze,
    Give,
}

/// <summary>An act upon tasks; <see cref="Until"/> belongs to putting off, <see cref="To"/> to giving.</summary>
public sealed record TaskAct(TaskDeed Deed)
{
    public DateTimeOffset? Until { get; init; }

    public TaskAssignee? To { get; init; }
}

/// <summary>What an act did: the tasks as they are, as they were, and which it could not be done to, with the reason.</summary>
public sealed record TaskOutcome(IReadOnlyList<TaskLine> Changed, IReadOnlyList<TaskBefore> Before, IReadOnlyList<Refusal> Refused);

/// <summary>A task before an act, and the version after it: taken back only while nobody else has touched it.</summary>
public sealed record TaskBefore(
    Guid Id, uint Version, ClinicTaskStatus Status, DateTimeOffset? CompletedAt, DateTimeOffset? SnoozedUntil, TaskAssignee Assignee);
