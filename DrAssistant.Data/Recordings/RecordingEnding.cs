using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Recordings;

/// <summary>How a recording ends before its time: the consent is withdrawn, or it is erased.</summary>
internal sealed partial class RecordingEnding(RecordingRows rows, IServiceScopeFactory scopes, ClinicClock clock, ILogger<RecordingEnding> log)
{
    private const int MostTries = 5;

    public async Task<Result<RecordingView>> WithdrawAsync(Guid id, bool erase, CancellationToken cancellation)
    {
        if (await rows.FindAsync(id, cancellation) is not { } recording)
        {
            return RecordingRefusals.NotFound;
        }

        if (recording.WithdrawnAt is null)
        {
            await EndAsync(recording, cancellation);
        }

        if (erase && recording.Status is not RecordingStatus.Erased && await EraseAsync(id, "consent withdrawn", cancellation))
        {
            await CarryOutAsync(id, cancellation);
        }

        return (await rows.FindAsync(id, cancellation))!.ToView();
    }

    /// <summary>
    /// Says that a recording is erased, and owes the erasing: from here on nobody reaches its sound or its transcript, and every store is asked to take them away until it has.
    /// False where it is erased already.
    /// </summary>
    public async Task<bool> EraseAsync(Guid id, string reason, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await rows.FindAsync(id, cancellation) is not { } recording || recording.Status is RecordingStatus.Erased)
            {
                return false;
            }

            var erase = RecordingRows.Command(
                """
                UPDATE recordings SET status = 'erased', place = 'gone', content_key = NULL, transcript_id = NULL, problem = NULL, percent = NULL, wants_text = false,
                    due_at = NULL, claim = NULL, claimed_until = NULL, erased_at = $2
                WHERE id = $1 AND status <> 'erased' AND place = $3 AND coalesce(content_key, '') = $4 RETURNING id, patient_id
                """,
                id, clock.Now, EnumText.Of(recording.Place), recording.ContentKey ?? "");
            var ids = new Dictionary<string, string> { ["place"] = EnumText.Of(recording.Place), ["key"] = recording.ContentKey ?? "" };
            var entry = new AuditEntry(AuditAction.Delete, "recording.erase") { Severity = "medium", Reason = reason };
            if (await rows.ActAsync(erase, recording, entry, cancellation, new RecordingMessage(RecordingMessages.Erase, ids)))
            {
                return true;
            }
        }

        throw new InvalidOperationException("A recording that is to be erased is changed by somebody else again and again.");
    }

    /// <summary>Recording ends with what is here without a gap, and nothing of it is transcribed any more.</summary>
    private async Task EndAsync(Recording recording, CancellationToken cancellation)
    {
        var withdraw = RecordingRows.Command(
            """
            UPDATE recordings SET wants_text = false, claim = NULL, claimed_until = NULL, percent = NULL,
                parts = CASE WHEN place = 'parts' THEN (SELECT count(*) FROM recording_parts p WHERE p.recording_id = $1 AND p.number
                    = (SELECT count(*) FROM recording_parts q WHERE q.recording_id = $1 AND q.number < p.number)) ELSE parts END,
                status = CASE WHEN status IN ('recording', 'processing') THEN 'error' ELSE status END,
                problem = CASE WHEN status IN ('recording', 'processing') THEN 'The patient withdrew the consent.' ELSE problem END,
                due_at = CASE WHEN place = 'parts' THEN $2 END
            WHERE id = $1 AND EXISTS (SELECT FROM withdrawn) RETURNING id, patient_id
            """,
            recording.Id, clock.Now, recording.ConsentId);
        await rows.ActAsync(
            withdraw, recording, new AuditEntry(AuditAction.Update, "consent.withdraw") { Severity = "medium" }, cancellation,
            before: "withdrawn AS (UPDATE consents SET withdrawn_at = $2 WHERE id = $3 AND withdrawn_at IS NULL RETURNING id), ");
    }

    /// <summary>At once, as far as the stores answer; the outbox owes it all the same.</summary>
    private async Task CarryOutAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            await using var scope = SystemScope.Create(scopes);
            await scope.ServiceProvider.GetRequiredService<RecordingErasing>().EraseOwedAsync(id, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Later(id, e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sound of recording {Id} could not be erased at once ({Error}); it is tried again.")]
    private partial void Later(Guid id, string error);
}
