using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Alerts;

/// <summary>Tells the admins that a signed note is not what was signed. Once a note and person, however often it is read.</summary>
internal sealed class TamperedNotes(ClinicDataSources clinic) : IOutboxHandler
{
    public const string Kind = "note.tampered";

    private const string Source = "note.hash";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Kind };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.SubjectId is not { } note)
        {
            return;
        }

        await using var tell = clinic.Worker.CreateCommand("""
            INSERT INTO alerts (id, user_id, alert_type, severity, title, message, source, source_id)
            SELECT gen_random_uuid(), u.id, 'system', 'critical', 'A signed note does not match its hash',
                   'Note ' || $1 || ' was changed after it was signed, and not by the portal. The audit trail has who read it since (note.hash-mismatch).', $2, $1
            FROM users u
            WHERE u.role = 'admin' AND u.status = 'active'
              AND NOT EXISTS (SELECT FROM alerts a WHERE a.user_id = u.id AND a.source = $2 AND a.source_id = $1)
            """);
        tell.Parameters.Add(new NpgsqlParameter { Value = note });
        tell.Parameters.Add(new NpgsqlParameter { Value = Source });
        await tell.ExecuteNonQueryAsync(cancellation);
    }
}
