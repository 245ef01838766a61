using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Recordings.Transcribing;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Recordings;

/// <summary>What follows when something about a recording changed: its document is told, the worker wakes, the sound is erased, or follows its signed note.</summary>
internal sealed class RecordingMessages(RecordingRows rows, RecordingStore store, RecordingErasing erasing, RecordingMoving moving, TranscriptionSignal signal, IDocumentFiling? filing = null)
    : IOutboxHandler
{
    public const string Erase = "recording.erase";
    private const string NoteChanged = "note.changed";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { RecordingRows.Changed, Erase, NoteChanged };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.SubjectId is not { } id)
        {
            return;
        }

        switch (message.Kind)
        {
            case NoteChanged:
                await moving.FollowAsync(id, cancellation);
                break;
            case Erase:
                var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
                await erasing.EraseAsync(id, EnumText.Parse<SoundPlace>(ids["place"]), ids["key"], cancellation);
                break;
            default:
                signal.Wake();
                if (await rows.FindAsync(id, cancellation) is { } recording)
                {
                    await store.TellAsync(recording, cancellation);
                    await FileAsync(recording, cancellation);
                }

                break;
        }
    }

    /// <summary>In a document server of its own, what was heard while two records were merged lies under the one that is no more.</summary>
    private async Task FileAsync(Recording recording, CancellationToken cancellation)
    {
        if (filing is not null && await store.FindTranscriptAsync(recording.Id, AccessFilter.Everything, cancellation) is { } said && said.PatientId != recording.PatientId)
        {
            await filing.FileAsync(recording.PatientId, [recording.EncounterId], cancellation);
        }
    }
}
