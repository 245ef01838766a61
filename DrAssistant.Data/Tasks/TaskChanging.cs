using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

/// <summary>Carries out acts upon tasks: change, audit event and message in one transaction, and who came first is named to who came second.</summary>
internal sealed class TaskChanging(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TimeProvider time)
{
    private bool SeesVisits => user.Can(Permissions.ReadEncounters);

    public async Task<Result<TaskLine>> OneAsync(Guid task, TaskAct act, CancellationToken cancellation)
    {
        var outcome = await ActAsync([task], act, cancellation);
        return outcome.Succeeded ? outcome.Value.Changed[0] : outcome.Refusal;
    }

    public Task<Result<TaskOutcome>> ActAsync(IReadOnlyList<Guid> tasks, TaskAct act, CancellationToken cancellation)
        => ChangeAsync(tasks, $"task.{EnumText.Of(act.Deed)}", (task, _) => Carried(task, act), cancellation);

    public Task<Result<TaskOutcome>> UndoAsync(IReadOnlyList<TaskBefore> before, CancellationToken cancellation)
    {
        var ofTask = before.ToLookup(b => b.Id);
        return ChangeAsync(
            [.. before.Select(b => b.Id)],
            "task.undo",
            (task, version) =>
            {
                var was = ofTask[task.Id].First();
                if (was.Version != version)
                {
                    return Refusal.Conflict("This task was changed since.");
                }

                task.Restore(was);
                return null;
            },
            cancellation);
    }

    /// <summary>Writes down that a task is as it is now, and who is to hear of it: also those for whom it was before.</summary>
    public void Tell(ClinicDb db, ClinicTask task, string deed, AuditAction action, TaskAssignee before, IReadOnlyCollection<FieldChange> changes)
    {
        audit.Add(db, new AuditEntry(action, deed) { PatientId = task.PatientId, ResourceType = "task", ResourceId = task.Id, Changes = changes });
        outbox.Add(db, TaskChanges.Kind, task.Id, task.PatientId, TaskChanges.Ids(task, before));
        Alerting(outbox, db, task, before, changes.Count == 0 || changes.Any(c => c.Field is "due_date"), user.Id);
        if (task is { IsOpen: true, SnoozedUntil: { } until })
        {
            // It comes back to the open lists at that moment, not when somebody happens to look.
            outbox.Add(db, TaskChanges.Kind, task.Id, task.PatientId, TaskChanges.Ids(task, before), until);
        }
    }

    /// <summary>Whom a task was given to is told, and whoever has it when it is late; each is judged again when it is carried out.</summary>
    public static void Alerting(OutboxWriter outbox, ClinicDb db, ClinicTask task, TaskAssignee before, bool due, Guid? by)
    {
        if (task is { IsOpen: true, AssignedTo: { } person } && person != before.Person && person != by)
        {
            outbox.Add(db, TaskAlerts.Given, task.Id, task.PatientId, new Dictionary<string, string> { ["user"] = person.ToString() });
        }

        if (due && task is { IsOpen: true, DueDate: { } at })
        {
            outbox.Add(db, TaskAlerts.Due, task.Id, task.PatientId, new Dictionary<string, string> { ["due"] = TaskAlerts.Moment(at) }, at);
        }
    }

    /// <summary>Names who changed it meanwhile.</summary>
    public static async Task<Refusal> OvertakenAsync(ClinicDb db, Guid task, string title, CancellationToken cancellation)
    {
        var by = await db.Tasks.AsNoTracking().Where(t => t.Id == task)
            .Join(db.Users, t => t.ChangedBy, u => (Guid?)u.Id, (_, u) => u.FullName).FirstOrDefaultAsync(cancellation);
        return Refusal.Conflict($"{by ?? "Somebody"} changed “{title}” meanwhile. Look at it and try again.");
    }

