using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

internal sealed class TaskKeepingService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, TaskChanging changing, TaskRules rules, TimeProvider time) : ITaskKeeping
{
    /// <summary>At once: as many as a page shows.</summary>
    private const int MostAtOnce = 100;

    public async Task<Result<TaskLine>> OpenAsync(Guid taskId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadTasks))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await ReadAsync(db, taskId, cancellation) is not { } line)
        {
            return Refusal.NotFound("Task");
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "task.read") { PatientId = line.PatientId, ResourceType = "task", ResourceId = taskId });
        await db.SaveChangesAsync(cancellation);
        return line;
    }

    public async Task<Result<IReadOnlyList<TaskPerson>>> PeopleAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var people = await db.Users.Where(u => u.Status == StaffStatus.Active)
            .Select(u => new TaskPerson(u.Id, u.FullName, u.Role)).Take(500).ToListAsync(cancellation);
        return people.OrderBy(p => p.Role).ThenBy(p => p.FullName, StringComparer.Ordinal).ToList();
    }

    public async Task<Result<TaskLine>> AddAsync(TaskDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await rules.RefusalAsync(db, draft, before: null, cancellation) is { } refusal)
        {
            return refusal;
        }

        var task = new ClinicTask
        {
            Id = Guid.CreateVersion7(),
            Title = TaskRules.Title(draft),
            Description = TaskRules.Description(draft),
            AssignedTo = draft.Assignee.Person,
            AssignedRole = draft.Assignee.Role,
            CreatedBy = person,
            PatientId = draft.PatientId,
            EncounterId = draft.EncounterId,
            DueDate = draft.DueDate,
            Priority = draft.Priority,
            TaskType = draft.Type,
            CreatedAt = time.GetUtcNow(),
        };
        db.Tasks.Add(task);
        changing.Tell(db, task, "task.create", AuditAction.Create, TaskAssignee.Nobody, []);
        await db.SaveChangesAsync(cancellation);
        return (await ReadAsync(db, task.Id, cancellation))!;
    }

    public async Task<Result<TaskLine>> EditAsync(Guid taskId, uint version, TaskDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await TaskRows.Of(db).SingleOrDefaultAsync(l => l.Task.Id == taskId, cancellation) is not { } row)
        {
            return Refusal.NotFound("Task");
        }

        if (row.Version != version)
        {
            return await TaskChanging.OvertakenAsync(db, taskId, row.Task.Title, cancellation);
        }

        if (await rules.RefusalAsync(db, draft, row.Task, cancellation) is { } refusal)
        {
            return refusal;
        }

        var before = new TaskAssignee(row.Task.AssignedTo, row.Task.AssignedRole);
        var changes = Write(row.Task, draft);
        if (changes.Count == 0)
        {
            return TaskRows.View(row, row.Version, user.Can(Permissions.ReadEncounters));
        }

        changing.Tell(db, row.Task, "task.edit", AuditAction.Update, before, changes);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await TaskChanging.OvertakenAsync(db, taskId, row.Task.Title, cancellation);
        }

        return (await ReadAsync(db, taskId, cancellation))!;
    }

    public async Task<Result<TaskOutcome>> ActAsync(IReadOnlyList<Guid> taskIds, TaskAct act, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks))
        {
            return Refusal.Forbidden;
        }

        if (taskIds.Count > MostAtOnce)
        {
            return Refusal.Invalid($"At most {MostAtOnce} tasks at once.");
        }

        if (act is { Deed: TaskDeed.Give, To.Person: { } person } && !await rules.WorksHereAsync(person, cancellation))
        {
            return Refusal.Invalid("This person does not work here any more. Choose somebody else.", nameof(act.To));
        }

        return await changing.ActAsync(taskIds, act, cancellation);
    }

    public async Task<Result<TaskOutcome>> UndoAsync(IReadOnlyList<TaskBefore> before, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks))
        {
            return Refusal.Forbidden;
        }

        return before.Count > MostAtOnce ? Refusal.Invalid($"At most {MostAtOnce} tasks at once.") : await changing.UndoAsync(before, cancellation);
    }

    /// <summary>Changes what differs and says what did.</summary>
    private static List<FieldChange> Write(ClinicTask task, TaskDraft draft)
    {
        var changes = new List<FieldChange>();
        void Note(string field, object? before, object? after)
        {
            if (!Equals(before, after))
            {
                changes.Add(new FieldChange(field, before?.ToString(), after?.ToString()));
            }
        }

        var (title, description) = (TaskRules.Title(draft), TaskRules.Description(draft));
        Note("title", task.Title, title);
        Note("description", task.Description, description);
        Note("due_date", task.DueDate, draft.DueDate);
        Note("priority", task.Priority, draft.Priority);
        Note("task_type", task.TaskType, draft.Type);
        Note("assigned_to", task.AssignedTo, draft.Assignee.Person);
        Note("assigned_role", task.AssignedRole, draft.Assignee.Role);
        (task.Title, task.Description, task.DueDate, task.Priority, task.TaskType) = (title, description, draft.DueDate, draft.Priority, draft.Type);
        if (new TaskAssignee(task.AssignedTo, task.AssignedRole) != draft.Assignee)
        {
            task.Give(draft.Assignee);
        }

        return changes;
    }

    private async Task<TaskLine?> ReadAsync(ClinicDb db, Guid task, CancellationToken cancellation)
        => await TaskRows.Of(db).AsNoTracking().SingleOrDefaultAsync(l => l.Task.Id == task, cancellation) is { } row
            ? TaskRows.View(row, row.Version, user.Can(Permissions.ReadEncounters))
            : null;
}
