using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

/// <summary>The open tasks of somebody who leaves the practice.</summary>
internal static class TaskHandOver
{
    public static IQueryable<ClinicTask> Open(ClinicDb db, Guid person)
        => db.Tasks.Where(t => t.AssignedTo == person && (t.Status == ClinicTaskStatus.Pending || t.Status == ClinicTaskStatus.InProgress));

    /// <summary>How many were given.</summary>
    public static async Task<int> GiveAsync(ClinicDb db, AuditTrail audit, OutboxWriter outbox, Guid from, Guid to, CancellationToken cancellation)
    {
        // Asked for and held in one statement: a task that is given to them meanwhile is seen by nobody's count either.
        var open = await db.Tasks.FromSql($"SELECT *, xmin FROM tasks WHERE assigned_to = {from} AND status IN ('pending', 'in_progress') FOR UPDATE")
            .AsNoTracking().ToListAsync(cancellation);
        var ids = open.ConvertAll(t => t.Id);
        await db.Tasks.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(t => t.SetProperty(task => task.AssignedTo, to), cancellation);
        foreach (var task in open)
        {
            audit.Add(db, new AuditEntry(AuditAction.Update, "task.reassign")
            {
                PatientId = task.PatientId,
                ResourceType = "task",
                ResourceId = task.Id,
                Changes = [new FieldChange("assigned_to", from.ToString(), to.ToString())],
            });
            outbox.Add(db, "task.changed", task.Id, task.PatientId, new Dictionary<string, string> { ["user"] = to.ToString() });
        }

        return open.Count;
    }
}