    private async Task<Result<TaskOutcome>> ChangeAsync(
        IReadOnlyList<Guid> tasks, string deed, Func<ClinicTask, uint, Refusal?> change, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await TaskRows.Of(db).Where(l => tasks.Contains(l.Task.Id)).ByUrgency(time.GetUtcNow()).ToListAsync(cancellation);
        var (done, refused) = (new List<(TaskRows.Row Row, TaskBefore Was)>(), new List<Refusal>());
        foreach (var row in rows)
        {
            var was = BeforeOf(row.Task);
            if (change(row.Task, row.Version) is { } refusal)
            {
                refused.Add(await NamedAsync(db, row.Task, refusal, cancellation));
                continue;
            }

            done.Add((row, was));
            Tell(db, row.Task, deed, AuditAction.Update, was.Assignee, ChangesOf(was, row.Task));
        }

        refused.AddRange(tasks.Distinct().Skip(rows.Count).Select(_ => Refusal.NotFound("Task")));
        if (done.Count == 0)
        {
            return refused is [var only, ..] ? only : Refusal.Invalid("Choose at least one task.");
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException e)
        {
            var first = e.Entries.Select(entry => entry.Entity).OfType<ClinicTask>().FirstOrDefault() ?? done[0].Row.Task;
            return await OvertakenAsync(db, first.Id, first.Title, cancellation);
        }

        var names = await NamesAsync(db, done.Select(d => d.Row.Task.AssignedTo), cancellation);
        return new TaskOutcome(
            [.. done.Select(d => TaskRows.View(d.Row, VersionOf(db, d.Row.Task), SeesVisits) with { AssigneeName = names.GetValueOrDefault(d.Row.Task.AssignedTo ?? Guid.Empty) })],
            [.. done.Select(d => d.Was with { Version = VersionOf(db, d.Row.Task) })],
            refused);
    }

    private Refusal? Carried(ClinicTask task, TaskAct act) => act.Deed switch
    {
        TaskDeed.Complete => task.Complete(time.GetUtcNow()),
        TaskDeed.Reopen => task.Reopen(),
        TaskDeed.Cancel => task.Cancel(),
        TaskDeed.Snooze => task.Snooze(act.Until ?? default, time.GetUtcNow()),
        _ => task.Give(act.To ?? TaskAssignee.Nobody),
    };

    /// <summary>A state that somebody else brought about is told with their name.</summary>
    private static async Task<Refusal> NamedAsync(ClinicDb db, ClinicTask task, Refusal refusal, CancellationToken cancellation)
    {
        if (refusal.Kind is not RefusalKind.Conflict || task.ChangedBy is not { } by)
        {
            return refusal;
        }

        var name = await db.Users.Where(u => u.Id == by).Select(u => u.FullName).FirstOrDefaultAsync(cancellation);
        return Refusal.Conflict($"“{task.Title}”: {refusal.Message} {name} was the last to change it.");
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(ClinicDb db, IEnumerable<Guid?> people, CancellationToken cancellation)
    {
        var ids = people.OfType<Guid>().Distinct().ToList();
        return await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
    }

    private static uint VersionOf(ClinicDb db, ClinicTask task) => db.Entry(task).Property<uint>("xmin").CurrentValue;

    private static TaskBefore BeforeOf(ClinicTask task)
        => new(task.Id, 0, task.Status, task.CompletedAt, task.SnoozedUntil, new TaskAssignee(task.AssignedTo, task.AssignedRole));

    private static FieldChange[] ChangesOf(TaskBefore was, ClinicTask task)
        => [.. new[]
        {
            new FieldChange("status", EnumText.Of(was.Status), EnumText.Of(task.Status)),
            new FieldChange("assigned_to", was.Assignee.Person?.ToString(), task.AssignedTo?.ToString()),
            new FieldChange("assigned_role", Word(was.Assignee.Role), Word(task.AssignedRole)),
            new FieldChange("snoozed_until", was.SnoozedUntil?.ToString("O"), task.SnoozedUntil?.ToString("O")),
        }.Where(c => c.Before != c.After)];

    private static string? Word(StaffRole? role) => role is { } known ? EnumText.Of(known) : null;
}
