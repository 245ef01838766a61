using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Alerts;

/// <summary>What somebody must know, before it is anybody's. Title and message are shown to that person only.</summary>
internal sealed record AlertDraft(AlertType Type, AlertSeverity Severity, string Title, string Message)
{
    public Guid? PatientId { get; init; }

    /// <summary>Which part of the house says so; with <see cref="SourceId"/> and the type it tells a repeated alert from a new one.</summary>
    public required string Source { get; init; }

    public required Guid SourceId { get; init; }

    /// <summary>The page that it is about, within the portal.</summary>
    public string? ActionUrl { get; init; }

    public override string ToString() => $"{nameof(AlertDraft)} {Source} {SourceId}";
}

/// <summary>
/// Everything that raises an alert goes through here. A repeated one is counted and not shown twice, and the message to open pages is owed
/// in the same transaction: both are triggers of the table, so nothing can forget them.
/// </summary>
internal sealed class AlertWriter(ClinicDataSources clinic, OutboxSignal signal, TimeProvider time)
{
    private const int LongestTitle = 100;

    private const string Columns = "INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message, created_at, source, source_id, action_url)";

    /// <summary>In the transaction of the act that it tells of; the context has one open.</summary>
    public Task RaiseAsync(ClinicDb db, Guid person, AlertDraft alert, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An alert is raised in the transaction of what it tells of.");
        }

        // Not by the context: it reads back what it wrote, and another person's alert may be raised but not read.
        var (type, severity) = (EnumText.Of(alert.Type), EnumText.Of(alert.Severity));
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message, created_at, source, source_id, action_url)
             VALUES ({Guid.CreateVersion7()}, {person}, {alert.PatientId}, {type}, {severity}, {Cut(alert.Title)}, {alert.Message}, {time.GetUtcNow()}, {alert.Source}, {alert.SourceId}, {alert.ActionUrl})
             """, cancellation);
    }

    /// <summary>By the house itself, for background work; pages hear of it at once.</summary>
    public async Task RaiseAsync(IReadOnlyCollection<Guid> people, AlertDraft alert, CancellationToken cancellation)
    {
        if (people.Count == 0)
        {
            return;
        }

        await using var raise = clinic.Worker.CreateCommand(
            $"{Columns} SELECT gen_random_uuid(), person, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM unnest($10) AS person");
        Fill(raise, alert, time.GetUtcNow());
        raise.Parameters.Add(new NpgsqlParameter { Value = people.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await raise.ExecuteNonQueryAsync(cancellation);
        signal.Wake();
    }

    /// <summary>To every active admin who was never told of this, whether they read it or not.</summary>
    public async Task RaiseToAdminsOnceAsync(AlertDraft alert, CancellationToken cancellation)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await ToAdminsAsync(connection, alert, time.GetUtcNow(), cancellation);
        signal.Wake();
    }

    /// <summary>The same in a transaction of the house's own.</summary>
    public static async Task ToAdminsAsync(NpgsqlConnection connection, AlertDraft alert, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var raise = new NpgsqlCommand(
            $"""
             {Columns} SELECT gen_random_uuid(), u.id, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM users u
             WHERE u.role = 'admin' AND u.status = 'active'
                 AND NOT EXISTS (SELECT FROM alerts a WHERE a.user_id = u.id AND a.source = $7 AND a.source_id = $8)
             """, connection);
        Fill(raise, alert, now);
        await raise.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>To every active admin who did not hear of it within <paramref name="every"/>: what stays as it is is said again, and not with each look.</summary>
    public async Task RemindAdminsAsync(AlertDraft alert, TimeSpan every, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection); // several portals look at once
        turn.Parameters.Add(new NpgsqlParameter { Value = $"alert/{alert.Source}" });
        await turn.ExecuteNonQueryAsync(cancellation);
        await using var raise = new NpgsqlCommand(
            $"""
             {Columns} SELECT gen_random_uuid(), u.id, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM users u
             WHERE u.role = 'admin' AND u.status = 'active' AND NOT EXISTS (
                 SELECT FROM alerts a WHERE a.user_id = u.id AND a.source = $7 AND a.source_id = $8 AND coalesce(a.last_at, a.created_at) > $10)
             """, connection);
        Fill(raise, alert, now);
        raise.Parameters.Add(new NpgsqlParameter { Value = now - every });
        var raised = await raise.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (raised > 0)
        {
            signal.Wake();
        }
    }

    private static void Fill(NpgsqlCommand raise, AlertDraft alert, DateTimeOffset now)
    {
        raise.Parameters.Add(new NpgsqlParameter { Value = (object?)alert.PatientId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        raise.Parameters.Add(new NpgsqlParameter { Value = EnumText.Of(alert.Type) });
        raise.Parameters.Add(new NpgsqlParameter { Value = EnumText.Of(alert.Severity) });
        raise.Parameters.Add(new NpgsqlParameter { Value = Cut(alert.Title) });
        raise.Parameters.Add(new NpgsqlParameter { Value = alert.Message });
        raise.Parameters.Add(new NpgsqlParameter { Value = now });
        raise.Parameters.Add(new NpgsqlParameter { Value = alert.Source, NpgsqlDbType = NpgsqlDbType.Varchar });
        raise.Parameters.Add(new NpgsqlParameter { Value = alert.SourceId });
        raise.Parameters.Add(new NpgsqlParameter { Value = (object?)alert.ActionUrl ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
    }

    private static string Cut(string title) => title.Length <= LongestTitle ? title : $"{title[..(LongestTitle - 1)]}…";
}
