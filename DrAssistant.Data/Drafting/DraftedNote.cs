namespace DrAssistant.Data.Drafting;

/// <summary>Who said a stretch of a transcript.</summary>
public enum Speaker
{
    Unknown,
    Doctor,
    Patient,
    Companion,
}

/// <summary>Where a sentence of a draft belongs.</summary>
public enum DraftSection
{
    Subjective,
    Objective,
    Assessment,
    Plan,
    Summary,
}

/// <summary>What the support checker did not find where a sentence says that it rests.</summary>
public enum SupportFault
{
    NoSource,
    Number,
    Unit,
    Medicine,
    Negation,
    Side,
    Speaker,
    Words,
}

/// <summary>A stretch of a transcript: positions in its text, the last one excluded.</summary>
public sealed record TranscriptSpan(int Start, int End, Speaker Speaker)
{
    public override string ToString() => $"{Start}-{End}";
}

/// <summary>One sentence that is proposed, with everything it rests on. A sentence with faults is shown as one that nobody may take for said.</summary>
/// <param name="Heading">Within the section, such as the part of the body that was examined, or the problem that a plan is for.</param>
public sealed record DraftedSentence(
    DraftSection Section, string Heading, string Text, IReadOnlyList<TranscriptSpan> Spans, double Confidence, IReadOnlyList<SupportFault> Faults)
{
    public bool IsSupported => Faults.Count == 0;

    public override string ToString() => $"{Section}: {Spans.Count} spans, confidence {Confidence:0.00}";
}

/// <summary>A proposal for a note. Nothing of it is in the note before the doctor takes it.</summary>
/// <param name="WhyEmpty">Why there is no sentence, in words for the doctor; null when there is one.</param>
/// <param name="Removed">How many sentences an engine proposed that the transcript does not support.</param>
/// <param name="Engine">Which engine wrote it, and of which version: kept with what is accepted.</param>
/// <param name="TranscriptHash">SHA-256 of the transcript's text, so that a draft can be told from one of another text.</param>
public sealed record DraftedNote(
    IReadOnlyList<DraftedSentence> Sentences, double Confidence, string Engine, string Version, string TranscriptHash, string? WhyEmpty, int Removed)
{
    public IEnumerable<DraftedSentence> In(DraftSection section) => Sentences.Where(s => s.Section == section);

    public override string ToString() => $"{Engine} {Version}: {Sentences.Count} sentences";
}
