using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Recordings;

/// <summary>
/// The rows of recordings. Every act is one statement: the change, its entry in the audit trail and what the outbox owes come about together or not at all.
/// </summary>
internal sealed class RecordingRows(SecuredBatch batch, AuditTrail audit, OutboxWriter outbox, OutboxSignal signal)
{
    /// <summary>Something about a recording changed: its document is told, and whoever works on recordings wakes.</summary>
    public const string Changed = "recording.changed";

    public const string ResourceType = "recording";

    private const string Find = $"SELECT {Recording.Columns} FROM {Recording.From} WHERE r.id = $1";

    public async Task<Recording?> FindAsync(Guid id, CancellationToken cancellation) => (await ReadAsync(Command(Find, id), cancellation)).SingleOrDefault();

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Recording>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => await ReadAsync(Command($"SELECT {Recording.Columns} FROM {Recording.From} WHERE r.encounter_id = $1 ORDER BY r.created_at, r.id", encounterId), cancellation);

    /// <summary>
    /// Carries out <paramref name="change"/>, an UPDATE or INSERT of recordings that ends with <c>RETURNING id, patient_id</c>, tells the audit trail and owes the outbox;
    /// false where it did not come about, as the row is no longer as the change asks.
    /// </summary>
    /// <param name="change">What is done.</param>
    /// <param name="subject">To which recording.</param>
    /// <param name="entry">What the audit trail is told; nothing where null.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="message">What the outbox owes, where it is more than that the recording changed.</param>
    /// <param name="before">Parts of the statement that come before the change, each named and ended with a comma.</param>
    /// <param name="after">Parts that come after it, each named and begun with a comma.</param>
    public async Task<bool> ActAsync(
        NpgsqlBatchCommand change, RecordingSubject subject, AuditEntry? entry, CancellationToken cancellation, RecordingMessage? message = null, string before = "", string after = "")
    {
        var noted = entry is null ? null : audit.Part(change, entry with { PatientId = subject.PatientId, ResourceType = ResourceType, ResourceId = subject.Id }, "done");
        var told = message ?? new RecordingMessage(Changed, new Dictionary<string, string>());
        var owed = outbox.Part(change, "done", told.Kind, subject.Id, subject.PatientId, told.Ids);
        change.CommandText = $"""
            WITH {before}done AS ({change.CommandText}){(noted is null ? "" : $", noted AS ({noted})")}, owed AS ({owed}){after}
            SELECT count(*) FROM done
            """;
        var did = await batch.ReadAsync([change], async (reader, token) => await reader.ReadAsync(token) && reader.GetInt64(0) > 0, cancellation);
        if (did)
        {
            signal.Wake();
        }

        return did;
    }

    /// <summary>The same without an entry or a message: how far work has got.</summary>
    public async Task<bool> NoteAsync(NpgsqlBatchCommand change, CancellationToken cancellation)
    {
        change.CommandText = $"WITH done AS ({change.CommandText}) SELECT count(*) FROM done";
        return await batch.ReadAsync([change], async (reader, token) => await reader.ReadAsync(token) && reader.GetInt64(0) > 0, cancellation);
    }

    /// <summary>The ids that a question yields.</summary>
    public Task<List<Guid>> IdsAsync(NpgsqlBatchCommand question, CancellationToken cancellation)
        => batch.ReadAsync([question], (reader, token) => reader.ListAsync(row => row.GetGuid(0), token), cancellation);

    /// <summary>The same of keys.</summary>
    public Task<List<string>> KeysAsync(NpgsqlBatchCommand question, CancellationToken cancellation)
        => batch.ReadAsync([question], (reader, token) => reader.ListAsync(row => row.GetString(0), token), cancellation);

    /// <summary>What is read and told to the audit trail in one go.</summary>
    public Task TellAsync(AuditEntry entry, CancellationToken cancellation) => batch.ReadAsync([audit.Statement(entry)], (_, _) => Task.FromResult(true), cancellation);

    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    private Task<List<Recording>> ReadAsync(NpgsqlBatchCommand command, CancellationToken cancellation)
        => batch.ReadAsync([command], (reader, token) => reader.ListAsync(Recording.Read, token), cancellation);
}

/// <summary>Which recording, and whose.</summary>
internal sealed record RecordingSubject(Guid Id, Guid PatientId)
{
    public static implicit operator RecordingSubject(Recording recording) => new(recording.Id, recording.PatientId);
}

/// <summary>What the outbox is told of a recording, where it is more than that it changed.</summary>
internal sealed record RecordingMessage(string Kind, IReadOnlyDictionary<string, string> Ids);
