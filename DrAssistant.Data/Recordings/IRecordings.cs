using DrAssistant.Data.Common;

namespace DrAssistant.Data.Recordings;

/// <summary>
/// The one door to recordings of visits. Nothing is recorded before the patient's consent is on file; the sound is encrypted wherever it
/// lies, kept until <see cref="RecordingView.ExpiresAt"/> and erased from every store then. Who recorded, heard, withdrew or erased is in the audit trail.
/// </summary>
public interface IRecordings
{
    /// <summary>Puts the consent on file and begins a recording, or an upload of a file that was recorded elsewhere. Refused without consent, and in a visit that is not open.</summary>
    Task<Result<RecordingView>> BeginAsync(RecordingStart start, CancellationToken cancellation);

    /// <summary>
    /// Takes one part of the sound. Sent twice, it is one part. Refused where the checksum does not fit, where another sound came under the same number, and
    /// after the recording was finished or withdrawn.
    /// </summary>
    Task<Result<RecordingProgress>> TakePartAsync(RecordingPart part, CancellationToken cancellation);

    /// <summary>Which parts are here: what the browser asks when it comes back after a lost connection or a reload.</summary>
    Task<Result<RecordingProgress>> ProgressAsync(Guid recordingId, CancellationToken cancellation);

    /// <summary>No part comes any more: once all are here, they are put together and transcribed in the background. Asked twice, it happens once.</summary>
    Task<Result<RecordingView>> FinishAsync(RecordingEnd end, CancellationToken cancellation);

    /// <summary>Recordings of a visit, oldest first, with where each has got to. Erased ones are among them, as facts without sound.</summary>
    Task<Result<IReadOnlyList<RecordingView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>A stretch of the sound, to hear it; the first stretch of a hearing is audited.</summary>
    Task<Result<RecordedSound>> ListenAsync(Guid recordingId, long offset, int length, CancellationToken cancellation);

    /// <summary>Transcribes anew what failed or was given up.</summary>
    Task<Result<RecordingView>> RetryAsync(Guid recordingId, CancellationToken cancellation);

    /// <summary>Gives up a transcription that runs or waits. The sound stays.</summary>
    Task<Result<RecordingView>> CancelTranscriptionAsync(Guid recordingId, CancellationToken cancellation);

    /// <summary>The patient withdraws the consent: recording ends. With <paramref name="erase"/>, sound and transcript are erased at once.</summary>
    Task<Result<RecordingView>> WithdrawAsync(Guid recordingId, bool erase, CancellationToken cancellation);
}

/// <summary>The one door to what was said in a visit, as text: transcribed from a recording, typed or pasted. Clinical text of the visit's patient.</summary>
public interface ITranscripts
{
    /// <summary>Which engine makes text of sound here, if any.</summary>
    TranscriptionWays Ways();

    /// <summary>Transcripts of a visit, oldest first.</summary>
    Task<Result<IReadOnlyList<TranscriptView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>Keeps what somebody typed or pasted as the transcript of a visit.</summary>
    Task<Result<TranscriptView>> TypeAsync(TypedTranscript typed, CancellationToken cancellation);

    /// <summary>Changes the text. What was heard first stays in <see cref="TranscriptView.RawText"/>. Refused where somebody else changed it meanwhile.</summary>
    Task<Result<TranscriptView>> EditAsync(TranscriptEdit edit, CancellationToken cancellation);
}
