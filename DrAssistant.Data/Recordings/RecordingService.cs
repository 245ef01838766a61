using System.Data.Common;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Objects;
using Npgsql;

namespace DrAssistant.Data.Recordings;

internal sealed class RecordingService(
    RecordingRows rows, RecordingBeginning beginning, RecordingParts parts, RecordingSound sound, RecordingEnding ending, ICurrentUser user, ClinicClock clock) : IRecordings
{
    private const int MostParts = 20_000;

    public async Task<Result<RecordingView>> BeginAsync(RecordingStart start, CancellationToken cancellation)
        => MayRecord(out var me) ? await AnswerAsync(() => beginning.BeginAsync(start, me, cancellation)) : Refusal.Forbidden;

    public async Task<Result<RecordingProgress>> TakePartAsync(RecordingPart part, CancellationToken cancellation)
        => MayRecord(out _) ? await AnswerAsync(() => parts.TakeAsync(part, cancellation)) : Refusal.Forbidden;

    public async Task<Result<RecordingProgress>> ProgressAsync(Guid recordingId, CancellationToken cancellation)
        => MayRecord(out _) ? await AnswerAsync(() => parts.ProgressAsync(recordingId, cancellation)) : Refusal.Forbidden;

    public async Task<Result<RecordingView>> FinishAsync(RecordingEnd end, CancellationToken cancellation)
        => MayRecord(out _) ? await AnswerAsync(() => FinishedAsync(end, cancellation)) : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<RecordingView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await AnswerAsync<IReadOnlyList<RecordingView>>(
            async () => (await rows.OfEncounterAsync(encounterId, cancellation)).Select(recording => recording.ToView()).ToList());
    }

    public async Task<Result<RecordedSound>> ListenAsync(Guid recordingId, long offset, int length, CancellationToken cancellation)
        => user.Can(Permissions.ReadNotes) ? await AnswerAsync(() => sound.ListenAsync(recordingId, offset, length, cancellation)) : Refusal.Forbidden;

    public async Task<Result<RecordingView>> RetryAsync(Guid recordingId, CancellationToken cancellation)
        => MayRecord(out _)
            ? await AnswerAsync(() => ChangedAsync(
                recordingId,
                r => r.Status is RecordingStatus.Error ? null : r.Status is RecordingStatus.Erased ? RecordingRefusals.Erased : Refusal.Conflict("Only what could not be transcribed is tried again."),
                r => r.WithdrawnAt is null ? null : RecordingRefusals.Withdrawn,
                "status = 'processing', wants_text = true, attempts = 0, problem = NULL, percent = NULL, due_at = $2", "status = 'error'",
                "recording.retry", cancellation))
            : Refusal.Forbidden;

    public async Task<Result<RecordingView>> CancelTranscriptionAsync(Guid recordingId, CancellationToken cancellation)
        => MayRecord(out _)
            ? await AnswerAsync(() => ChangedAsync(
                recordingId,
                r => r.Status is RecordingStatus.Processing ? null : Refusal.Conflict("Nothing is being transcribed."),
                _ => null,
                "status = 'error', wants_text = false, problem = 'Given up.', percent = NULL, claim = NULL, claimed_until = NULL, due_at = CASE WHEN place = 'parts' THEN $2 END",
                "status = 'processing'", "recording.cancel", cancellation))
            : Refusal.Forbidden;

    public async Task<Result<RecordingView>> WithdrawAsync(Guid recordingId, bool erase, CancellationToken cancellation)
        => MayRecord(out _) ? await AnswerAsync(() => ending.WithdrawAsync(recordingId, erase, cancellation)) : Refusal.Forbidden;

    private bool MayRecord(out Guid me)
    {
        me = user.Id ?? Guid.Empty;
        return user.Can(Permissions.WriteNotes) && user.Id is not null;
    }

    private async Task<Result<RecordingView>> FinishedAsync(RecordingEnd end, CancellationToken cancellation)
    {
        if (await rows.FindAsync(end.RecordingId, cancellation) is not { } recording)
        {
            return RecordingRefusals.NotFound;
        }

        if (recording.Status is not RecordingStatus.Recording)
        {
            return Again(recording, end);
        }

        if (end.Parts is < 1 or > MostParts)
        {
            return Refusal.Invalid("Nothing was recorded.");
        }

        if (!double.IsFinite(end.Seconds) || end.Seconds < 0)
        {
            return Refusal.Invalid("The length of a recording is a number of seconds.");
        }

        if (end.Seconds > parts.MostSeconds)
        {
            return Refusal.Invalid($"A recording may last {parts.MostSeconds / 3600:0.#} hours.");
        }

        var finish = RecordingRows.Command("""
            UPDATE recordings SET status = 'processing', parts = $2, seconds = $3, finished_at = $4, due_at = $4
            WHERE id = $1 AND status = 'recording' AND NOT EXISTS (SELECT FROM recording_parts p WHERE p.recording_id = $1 AND p.number >= $2)
            RETURNING id, patient_id
            """, end.RecordingId, end.Parts, end.Seconds, clock.Now);
        if (await rows.ActAsync(finish, recording, new AuditEntry(AuditAction.Update, "recording.finish"), cancellation))
        {
            return (await rows.FindAsync(end.RecordingId, cancellation))!.ToView();
        }

        return await rows.FindAsync(end.RecordingId, cancellation) is { Status: not RecordingStatus.Recording } now
            ? Again(now, end)
            : Refusal.Invalid("More parts have come than the recording is said to have.");
    }

    /// <summary>Asked twice, it happens once.</summary>
    private static Result<RecordingView> Again(Recording recording, RecordingEnd end) => recording switch
    {
        { Status: RecordingStatus.Erased } => RecordingRefusals.Erased,
        { Parts: { } known } when known == end.Parts => recording.ToView(),
        { WithdrawnAt: not null } => RecordingRefusals.Withdrawn,
        _ => RecordingRefusals.Over,
    };

    private async Task<Result<RecordingView>> ChangedAsync(
        Guid id, Func<Recording, Refusal?> state, Func<Recording, Refusal?> consent, string set, string when, string deed, CancellationToken cancellation)
    {
        if (await rows.FindAsync(id, cancellation) is not { } recording)
        {
            return RecordingRefusals.NotFound;
        }

        if ((state(recording) ?? consent(recording)) is { } refusal)
        {
            return refusal;
        }

        var change = RecordingRows.Command($"UPDATE recordings SET {set} WHERE id = $1 AND {when} AND place <> 'gone' AND $2::timestamptz IS NOT NULL RETURNING id, patient_id", id, clock.Now);
        return await rows.ActAsync(change, recording, new AuditEntry(AuditAction.Update, deed), cancellation)
            ? (await rows.FindAsync(id, cancellation))!.ToView()
            : Refusal.Conflict("This recording was changed meanwhile. Look again.");
    }

    /// <summary>A store that is away is an answer and no fault: the page keeps what was recorded and sends it again.</summary>
    private static async Task<Result<T>> AnswerAsync<T>(Func<Task<Result<T>>> act)
    {
        try
        {
            return await act();
        }
        catch (DbException away) when (away is DocumentStoreException { IsAway: true } or NpgsqlException { IsTransient: true })
        {
            return RecordingRefusals.Away;
        }
        catch (ObjectStoreException e)
        {
            return e.IsDamaged ? Refusal.Unavailable("The sound cannot be opened: it is not what was kept.") : RecordingRefusals.Away;
        }
    }
}
