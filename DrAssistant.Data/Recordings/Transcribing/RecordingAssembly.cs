using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Recordings;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// Puts the parts of a recording together, once: the file is whole in the bucket before the row says so, and the parts go in the statement in which it does.
/// </summary>
internal sealed class RecordingAssembly(RecordingRows rows, RecordingEnding ending, SecuredBatch batch, IRecordingBucket bucket, PhiCipher cipher, ClinicClock clock)
{
    /// <summary>How long parts that are on their way are waited for, after the recording was finished.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>The recording with its sound in the bucket; null where that is not to be, or not yet.</summary>
    public async Task<Recording?> AssembleAsync(Recording recording, Guid claim, CancellationToken cancellation)
    {
        var (here, finished, first) = await PartsAsync(recording.Id, cancellation);
        if (recording.Parts is not { } expected || expected == 0)
        {
            await ending.EraseAsync(recording.Id, "nothing was recorded", cancellation);
            return null;
        }

        if (here < expected)
        {
            await WaitAsync(recording, claim, here, expected, finished, cancellation);
            return null;
        }

        if (SoundKind.Of(first) is not { } kind)
        {
            await FailAsync(recording, claim, "This is no sound that can be opened: no WebM, Ogg, MP4, MP3 or WAV.", cancellation);
            return null;
        }

        await using var parts = PullStream.OfParts(expected, (number, token) => PartAsync(recording.Id, number, token));
        var kept = await bucket.PutAsync(parts, kind.MimeType, cancellation);
        var telling = kind.Ending == "m4a" && expected > 1 && !SoundQuality.HasTable(first) ? await PartAsync(recording.Id, expected - 1, cancellation) : first;
        var together = RecordingRows.Command(
            """
            UPDATE recordings SET place = 'bucket', content_key = $3, content_sha256 = $4, bytes = $5, mime_type = $6, quality = $7
            WHERE id = $1 AND claim = $2 AND place = 'parts' RETURNING id, patient_id
            """,
            recording.Id, claim, kept.Key, kept.Sha256, kept.Length, kind.MimeType,
            new NpgsqlParameter { Value = (object?)SoundQuality.Of(kind.Ending, telling, kept.Length, recording.Seconds) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        if (await rows.ActAsync(together, recording, null, CancellationToken.None, after: ", gone AS (DELETE FROM recording_parts WHERE recording_id IN (SELECT id FROM done))"))
        {
            return await rows.FindAsync(recording.Id, cancellation);
        }

        await bucket.DeleteAsync(kept.Key, CancellationToken.None); // somebody else was faster, or it was erased
        return null;
    }

    private async Task WaitAsync(Recording recording, Guid claim, int here, int expected, DateTimeOffset? finished, CancellationToken cancellation)
    {
        if (finished is { } at && clock.Now - at > Patience)
        {
            await FailAsync(recording, claim, $"{expected - here} of {expected} parts of the recording never arrived.", cancellation);
            return;
        }

        await rows.NoteAsync(
            RecordingRows.Command("UPDATE recordings SET due_at = $3, claim = NULL, claimed_until = NULL WHERE id = $1 AND claim = $2 RETURNING id", recording.Id, claim, clock.Now + Look),
            cancellation);
    }

    private async Task FailAsync(Recording recording, Guid claim, string problem, CancellationToken cancellation)
        => await rows.ActAsync(
            RecordingRows.Command(
                """
                UPDATE recordings SET status = 'error', problem = $3, percent = NULL, due_at = NULL, claim = NULL, claimed_until = NULL
                WHERE id = $1 AND claim = $2 RETURNING id, patient_id
                """,
                recording.Id, claim, problem),
            recording, null, cancellation);

    private Task<(int Here, DateTimeOffset? Finished, byte[] First)> PartsAsync(Guid id, CancellationToken cancellation)
    {
        var ask = RecordingRows.Command(
            """
            SELECT (SELECT count(*)::int FROM recording_parts p WHERE p.recording_id = r.id AND p.number < r.parts), r.finished_at,
                (SELECT p.content FROM recording_parts p WHERE p.recording_id = r.id AND p.number = 0)
            FROM recordings r WHERE r.id = $1
            """,
            id);
        return batch.ReadAsync(
            [ask],
            async (reader, token) => await reader.ReadAsync(token)
                ? (reader.GetInt32(0), reader.InstantOrNull(1), await reader.IsDBNullAsync(2, token) ? [] : cipher.RevealBytes(RecordingParts.At(id, 0), reader.GetFieldValue<byte[]>(2)))
                : (0, null, Array.Empty<byte>()),
            cancellation);
    }

    private async Task<byte[]> PartAsync(Guid id, int number, CancellationToken cancellation)
    {
        var ask = RecordingRows.Command("SELECT content FROM recording_parts WHERE recording_id = $1 AND number = $2", id, number);
        var found = await batch.ReadAsync([ask], (reader, token) => reader.ListAsync(row => row.GetFieldValue<byte[]>(0), token), cancellation);
        return found is [var content] ? cipher.RevealBytes(RecordingParts.At(id, number), content) : throw new EndOfStreamException("A part of the recording is gone.");
    }
}
