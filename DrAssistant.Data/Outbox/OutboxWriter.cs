using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Outbox;

/// <summary>Writes down what is owed, in the transaction of the change.</summary>
internal sealed class OutboxWriter(TimeProvider time)
{
    /// <summary>Owes it, at once or at a moment that is named.</summary>
    /// <param name="db">The context of the change.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="subjectId">To what.</param>
    /// <param name="patientId">Whose.</param>
    /// <param name="ids">Further ids.</param>
    /// <param name="at">When it is to be carried out, if not at once.</param>
    public void Add(ClinicDb db, string kind, Guid? subjectId, Guid? patientId = null, IReadOnlyDictionary<string, string>? ids = null, DateTimeOffset? at = null)
    {
        var now = time.GetUtcNow();
        db.Outbox.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            SubjectId = subjectId,
            PatientId = patientId,
            Payload = ids is null ? "{}" : JsonSerializer.Serialize(ids),
            CreatedAt = now,
            AvailableAt = at ?? now,
        });
    }

    /// <summary>The same as a statement of a <c>SecuredBatch</c>, for what is to be looked at after a while. Nobody is woken.</summary>
    public NpgsqlBatchCommand Later(string kind, Guid? subjectId, Guid? patientId, IReadOnlyDictionary<string, string> ids, TimeSpan wait)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = Part(command, "(VALUES (1)) AS once", kind, subjectId, patientId, ids, wait);
        return command;
    }

    /// <summary>
    /// The same as a part of a larger statement: <paramref name="command"/> gets the values, and the answer is the text of an
    /// INSERT that writes one message for each row of <paramref name="rows"/>. Who sends it wakes the relay.
    /// </summary>
    public string Part(
        NpgsqlBatchCommand command, string rows, string kind, Guid? subjectId, Guid? patientId, IReadOnlyDictionary<string, string> ids, TimeSpan wait = default)
    {
        var n = command.Parameters.Count;
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter { Value = kind, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)subjectId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)patientId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(ids), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = wait });
        return $"""
            INSERT INTO outbox_messages (id, kind, subject_id, patient_id, payload, created_at, available_at)
            SELECT ${n + 1}, ${n + 2}, ${n + 3}, ${n + 4}, ${n + 5}, ${n + 6}, ${n + 6} + ${n + 7} FROM {rows}
            """;
    }
}
