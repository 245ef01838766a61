using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;

namespace DrAssistant.Data.Tasks;

/// <summary>Writes a task down in the transaction of the act that asks for it, and tells the one it is for.</summary>
internal sealed class TaskWriter(AuditTrail audit, OutboxWriter outbox, TimeProvider time)
{
    public const int LongestTitle = 100;

    public Guid Add(ClinicDb db, ClinicTask task)
    {
        db.Tasks.Add(task);
        audit.Add(db, new AuditEntry(AuditAction.Create, "task.create") { PatientId = task.PatientId, ResourceType = "task", ResourceId = task.Id });
        outbox.Add(db, TaskChanges.Kind, task.Id, task.PatientId, TaskChanges.Ids(task, TaskAssignee.Nobody));
        TaskChanging.Alerting(outbox, db, task, TaskAssignee.Nobody, due: true, task.CreatedBy);
        return task.Id;
    }

    public ClinicTask New(string title, Guid by, Guid? forWhom, Guid? patient, TaskType type, TaskPriority priority, DateTimeOffset? due, string? description = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Title = title,
        Description = description,
        AssignedTo = forWhom,
        CreatedBy = by,
        PatientId = patient,
        TaskType = type,
        Priority = priority,
        DueDate = due,
        CreatedAt = time.GetUtcNow(),
    };
}
