using System.Text.Json;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Messages;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Alerts;

/// <summary>One doctor has answered for a report: it need not ring for the others any more, nor in another tab.</summary>
internal sealed class AnsweredAlerts(ClinicDataSources clinic, DayFeed feed, IBroadcast portals, TimeProvider time) : IOutboxHandler
{
    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { ResultAcknowledging.Kind };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.SubjectId is not { } report)
        {
            return;
        }

        await using var settle = clinic.Worker.CreateCommand("""
            UPDATE alerts SET acknowledged_at = $3, read_at = coalesce(read_at, $3), is_read = true
            WHERE source = $1 AND source_id = $2 AND acknowledged_at IS NULL RETURNING id, user_id
            """);
        settle.Parameters.Add(new NpgsqlParameter { Value = ResultAlerts.Source });
        settle.Parameters.Add(new NpgsqlParameter { Value = report });
        settle.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        await using var reader = await settle.ExecuteReaderAsync(cancellation);
        foreach (var (alert, person) in await reader.ListAsync(row => (row.GetGuid(0), row.GetGuid(1)), cancellation))
        {
            var change = new DayChange("alert.changed", alert, person) { PatientId = message.PatientId };
            feed.Publish(change);
            await portals.SendAsync(JsonSerializer.Serialize(change), cancellation);
        }
    }
}
