using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Recordings;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Recordings;

/// <summary>What has expired is erased, what was left behind is ended, and what nobody holds is taken away. Background work; several servers may do it at once.</summary>
internal sealed class RecordingRetention(
    RecordingRows rows, RecordingStore store, RecordingEnding ending, RecordingErasing erasing, IRecordingBucket bucket, ClinicClock clock, IOptions<RecordingOptions> options)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(24);

    /// <summary>How many were erased.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var erased = await RecordingsAsync(cancellation) + await TypedAsync(cancellation);
        await EndLeftBehindAsync(cancellation);
        await SweepBucketAsync(cancellation);
        return erased;
    }

    private async Task<int> RecordingsAsync(CancellationToken cancellation)
    {
        var erased = 0;
        var expired = RecordingRows.Command($"SELECT id FROM recordings WHERE expires_at <= $1 AND status <> 'erased' ORDER BY expires_at LIMIT {AtOnce}", clock.Now);
        foreach (var id in await rows.IdsAsync(expired, cancellation))
        {
            // The entry in the audit trail comes with the row's change; the stores are asked at once, and by the outbox until they have answered.
            if (await ending.EraseAsync(id, "expired", cancellation))
            {
                await erasing.EraseOwedAsync(id, cancellation);
                erased++;
            }
        }

        return erased;
    }

    /// <summary>What was typed or pasted has no recording and expires as long after it was begun.</summary>
    private async Task<int> TypedAsync(CancellationToken cancellation)
    {
        var typed = await store.TypedBeforeAsync(clock.DayBounds(clock.Today.AddDays(-options.Value.KeepDays)).From, AtOnce, cancellation);
        foreach (var transcript in typed)
        {
            var entry = new AuditEntry(AuditAction.Delete, "transcript.erase")
            {
                PatientId = transcript.PatientId, ResourceType = TranscriptService.ResourceType, ResourceId = transcript.Id, Severity = "medium", Reason = "expired",
            };
            await rows.TellAsync(entry, cancellation);
            await store.EraseTranscriptAsync(transcript.Id, clock.Now, cancellation);
        }

        return typed.Count;
    }

    /// <summary>A browser that was closed and never came back: what arrived without a gap is the recording. Where nothing did, there is none.</summary>
    private async Task EndLeftBehindAsync(CancellationToken cancellation)
    {
        var left = RecordingRows.Command(
            $"""
            SELECT id FROM recordings r WHERE status = 'recording' AND created_at <= $1
                AND NOT EXISTS (SELECT FROM recording_parts p WHERE p.recording_id = r.id AND p.arrived_at > $1) LIMIT {AtOnce}
            """,
            clock.Now - LeftBehind);
        foreach (var id in await rows.IdsAsync(left, cancellation))
        {
            if (await rows.FindAsync(id, cancellation) is not { } recording)
            {
                continue;
            }

            var end = RecordingRows.Command(
                """
                UPDATE recordings SET status = 'processing', finished_at = $2, due_at = $2,
                    parts = (SELECT count(*) FROM recording_parts p WHERE p.recording_id = $1
                        AND p.number = (SELECT count(*) FROM recording_parts q WHERE q.recording_id = $1 AND q.number < p.number))
                WHERE id = $1 AND status = 'recording' RETURNING id, patient_id
                """,
                id, clock.Now);
            await rows.ActAsync(end, recording, new AuditEntry(AuditAction.Update, "recording.finish") { Reason = "left behind" }, cancellation);
        }
    }

    /// <summary>A portal that stopped between two stores left a file that no recording names.</summary>
    private async Task SweepBucketAsync(CancellationToken cancellation)
    {
        foreach (var keys in (await bucket.PutBeforeAsync(clock.Now - LeftBehind, cancellation)).Chunk(AtOnce))
        {
            var held = await rows.KeysAsync(RecordingRows.Command("SELECT content_key FROM recordings WHERE content_key = ANY ($1)", (object)keys), cancellation);
            foreach (var key in keys.Except(held))
            {
                await bucket.DeleteAsync(key, cancellation);
            }
        }
    }
}
