namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Makes text of a visit's sound.</summary>
internal interface ITranscriber
{
    /// <summary>Which engine, as the page names it.</summary>
    string Engine { get; }

    /// <summary>Whether the sound is sent to another machine.</summary>
    bool LeavesThisMachine { get; }

    /// <summary>What was heard.</summary>
    /// <param name="sound">To be read once, to its end.</param>
    /// <param name="progress">How much of it is done, from 0 to 1, where the engine tells.</param>
    /// <param name="cancellation">Ends it, and whatever was begun for it.</param>
    /// <exception cref="TranscriptionException">It could not be heard; the message is for the doctor.</exception>
    Task<HeardSpeech> TranscribeAsync(SoundToHear sound, IProgress<double> progress, CancellationToken cancellation);
}

/// <summary>The sound of a recording.</summary>
/// <param name="Ending">Of a file of its kind, without the dot.</param>
/// <param name="Seconds">As the browser counted them; null where nobody did.</param>
internal sealed record SoundToHear(Stream Content, string MimeType, string Ending, long Bytes, double? Seconds)
{
    public override string ToString() => $"{Bytes} bytes of {MimeType}";
}

/// <summary>What was heard.</summary>
/// <param name="Text">A line a stretch of speech: a pause of more than a second begins a new one.</param>
/// <param name="Confidence">From 0 to 1; null where the engine does not tell.</param>
/// <param name="Engine">With its version or model.</param>
internal sealed record HeardSpeech(string Text, IReadOnlyList<SpokenWord> Words, double? Confidence, string Engine, string? Language, double? Seconds)
{
    public override string ToString() => $"{Words.Count} words";
}

/// <summary>The sound could not be made into text. The message is in words for the doctor and holds nothing of what was said.</summary>
internal sealed class TranscriptionException(string message, bool mayPass, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>It may go well another time: a server is away or busy.</summary>
    public bool MayPass { get; } = mayPass;

    public static TranscriptionException NoSpeech() => new("No speech heard.", mayPass: false);
}
