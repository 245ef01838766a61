using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

internal sealed class TaskListService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, TaskChanging changing, TimeProvider time) : ITaskList
{
    private const int MostTasks = 100;
    private const int LongestWords = 100;

    public async Task<Result<IReadOnlyList<TaskLine>>> MineAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadTasks) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = TaskRows.Of(db).WaitingFor(person, user.Role, time.GetUtcNow()).ByUrgency(time.GetUtcNow());
        return await ReadAsync(db, rows, cancellation);
    }

    public async Task<Result<IReadOnlyList<TaskLine>>> ListAsync(TaskQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadTasks) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var rows = question.Tab switch
        {
            TaskTab.Mine => TaskRows.Of(db).For(person, user.Role),
            TaskTab.CreatedByMe => TaskRows.Of(db).Where(l => l.Task.CreatedBy == person),
            TaskTab.Overdue => TaskRows.Of(db).Where(l => l.Task.DueDate < now),
            _ => TaskRows.Of(db),
        };
        if (PlainText.Of(question.Words, LongestWords) is { Length: > 0 } words)
        {
            var pattern = LikePattern.Containing(words);
            rows = rows.Where(l => EF.Functions.ILike(l.Task.Title, pattern, LikePattern.Escape)
                || (l.Patient != null && EF.Functions.ILike(l.Patient.FirstName + " " + l.Patient.LastName, pattern, LikePattern.Escape)));
        }

        return await ReadAsync(db, InState(rows, question.State, now), cancellation);
    }

    public async Task<Result<TaskLine>> CompleteAsync(Guid taskId, CancellationToken cancellation)
        => user.Can(Permissions.WriteTasks) ? await changing.OneAsync(taskId, new TaskAct(TaskDeed.Complete), cancellation) : Refusal.Forbidden;

    public async Task<Result<TaskLine>> ReopenAsync(Guid taskId, CancellationToken cancellation)
        => user.Can(Permissions.WriteTasks) ? await changing.OneAsync(taskId, new TaskAct(TaskDeed.Reopen), cancellation) : Refusal.Forbidden;

    private static IQueryable<TaskRows.Row> InState(IQueryable<TaskRows.Row> rows, TaskState state, DateTimeOffset now) => state switch
    {
        TaskState.Snoozed => rows.Open().Where(l => l.Task.SnoozedUntil > now).OrderBy(l => l.Task.SnoozedUntil).ThenBy(l => l.Task.Id),
        TaskState.Closed => rows.Where(l => l.Task.Status == ClinicTaskStatus.Completed || l.Task.Status == ClinicTaskStatus.Cancelled)
            .OrderByDescending(l => l.Task.UpdatedAt).ThenBy(l => l.Task.Id),
        _ => rows.Open().Where(l => l.Task.SnoozedUntil == null || l.Task.SnoozedUntil <= now).ByUrgency(now),
    };

    private async Task<Result<IReadOnlyList<TaskLine>>> ReadAsync(ClinicDb db, IQueryable<TaskRows.Row> rows, CancellationToken cancellation)
    {
        var read = await rows.Take(MostTasks).AsNoTracking().ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "tasks.read")
        {
            PatientIds = [.. read.Select(l => l.Task.PatientId).OfType<Guid>().Distinct()],
        });
        await db.SaveChangesAsync(cancellation);
        return read.ConvertAll(l => TaskRows.View(l, l.Version, user.Can(Permissions.ReadEncounters)));
    }
}
