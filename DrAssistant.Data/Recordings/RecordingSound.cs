using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Recordings;

namespace DrAssistant.Data.Recordings;

/// <summary>The sound of a recording, wherever it is: one and the same to whoever listens.</summary>
internal sealed class RecordingSound(RecordingRows rows, IRecordingBucket bucket, IObjectStore objects)
{
    /// <summary>As much as is opened at once.</summary>
    public const int MostAtOnce = 4 * 1024 * 1024;

    public async Task<Result<RecordedSound>> ListenAsync(Guid recordingId, long offset, int length, CancellationToken cancellation)
    {
        if (offset < 0 || length < 0)
        {
            return Refusal.Invalid("A stretch of a recording begins at its beginning or later.");
        }

        var (recording, content) = await FindAsync(recordingId, offset, Math.Min(length, MostAtOnce), cancellation);
        if (recording is null)
        {
            return RecordingRefusals.NotFound;
        }

        if (content is null)
        {
            return recording.Place switch
            {
                SoundPlace.Gone => RecordingRefusals.Erased,
                SoundPlace.Parts => Refusal.Conflict("The sound is still being put together. Try again in a moment."),
                _ => Refusal.Unavailable("The sound is not where it should be. Try again in a moment."),
            };
        }

        if (offset == 0)
        {
            var entry = new AuditEntry(AuditAction.Read, "recording.listen") { PatientId = recording.PatientId, ResourceType = RecordingRows.ResourceType, ResourceId = recording.Id };
            await rows.TellAsync(entry, cancellation);
        }

        return new RecordedSound(content.ContentType, content.TotalLength, content.Bytes);
    }

    /// <summary>Looks a second time where the sound went to another store in between.</summary>
    private async Task<(Recording? Recording, ObjectContent? Content)> FindAsync(Guid id, long offset, int length, CancellationToken cancellation)
    {
        for (var second = false; ; second = true)
        {
            var recording = await rows.FindAsync(id, cancellation);
            var content = recording is null ? null : await ReadAsync(recording, offset, length, cancellation);
            if (content is not null || second || recording is not { ContentKey: not null })
            {
                return (recording, content);
            }
        }
    }

    /// <summary>A stretch of a recording that was put together; null where its file is not there.</summary>
    public Task<ObjectContent?> ReadAsync(Recording recording, long offset, int length, CancellationToken cancellation) => recording switch
    {
        { Place: SoundPlace.Bucket, ContentKey: { } key } => bucket.ReadRangeAsync(key, offset, length, cancellation),
        { Place: SoundPlace.Objects, ContentKey: { } key } => objects.ReadRangeAsync(key, offset, length, cancellation),
        _ => Task.FromResult<ObjectContent?>(null),
    };

    /// <summary>All of it, from its beginning to its end.</summary>
    public Stream Open(Recording recording) => PullStream.OfObject((offset, length, cancellation) => ReadAsync(recording, offset, length, cancellation));
}
