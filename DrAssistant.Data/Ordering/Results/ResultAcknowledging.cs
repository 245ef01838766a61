using System.Text.Json;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A doctor says "I know" of a report's critical values: kept with the values, and then nobody else is rung for.</summary>
internal sealed class ResultAcknowledging(OutboxWriter outbox)
{
    public const string Kind = "result.acknowledged";

    /// <summary>
    /// Marks what this doctor may see of the report in what <paramref name="db"/> saves next. Somebody on duty may answer for a patient who is
    /// not in their care: the outbox then marks the values in their name.
    /// </summary>
    public async Task<IReadOnlyList<OrderResult>> AcknowledgeAsync(ClinicDb db, Guid report, Guid doctor, DateTimeOffset now, CancellationToken cancellation)
    {
        var values = await db.Results
            .Where(r => (r.ReportId == report || r.Id == report) && r.AcknowledgedAt == null
                && (r.Flag == ResultFlag.CriticalLow || r.Flag == ResultFlag.CriticalHigh))
            .ToListAsync(cancellation);
        values.ForEach(v => v.Acknowledge(doctor, now));
        outbox.Add(db, Kind, report, values.FirstOrDefault()?.PatientId, new Dictionary<string, string>
        {
            ["doctor"] = doctor.ToString(),
            ["at"] = now.ToString("O"),
        });
        outbox.Add(db, "result.changed", report, values.FirstOrDefault()?.PatientId);
        return values;
    }
}

/// <summary>Marks the values of a report that was answered for by a doctor who may not see the chart.</summary>
internal sealed class AnsweredFromOutside(ClinicDataSources clinic) : IOutboxHandler
{
    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { ResultAcknowledging.Kind };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
        await using var mark = clinic.Worker.CreateCommand("""
            UPDATE results SET acknowledged_by = $2, acknowledged_at = $3
            WHERE (report_id = $1 OR id = $1) AND acknowledged_at IS NULL AND flag IN ('critical_low', 'critical_high') AND created_at <= $3
            """);
        mark.Parameters.Add(new NpgsqlParameter { Value = message.SubjectId!.Value });
        mark.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(ids["doctor"]) });
        mark.Parameters.Add(new NpgsqlParameter { Value = DateTimeOffset.Parse(ids["at"], System.Globalization.CultureInfo.InvariantCulture) });
        await mark.ExecuteNonQueryAsync(cancellation);
    }
}
