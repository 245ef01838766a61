using DrAssistant.Data.Alerts;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Outbox;

/// <summary>
/// Carries out what the outbox owes, at least once each. Several servers share the work: a row is locked while it is
/// carried out, so a server that dies gives it back. After ten failures a message is parked and the admins are told.
/// </summary>
internal sealed partial class OutboxRelay(
    ClinicDataSources clinic, IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider time, ILogger<OutboxRelay> log)
    : BackgroundService
{
    internal const int MostAttempts = 10;
    private const int BatchSize = 50;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RelayAsync(stoppingToken) < BatchSize)
                {
                    await signal.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away, or something nobody thought of: what is owed waits in it, and the portal goes on.
                RelayPaused(e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
            }
        }
    }

    /// <summary>Carries out one batch and says how many messages it took.</summary>
    internal async Task<int> RelayAsync(CancellationToken cancellation)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var messages = await TakeAsync(connection, cancellation);
        foreach (var message in messages)
        {
            var error = await CarryOutAsync(message, cancellation);
            await SettleAsync(connection, message, error, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return messages.Count;
    }

    private async Task<List<OutboxMessage>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand($"""
            SELECT id, kind, subject_id, patient_id, payload, created_at, available_at, attempts FROM outbox_messages
            WHERE done_at IS NULL AND parked_at IS NULL AND available_at <= $1
            ORDER BY available_at, id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """, connection)
        {
            // The clock that wrote when a message is due says whether it is.
            Parameters = { new() { Value = time.GetUtcNow() } },
        };
        var messages = new List<OutboxMessage>();
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            messages.Add(new OutboxMessage
            {
                Id = reader.GetGuid(0),
                Kind = reader.GetString(1),
                SubjectId = await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetGuid(2),
                PatientId = await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetGuid(3),
                Payload = reader.GetString(4),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(5),
                AvailableAt = reader.GetFieldValue<DateTimeOffset>(6),
                Attempts = reader.GetInt32(7),
            });
        }

        return messages;
    }

    private async Task<string?> CarryOutAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await using var scope = SystemScope.Create(scopes);
            foreach (var handler in scope.ServiceProvider.GetServices<IOutboxHandler>().Where(h => h.Kinds.Contains(message.Kind)))
            {
                await handler.HandleAsync(message, cancellation);
            }

            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // One poisoned message must not hold up the rest. The type alone is kept: a message may quote a patient.
            // A handler's own time-out looks like a cancellation and is a failure too.
            HandlerFailed(message.Id, message.Kind, e.GetType().Name);
            return e.GetType().Name;
        }
    }

    private async Task SettleAsync(NpgsqlConnection connection, OutboxMessage message, string? error, CancellationToken cancellation)
    {
        var attempts = message.Attempts + 1;
        var parked = error is not null && attempts >= MostAttempts;
        await using var settle = new NpgsqlCommand("""
            UPDATE outbox_messages SET attempts = $2, last_error = $3,
                done_at = CASE WHEN $3 IS NULL THEN $6 END,
                parked_at = CASE WHEN $4 THEN $6 END,
                available_at = $6 + $5
            WHERE id = $1
            """, connection)
        {
            Parameters =
            {
                new() { Value = message.Id },
                new() { Value = attempts },
                new() { Value = (object?)error ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar },
                new() { Value = parked },
                new() { Value = TimeSpan.FromSeconds(error is null ? 0 : Math.Pow(2, attempts)) },
                new() { Value = time.GetUtcNow() },
            },
        };
        await settle.ExecuteNonQueryAsync(cancellation);
        if (parked)
        {
            await TellAdminsAsync(connection, message, cancellation);
        }
    }

    private Task TellAdminsAsync(NpgsqlConnection connection, OutboxMessage message, CancellationToken cancellation)
        => AlertWriter.ToAdminsAsync(
            connection,
            new AlertDraft(AlertType.System, AlertSeverity.High, "A background task keeps failing", $"Message {message.Id} ({message.Kind}) was set aside after ten tries.")
            {
                Source = "outbox",
                SourceId = message.Id,
            },
            time.GetUtcNow(),
            cancellation);

    [LoggerMessage(LogLevel.Warning, "Outbox message {MessageId} of kind {Kind} failed: {Error}.")]
    private partial void HandlerFailed(Guid messageId, string kind, string error);

    [LoggerMessage(LogLevel.Warning, "The outbox relay paused: {Error}.")]
    private partial void RelayPaused(string error);
}
