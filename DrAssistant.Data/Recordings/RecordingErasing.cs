using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Recordings;

namespace DrAssistant.Data.Recordings;

/// <summary>Takes the sound and the transcript of an erased recording out of every store. Background work; done twice, it is done once.</summary>
internal sealed class RecordingErasing(RecordingRows rows, SecuredBatch batch, RecordingStore store, IRecordingBucket bucket, IObjectStore objects, ClinicClock clock)
{
    /// <summary>Asks every store, and tells the document.</summary>
    /// <param name="id">Of an erased recording.</param>
    /// <param name="place">Where its sound was.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task EraseAsync(Guid id, SoundPlace place, string key, CancellationToken cancellation)
    {
        await batch.ReadAsync([RecordingRows.Command("DELETE FROM recording_parts WHERE recording_id = $1", id)], (_, _) => Task.FromResult(true), cancellation);
        switch (place)
        {
            case SoundPlace.Bucket:
                await bucket.DeleteAsync(key, cancellation);
                break;
            case SoundPlace.Objects:
                await objects.DeleteAsync(key, cancellation);
                break;
        }

        // A transcript has the id of its recording.
        await store.EraseTranscriptAsync(id, clock.Now, cancellation);
        if (await rows.FindAsync(id, cancellation) is { } recording)
        {
            await store.TellAsync(recording, cancellation);
        }
    }

    /// <summary>What the outbox owes of this recording, now instead of in a moment. The outbox finds it done.</summary>
    public async Task EraseOwedAsync(Guid id, CancellationToken cancellation)
    {
        var ask = RecordingRows.Command($"SELECT payload FROM outbox_messages WHERE subject_id = $1 AND kind = '{RecordingMessages.Erase}' AND done_at IS NULL", id);
        foreach (var payload in await batch.ReadAsync([ask], (reader, token) => reader.ListAsync(row => row.GetString(0), token), cancellation))
        {
            var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(payload)!;
            await EraseAsync(id, EnumText.Parse<SoundPlace>(ids["place"]), ids["key"], cancellation);
        }
    }
}
