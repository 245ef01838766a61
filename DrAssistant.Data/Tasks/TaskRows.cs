using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

/// <summary>Tasks with the names that belong to them, and how they are shown. A patient's name is there for whom row-level security shows it.</summary>
internal static class TaskRows
{
    public static IQueryable<Row> Of(ClinicDb db)
        => from task in db.Tasks
           join name in db.PatientNames on task.PatientId equals (Guid?)name.PatientId into names
           from name in names.DefaultIfEmpty()
           join assignee in db.Users on task.AssignedTo equals (Guid?)assignee.Id into assignees
           from assignee in assignees.DefaultIfEmpty()
           join creator in db.Users on task.CreatedBy equals creator.Id
           select new Row { Task = task, Patient = name, Assignee = assignee.FullName, Creator = creator.FullName, Version = EF.Property<uint>(task, "xmin") };

    /// <summary>What is urgent first, then what is late, then the rest; in each by priority and by when it is due.</summary>
    public static IQueryable<Row> ByUrgency(this IQueryable<Row> rows, DateTimeOffset now)
        => rows
            .OrderBy(l => Rank(l.Task.Priority, l.Task.DueDate, now))
            .ThenBy(l => l.Task.DueDate == null).ThenBy(l => l.Task.DueDate).ThenBy(l => l.Task.Id);

    /// <summary>The database's <c>task_rank</c>, which the dashboard and the patient's essentials ask too; only within a query.</summary>
    public static int Rank(TaskPriority priority, DateTimeOffset? due, DateTimeOffset at) => throw new InvalidOperationException($"{priority}, {due}, {at}: asked outside a query.");

    /// <summary>Open for this person or for whoever has their role, and not put off.</summary>
    public static IQueryable<Row> WaitingFor(this IQueryable<Row> rows, Guid person, StaffRole? role, DateTimeOffset now)
        => rows.For(person, role).Open().Where(l => l.Task.SnoozedUntil == null || l.Task.SnoozedUntil <= now);

    public static IQueryable<Row> For(this IQueryable<Row> rows, Guid person, StaffRole? role)
        => rows.Where(l => l.Task.AssignedTo == person || (role != null && l.Task.AssignedRole == role));

    public static IQueryable<Row> Open(this IQueryable<Row> rows)
        => rows.Where(l => l.Task.Status == ClinicTaskStatus.Pending || l.Task.Status == ClinicTaskStatus.InProgress);

    /// <summary>As lists show it.</summary>
    /// <param name="row">What was read.</param>
    /// <param name="version">The row's version, where it was changed since it was read.</param>
    /// <param name="visits">Whether the reader may open visits.</param>
    public static TaskLine View(Row row, uint version, bool visits) => new(
        row.Task.Id, row.Task.Title, row.Task.PatientId,
        row.Patient is null ? null : new PersonName(row.Patient.FirstName, row.Patient.LastName),
        row.Task.DueDate, row.Task.Priority, row.Task.Status)
    {
        Assignee = new TaskAssignee(row.Task.AssignedTo, row.Task.AssignedRole),
        AssigneeName = row.Assignee,
        CreatedBy = row.Task.CreatedBy,
        CreatedByName = row.Creator,
        SnoozedUntil = row.Task.SnoozedUntil,
        Type = row.Task.TaskType,
        EncounterId = visits ? row.Task.EncounterId : null,
        Description = row.Task.Description,
        Version = version,
    };

    internal sealed class Row
    {
        public required ClinicTask Task { get; init; }

        public PatientName? Patient { get; init; }

        public string? Assignee { get; init; }

        public required string Creator { get; init; }

        public required uint Version { get; init; }
    }
}
