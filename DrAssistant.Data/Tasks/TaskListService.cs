using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

internal sealed class TaskListService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TimeProvider time) : ITaskList
{
    private const int MostTasks = 100;

    public async Task<Result<IReadOnlyList<TaskLine>>> MineAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadTasks) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var open = await Lines(db)
            .Where(l => l.Task.AssignedTo == person
                && (l.Task.Status == ClinicTaskStatus.Pending || l.Task.Status == ClinicTaskStatus.InProgress))
            .OrderBy(l => l.Task.Priority == TaskPriority.Urgent ? 0 : l.Task.Priority == TaskPriority.High ? 1 : l.Task.Priority == TaskPriority.Medium ? 2 : 3)
            .ThenBy(l => l.Task.DueDate == null).ThenBy(l => l.Task.DueDate).ThenBy(l => l.Task.Id)
            .Take(MostTasks)
            .AsNoTracking()
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "tasks.read")
        {
            PatientIds = [.. open.Select(l => l.Task.PatientId).OfType<Guid>().Distinct()],
        });
        await db.SaveChangesAsync(cancellation);
        return open.ConvertAll(View);
    }

    public Task<Result<TaskLine>> CompleteAsync(Guid taskId, CancellationToken cancellation)
        => ChangeAsync(taskId, "task.complete", task => task.Complete(time.GetUtcNow()), cancellation);

    public Task<Result<TaskLine>> ReopenAsync(Guid taskId, CancellationToken cancellation)
        => ChangeAsync(taskId, "task.reopen", task => task.Reopen(), cancellation);

    private async Task<Result<TaskLine>> ChangeAsync(
        Guid taskId, string deed, Func<ClinicTask, Refusal?> change, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteTasks))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await Lines(db).SingleOrDefaultAsync(l => l.Task.Id == taskId, cancellation) is not { } line)
        {
            return Refusal.NotFound("Task");
        }

        var before = EnumText.Of(line.Task.Status);
        if (change(line.Task) is { } refusal)
        {
            return refusal;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, deed)
        {
            PatientId = line.Task.PatientId,
            ResourceType = "task",
            ResourceId = taskId,
            Changes = [new FieldChange("status", before, EnumText.Of(line.Task.Status))],
        });
        outbox.Add(db, "task.changed", taskId, line.Task.PatientId, UserIds(line.Task));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("Someone else changed this task. Reload and try again.");
        }

        return View(line);
    }

    private static Dictionary<string, string> UserIds(ClinicTask task) => new()
    {
        ["user"] = (task.AssignedTo ?? task.CreatedBy).ToString(),
    };

    private static IQueryable<Line> Lines(ClinicDb db)
        => from task in db.Tasks
           join name in db.PatientNames on task.PatientId equals (Guid?)name.PatientId into names
           from name in names.DefaultIfEmpty()
           select new Line { Task = task, Patient = name };

    private static TaskLine View(Line line) => new(
        line.Task.Id, line.Task.Title, line.Task.PatientId,
        line.Patient is null ? null : new PersonName(line.Patient.FirstName, line.Patient.LastName),
        line.Task.DueDate, line.Task.Priority, line.Task.Status);

    private sealed class Line
    {
        public required ClinicTask Task { get; init; }

        public PatientName? Patient { get; init; }
    }
}
