using System.Text.Json;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Messages;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Tasks;

/// <summary>
/// A task changed: everybody in whose lists it stands, or stood, reads anew. Who that is is asked here, as the house itself:
/// a receptionist who passes a task on need not know who is on a patient's care team.
/// </summary>
internal sealed class TaskChanges(ClinicDataSources clinic, DayFeed feed, IBroadcast portals) : IOutboxHandler
{
    public const string Kind = "task.changed";

    private static readonly string[] Named = ["user", "before"];

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Kind };

    public static Dictionary<string, string> Ids(ClinicTask task, TaskAssignee before)
    {
        var ids = new Dictionary<string, string> { ["user"] = (task.AssignedTo ?? task.CreatedBy).ToString() };
        if (before.Person is { } person && person != task.AssignedTo)
        {
            ids["before"] = person.ToString();
        }

        if (before.Role is { } role && role != task.AssignedRole)
        {
            ids["before_role"] = Common.EnumText.Of(role);
        }

        return ids;
    }

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
        var named = Named.Select(ids.GetValueOrDefault).OfType<string>().Select(Guid.Parse).ToHashSet();
        named.UnionWith(await ConcernedAsync(message.SubjectId, ids.GetValueOrDefault("before_role"), cancellation));
        foreach (var person in named)
        {
            var change = new DayChange(message.Kind, message.SubjectId, person) { PatientId = message.PatientId };
            feed.Publish(change);
            await portals.SendAsync(JsonSerializer.Serialize(change), cancellation);
        }
    }

    private async Task<List<Guid>> ConcernedAsync(Guid? task, string? beforeRole, CancellationToken cancellation)
    {
        if (task is not { } id)
        {
            return [];
        }

        await using var ask = clinic.Worker.CreateCommand("""
            SELECT u.id FROM tasks t JOIN users u ON u.status = 'active'
                AND (u.id IN (t.assigned_to, t.created_by, t.changed_by) OR u.role = t.assigned_role OR u.role = $2
                    OR EXISTS (SELECT FROM care_team c WHERE c.patient_id = t.patient_id AND c.user_id = u.id AND (c.until IS NULL OR c.until > now())))
            WHERE t.id = $1
            """);
        ask.Parameters.Add(new NpgsqlParameter { Value = id });
        ask.Parameters.Add(new NpgsqlParameter { Value = (object?)beforeRole ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }
}
