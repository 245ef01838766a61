using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Tasks;

/// <summary>The one door to lists of tasks, and to ticking one off. Every method checks permission, audits, and honours row-level security.</summary>
public interface ITaskList
{
    /// <summary>What is open for the signed-in person or their role and not put off: the most urgent first, then by when it is due.</summary>
    Task<Result<IReadOnlyList<TaskLine>>> MineAsync(CancellationToken cancellation);

    /// <summary>One of the lists of the page of tasks, in the same order; what is closed, the latest first.</summary>
    Task<Result<IReadOnlyList<TaskLine>>> ListAsync(TaskQuestion question, CancellationToken cancellation);

    Task<Result<TaskLine>> CompleteAsync(Guid taskId, CancellationToken cancellation);

    Task<Result<TaskLine>> ReopenAsync(Guid taskId, CancellationToken cancellation);
}

/// <summary>Which list: whose, in which state, and with which words in the title or the patient's name.</summary>
public sealed record TaskQuestion(TaskTab Tab, TaskState State = TaskState.Open, string? Words = null)
{
    public override string ToString() => $"{nameof(TaskQuestion)} {Tab} {State}";
}

public enum TaskTab
{
    /// <summary>For me, or for whoever has my role.</summary>
    Mine,

    /// <summary>All that I may see: of my role, of my patients, and what I asked of others.</summary>
    Team,

    CreatedByMe,

    /// <summary>Of the team's, what should have been done already.</summary>
    Overdue,
}

public enum TaskState
{
    Open,
    Snoozed,
    Closed,
}

/// <summary>Whom a task is for: a person, a role, or nobody yet.</summary>
public sealed record TaskAssignee(Guid? Person, StaffRole? Role)
{
    public static TaskAssignee Nobody { get; } = new(null, null);
}

/// <summary>A task as lists show it.</summary>
public sealed record TaskLine(
    Guid Id, string Title, Guid? PatientId, PersonName? Patient, DateTimeOffset? DueDate, TaskPriority Priority, ClinicTaskStatus Status)
{
    public TaskAssignee Assignee { get; init; } = TaskAssignee.Nobody;

    /// <summary>The person's name, where it is for a person.</summary>
    public string? AssigneeName { get; init; }

    public Guid CreatedBy { get; init; }

    public string? CreatedByName { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public TaskType Type { get; init; } = TaskType.Other;

    /// <summary>The visit that it came from, for who may open one.</summary>
    public Guid? EncounterId { get; init; }

    public string? Description { get; init; }

    /// <summary>What was shown; a change of something else is refused.</summary>
    public uint Version { get; init; }

    public override string ToString() => $"{nameof(TaskLine)} {Id}";
}
