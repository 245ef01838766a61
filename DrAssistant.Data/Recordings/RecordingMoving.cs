using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Recordings;

namespace DrAssistant.Data.Recordings;

/// <summary>Once the note of a visit is signed, its sound goes from the bucket to the object store, where everything else lies that is kept and not worked on.</summary>
internal sealed class RecordingMoving(RecordingRows rows, RecordingSound sound, IRecordingBucket bucket, IObjectStore objects, NoteStore notes)
{
    /// <summary>The recordings of a note's visit follow it, if it is signed.</summary>
    public async Task FollowAsync(Guid noteId, CancellationToken cancellation)
    {
        if (await notes.FindAsync(noteId, AccessFilter.Everything, cancellation) is not { IsAmendment: false, Status: NoteStatus.Signed or NoteStatus.Amended } note)
        {
            return;
        }

        foreach (var recording in await rows.OfEncounterAsync(note.EncounterId, cancellation))
        {
            await MoveAsync(recording, cancellation);
        }
    }

    /// <summary>What became ready after its note was signed follows at once.</summary>
    public async Task FollowAsync(Recording recording, CancellationToken cancellation)
    {
        if (await notes.OfEncounterAsync(recording.EncounterId, AccessFilter.Everything, cancellation) is { Status: NoteStatus.Signed or NoteStatus.Amended })
        {
            await MoveAsync(recording, cancellation);
        }
    }

    /// <summary>What is still worked on stays in the bucket; it follows when the work is done.</summary>
    private async Task MoveAsync(Recording recording, CancellationToken cancellation)
    {
        if (recording is not { Place: SoundPlace.Bucket, Status: RecordingStatus.Transcribed or RecordingStatus.Error, ContentKey: { } key })
        {
            return;
        }

        await using var content = sound.Open(recording);
        var kept = await objects.PutAsync(content, SoundKind.Served(recording.MimeType), cancellation);
        if (kept.Sha256 != recording.ContentSha256)
        {
            await objects.DeleteAsync(kept.Key, CancellationToken.None);
            throw new ObjectStoreException("The sound is not what was put together.") { IsDamaged = true };
        }

        var move = RecordingRows.Command(
            """
            UPDATE recordings SET place = 'objects', content_key = $2
            WHERE id = $1 AND place = 'bucket' AND content_key = $3 AND status = $4 RETURNING id, patient_id
            """,
            recording.Id, kept.Key, key, EnumText.Of(recording.Status));
        var moved = await rows.ActAsync(move, recording, null, CancellationToken.None);

        // Whoever lost the race takes its own copy away. What a crash leaves of either is nobody's, and swept.
        await (moved ? bucket.DeleteAsync(key, CancellationToken.None) : objects.DeleteAsync(kept.Key, CancellationToken.None));
    }
}
