using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Tasks;
using Npgsql;

namespace DrAssistant.Data.Alerts;

/// <summary>Tells a person that a task was given to them by somebody else, and whoever has it that it is late.</summary>
internal sealed class TaskAlerts(ClinicDataSources clinic, AlertWriter alerts, ClinicClock clock) : IOutboxHandler
{
    /// <summary>Somebody gave a task to a person.</summary>
    public const string Given = "task.given";

    /// <summary>The moment at which a task is due has come; whether it still is, is asked then.</summary>
    public const string Due = "task.due";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Given, Due };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.SubjectId is not { } id || await ReadAsync(id, cancellation) is not { } task)
        {
            return;
        }

        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
        if (message.Kind == Given)
        {
            // It may have been done, or given on, since.
            if (ids.TryGetValue("user", out var person) && task.People is [var has] && has == Guid.Parse(person))
            {
                await alerts.RaiseAsync([has], Draft(task, "task.given", $"For you: {task.Title}", $"{task.By} gave you this task{Until(task)}."), cancellation);
            }
        }
        else if (task.DueDate <= clock.Now && ids.GetValueOrDefault("due") == Moment(task.DueDate.Value))
        {
            await alerts.RaiseAsync(task.People, Draft(task, "task.due", $"Late: {task.Title}", $"It was due {Words(task.DueDate.Value)}."), cancellation);
        }
    }

    public static string Moment(DateTimeOffset due) => due.ToUniversalTime().ToString("O");

    private static AlertDraft Draft(Known task, string source, string title, string message) => new(
        AlertType.Task,
        task.Priority switch
        {
            TaskPriority.Urgent => AlertSeverity.High,
            TaskPriority.High => AlertSeverity.Medium,
            _ => AlertSeverity.Low,
        },
        title,
        message)
    {
        PatientId = task.PatientId,
        Source = source,
        SourceId = task.Id,
        ActionUrl = $"/tasks?task={task.Id}",
    };

    private string Until(Known task) => task.DueDate is { } due ? $", due {Words(due)}" : "";

    private string Words(DateTimeOffset due) => ClinicFormat.DateAndTime(due, clock);

    /// <summary>An open task with everybody whose it is: the person, or all of the role, or who asked for it where it is nobody's yet.</summary>
    private async Task<Known?> ReadAsync(Guid id, CancellationToken cancellation)
    {
        await using var ask = clinic.Worker.CreateCommand("""
            SELECT t.title, t.priority, t.due_date, t.patient_id, c.full_name,
                   ARRAY(SELECT u.id FROM users u WHERE u.status = 'active'
                       AND CASE WHEN t.assigned_to IS NOT NULL THEN u.id = t.assigned_to WHEN t.assigned_role IS NOT NULL THEN u.role = t.assigned_role ELSE u.id = t.created_by END)
            FROM tasks t JOIN users c ON c.id = t.created_by
            WHERE t.id = $1 AND t.status IN ('pending', 'in_progress')
            """);
        ask.Parameters.Add(new NpgsqlParameter { Value = id });
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        return (await reader.ListAsync(
            row => new Known(id, row.GetString(0), row.Word<TaskPriority>(1), row.InstantOrNull(2), row.GuidOrNull(3), row.GetString(4), row.GetFieldValue<Guid[]>(5)),
            cancellation)).SingleOrDefault();
    }

    private sealed record Known(Guid Id, string Title, TaskPriority Priority, DateTimeOffset? DueDate, Guid? PatientId, string By, Guid[] People)
    {
        public override string ToString() => $"{nameof(Known)} {Id}";
    }
}
