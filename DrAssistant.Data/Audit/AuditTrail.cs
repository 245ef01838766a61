using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Audit;

/// <summary>
/// Writes the audit trail into the transaction of the act itself: an entry is there exactly when the act is.
/// </summary>
internal sealed class AuditTrail(ICurrentUser user, PhiCipher cipher, TimeProvider time)
{
    /// <summary>Adds <paramref name="entry"/> to what <paramref name="db"/> saves next.</summary>
    public void Add(ClinicDb db, AuditEntry entry) => db.AuditEvents.Add(Event(entry));

    /// <summary>The same as a statement of a <c>SecuredBatch</c>, for reads that make one round trip.</summary>
    /// <param name="entry">What is read.</param>
    /// <param name="patients">A subquery that yields the ids of the patients shown, or null.</param>
    /// <param name="parameters">The parameters of <paramref name="patients"/>, numbered from $1.</param>
    public NpgsqlBatchCommand Statement(AuditEntry entry, string? patients = null, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand();
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        command.CommandText = Insert(command, entry, patients is null ? "NULL" : $"ARRAY({patients})");
        return command;
    }

    /// <summary>
    /// The same as a part of a larger statement: <paramref name="command"/> gets the values, and the answer is the text of an
    /// INSERT that writes one entry for each row of <paramref name="rows"/>, which is none where the act did not come about.
    /// </summary>
    public string Part(NpgsqlBatchCommand command, AuditEntry entry, string rows) => $"{Insert(command, entry, "NULL")} FROM {rows}";

    /// <summary>
    /// A read and its entry in one statement, where asking twice whom it shows would cost as much again. The rows keep
    /// the order of <paramref name="select"/>, which has a column <c>patient_id</c>.
    /// </summary>
    public NpgsqlBatchCommand Reading(AuditEntry entry, string select, params NpgsqlParameter[] parameters)
    {
        var command = Statement(entry, "SELECT patient_id FROM shown", parameters);
        command.CommandText = $"""
            WITH shown AS MATERIALIZED (SELECT found.*, row_number() OVER () AS place FROM ({select}) AS found),
                 noted AS ({command.CommandText})
            SELECT * FROM shown ORDER BY place
            """;
        return command;
    }

    private string Insert(NpgsqlBatchCommand command, AuditEntry entry, string patients)
    {
        var first = command.Parameters.Count + 1;
        AddValues(command, Event(entry));
        var values = string.Join(", ", Enumerable.Range(first, command.Parameters.Count + 1 - first).Select(n => $"${n}"));
        return $"""
            INSERT INTO audit_events (id, at, actor_id, actor_role, session_id, action, event, severity, outcome,
                patient_id, resource_type, resource_id, reason, ip_address, user_agent, trace_id, fields, new_values, patient_ids)
            SELECT {values}, {patients}
            """;
    }

    private static void AddValues(NpgsqlBatchCommand command, AuditEvent e)
    {
        (object? Value, NpgsqlDbType Type)[] values =
        [
            (e.Id, NpgsqlDbType.Uuid), (e.At, NpgsqlDbType.TimestampTz), (e.ActorId, NpgsqlDbType.Uuid),
            (e.ActorRole, NpgsqlDbType.Varchar), (e.SessionId, NpgsqlDbType.Uuid), (e.Action.ToString(), NpgsqlDbType.Char),
            (e.Event, NpgsqlDbType.Varchar), (e.Severity, NpgsqlDbType.Varchar), (e.Outcome, NpgsqlDbType.Varchar),
            (e.PatientId, NpgsqlDbType.Uuid), (e.ResourceType, NpgsqlDbType.Varchar), (e.ResourceId, NpgsqlDbType.Uuid),
            (e.Reason, NpgsqlDbType.Varchar), (e.IpAddress, NpgsqlDbType.Inet), (e.UserAgent, NpgsqlDbType.Varchar),
            (e.TraceId, NpgsqlDbType.Varchar), (e.Fields?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text), (e.NewValues, NpgsqlDbType.Bytea),
        ];
        foreach (var (value, type) in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        }
    }

    private AuditEvent Event(AuditEntry entry)
    {
        var id = Guid.CreateVersion7();
        return new AuditEvent
        {
            Id = id,
            At = time.GetUtcNow(),
            ActorId = user.Id,
            ActorRole = user.Role is { } role ? EnumText.Of(role) : null,
            SessionId = entry.SessionId ?? user.SessionId,
            Action = entry.Action.ToString()[0],
            Event = entry.Event,
            Severity = entry.Severity,
            Outcome = EnumText.Of(entry.Outcome),
            PatientId = entry.PatientId,
            PatientIds = entry.PatientIds?.ToList(),
            ResourceType = entry.ResourceType,
            ResourceId = entry.ResourceId,
            Fields = entry.Changes.Count == 0 ? null : [.. entry.Changes.Select(c => c.Field)],
            OldValues = Seal(id, "old_values", entry.Changes, c => c.Before),
            NewValues = Seal(id, "new_values", entry.Changes, c => c.After),
            Reason = entry.Reason,
            IpAddress = IPAddress.TryParse(entry.Origin?.IpAddress ?? user.IpAddress, out var address) ? address : null,
            UserAgent = Cut(entry.Origin?.UserAgent ?? user.UserAgent, 400),
            TraceId = Activity.Current?.TraceId.ToString(),
        };
    }

    private byte[]? Seal(Guid id, string column, IReadOnlyCollection<FieldChange> changes, Func<FieldChange, string?> value)
        => changes.Count == 0
            ? null
            : cipher.Protect(new FieldAddress("audit_events", column, id), JsonSerializer.Serialize(changes.ToDictionary(c => c.Field, value)));

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
