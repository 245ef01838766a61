using DrAssistant.Data.Common;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Who is at which recording. What a worker does counts only while its claim stands.</summary>
internal sealed class RecordingClaims(RecordingRows rows, ClinicClock clock)
{
    /// <summary>How long a claim stands without being renewed.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromMinutes(2);

    /// <summary>What is due first and nobody is at.</summary>
    public async Task<(Recording Recording, Guid Claim)?> TakeAsync(CancellationToken cancellation)
    {
        var (now, claim) = (clock.Now, Guid.CreateVersion7());
        var take = RecordingRows.Command(
            """
            UPDATE recordings SET claim = $1, claimed_until = $3 WHERE id = (
                SELECT id FROM recordings WHERE due_at <= $2 AND (claimed_until IS NULL OR claimed_until <= $2) AND place <> 'gone' ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            claim, now, now + Stands);
        return await rows.IdsAsync(take, cancellation) is [var id] && await rows.FindAsync(id, cancellation) is { } recording ? (recording, claim) : null;
    }

    /// <summary>Says that somebody is still at it, and how far; false where it is no longer theirs.</summary>
    public Task<bool> RenewAsync(Guid id, Guid claim, int percent, CancellationToken cancellation)
        => rows.NoteAsync(RecordingRows.Command("UPDATE recordings SET claimed_until = $3, percent = $4 WHERE id = $1 AND claim = $2 RETURNING id", id, claim, clock.Now + Stands, percent), cancellation);

    /// <summary>Gives it back, to be taken up at a moment, or never where that is null.</summary>
    public Task<bool> GiveBackAsync(Guid id, Guid claim, DateTimeOffset? due, bool countsAsTry, CancellationToken cancellation)
        => rows.NoteAsync(
            RecordingRows.Command(
                "UPDATE recordings SET due_at = $3, claim = NULL, claimed_until = NULL, percent = NULL, attempts = attempts + $4 WHERE id = $1 AND claim = $2 RETURNING id",
                id, claim, new Npgsql.NpgsqlParameter { Value = (object?)due ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }, countsAsTry ? 1 : 0),
            cancellation);
}
