using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Tasks;

/// <summary>The one door to tasks. Every method checks permission, audits, and honours row-level security.</summary>
public interface ITaskList
{
    /// <summary>The signed-in person's open tasks: the most urgent first, then by when they are due.</summary>
    Task<Result<IReadOnlyList<TaskLine>>> MineAsync(CancellationToken cancellation);

    Task<Result<TaskLine>> CompleteAsync(Guid taskId, CancellationToken cancellation);

    Task<Result<TaskLine>> ReopenAsync(Guid taskId, CancellationToken cancellation);
}

/// <summary>A task as lists show it.</summary>
public sealed record TaskLine(
    Guid Id, string Title, Guid? PatientId, PersonName? Patient, DateTimeOffset? DueDate, TaskPriority Priority, ClinicTaskStatus Status)
{
    public override string ToString() => $"{nameof(TaskLine)} {Id}";
}
