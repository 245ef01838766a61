namespace DrAssistant.Data.Recordings;

/// <summary>How far a recording has got. The model of data names processing, transcribed and error; the others are what comes before and after.</summary>
public enum RecordingStatus
{
    /// <summary>Parts are coming.</summary>
    Recording,

    /// <summary>All parts are here or on their way: it is put together and transcribed.</summary>
    Processing,

    Transcribed,

    /// <summary>It could not be transcribed; <see cref="RecordingView.Problem"/> says why. The sound is kept.</summary>
    Error,

    /// <summary>The sound is gone from every store.</summary>
    Erased,
}

/// <summary>Who agreed, how, and who heard it.</summary>
public enum ConsentManner
{
    Spoken,
    Written,

    /// <summary>A parent or guardian agreed.</summary>
    ByGuardian,
}

/// <summary>A recording that begins.</summary>
/// <param name="Id">Made by the page, so that a second sending begins nothing twice.</param>
/// <param name="MimeType">Such as <c>audio/webm;codecs=opus</c>: held against the first bytes when it is put together.</param>
/// <param name="DeviceInfo">The microphone's name and the browser, as the browser tells them; at most 200 signs.</param>
public sealed record RecordingStart(Guid Id, Guid EncounterId, Guid PatientId, ConsentManner Consent, string MimeType, string? DeviceInfo);

/// <summary>A part of the sound.</summary>
/// <param name="Number">From 0, without gaps when the recording ends.</param>
/// <param name="Sha256">Of the bytes, as 64 small hexadecimal digits.</param>
public sealed record RecordingPart(Guid RecordingId, int Number, string Sha256, ReadOnlyMemory<byte> Bytes)
{
    public const int MostBytes = 1024 * 1024;

    public override string ToString() => $"part {Number} of {RecordingId}";
}

/// <summary>That no part comes any more.</summary>
/// <param name="Parts">How many parts there are in all.</param>
/// <param name="Seconds">How long was recorded, without the pauses.</param>
public sealed record RecordingEnd(Guid RecordingId, int Parts, double Seconds);

/// <summary>Which parts are here.</summary>
/// <param name="Next">The first number that is missing.</param>
/// <param name="Beyond">Numbers that are here after it.</param>
public sealed record RecordingProgress(Guid RecordingId, RecordingStatus Status, int Next, IReadOnlyList<int> Beyond, long Bytes);

/// <summary>The facts of a recording.</summary>
/// <param name="ConsentBy">Who put the consent on file.</param>
/// <param name="Seconds">Null until it is finished.</param>
/// <param name="Quality">How the sound was made, such as <c>Opus, 48 kHz, mono, 32 kbit/s</c>; null until it is put together, or where it does not tell.</param>
/// <param name="Percent">How far its transcription is, as far as the engine tells.</param>
/// <param name="Problem">Why it was not transcribed, in words for the doctor.</param>
/// <param name="ExpiresAt">When it is erased.</param>
/// <param name="RetentionReason">Why it is kept until then.</param>
public sealed record RecordingView(
    Guid Id, Guid EncounterId, Guid PatientId, RecordingStatus Status, DateTimeOffset CreatedAt, ConsentManner Consent, DateTimeOffset ConsentAt, string? ConsentBy,
    double? Seconds, long Bytes, string MimeType, string? Quality, int? Percent, string? Problem, Guid? TranscriptId, DateTimeOffset? ExpiresAt, string? RetentionReason)
{
    public override string ToString() => $"{nameof(RecordingView)} {Id} {Status}";
}

/// <summary>A stretch of the sound.</summary>
public sealed record RecordedSound(string MimeType, long TotalLength, ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => $"{Bytes.Length} of {TotalLength} bytes of sound";
}

/// <summary>How sound becomes text in this practice.</summary>
/// <param name="Engine">As the page names it; null where there is none, and transcripts are typed or pasted.</param>
/// <param name="LeavesThisMachine">The sound is sent to another machine.</param>
/// <param name="Problem">Why there is none, in words for the doctor.</param>
public sealed record TranscriptionWays(string? Engine, bool LeavesThisMachine, string? Problem);

/// <summary>Where a transcript comes from.</summary>
public enum TranscriptSource
{
    Transcribed,
    Typed,
}

/// <summary>What was said.</summary>
/// <param name="Text">As it is now: a line a turn, each beginning with who speaks where that is known (<c>Doctor: …</c>).</param>
/// <param name="RawText">As it was transcribed or first typed; null where nobody changed it.</param>
/// <param name="Words">Where each word of <paramref name="RawText"/> (or of the text, while nobody changed it) was heard, in its order; empty for typed text.</param>
/// <param name="Confidence">From 0 to 1; null for typed text.</param>
/// <param name="Engine">Which engine heard it, with its version.</param>
/// <param name="Version">Counts up with each change.</param>
/// <param name="SaidAt">When its recording began, or when it was typed.</param>
public sealed record TranscriptView(
    Guid Id, Guid EncounterId, Guid PatientId, Guid? RecordingId, TranscriptSource Source, string Text, string? RawText, IReadOnlyList<SpokenWord> Words, double? Confidence,
    string? Engine, string? Language, int Version, DateTimeOffset SaidAt, DateTimeOffset UpdatedAt)
{
    /// <summary>How sure it is that this was said; null where somebody typed it, or read it through and corrected it.</summary>
    public double? HeardConfidence => RawText is null ? Confidence : null;

    public override string ToString() => $"{nameof(TranscriptView)} {Id} v{Version}";
}

/// <summary>A word and where it was heard.</summary>
/// <param name="Start">Its place in the text as it was transcribed.</param>
/// <param name="Length">Signs.</param>
/// <param name="From">Seconds from the beginning of the recording.</param>
/// <param name="To">Seconds.</param>
/// <param name="Confidence">From 0 to 1; null where the engine does not tell.</param>
public sealed record SpokenWord(int Start, int Length, double From, double To, double? Confidence)
{
    public override string ToString() => nameof(SpokenWord);
}

/// <summary>What somebody typed or pasted.</summary>
/// <param name="Id">Made by the page, so that a second sending keeps nothing twice.</param>
public sealed record TypedTranscript(Guid Id, Guid EncounterId, Guid PatientId, string Text)
{
    public override string ToString() => $"{nameof(TypedTranscript)} {Id}";
}

/// <summary>A text in the place of the one before.</summary>
/// <param name="Version">The version that was changed.</param>
public sealed record TranscriptEdit(Guid TranscriptId, Guid PatientId, int Version, string Text)
{
    public override string ToString() => $"{nameof(TranscriptEdit)} {TranscriptId}";
}
