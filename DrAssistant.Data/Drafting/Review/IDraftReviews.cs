using DrAssistant.Data.Common;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>
/// The one door to drafts that lie beside a note until a doctor has decided about each sentence. A draft is in no note, no search and on no
/// paper; taking a sentence into the note is an act of the note (<see cref="Notes.IClinicalNotes.TakeDraftedAsync"/>).
/// </summary>
public interface IDraftReviews
{
    /// <summary>Drafts from transcripts of the visit, in the order in which they were said, and lays the draft beside the note. The one that lay there stays in the record.</summary>
    Task<Result<DraftReview>> DraftAsync(DraftAsk ask, CancellationToken cancellation);

    /// <summary>The latest draft of a visit; not found where nobody has asked for one.</summary>
    Task<Result<DraftReview>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>Says of sentences that they do not go into the note, or that their measures were recorded as vital signs, or takes that back.</summary>
    Task<Result<DraftReview>> DecideAsync(DraftDecision decision, CancellationToken cancellation);
}

/// <summary>A draft that is asked for.</summary>
/// <param name="Id">Made by the page, so that a second asking drafts nothing twice.</param>
/// <param name="PatientId">Whose chart is on the screen.</param>
/// <param name="TranscriptIds">One or several of the visit, in any order.</param>
/// <param name="Here">By the engine of this machine, whatever the practice has chosen: where the model does not answer.</param>
public sealed record DraftAsk(Guid Id, Guid EncounterId, Guid PatientId, IReadOnlyList<Guid> TranscriptIds, bool Here = false);

/// <summary>What was decided about sentences.</summary>
/// <param name="State">Refused, recorded, or open again.</param>
public sealed record DraftDecision(Guid DraftId, Guid PatientId, IReadOnlyList<int> Sentences, SentenceState State);

/// <summary>A draft and what became of it.</summary>
/// <param name="Sources">The transcripts that it rests on, in the order in which they were said.</param>
/// <param name="Confidence">From 0 to 1, of the whole draft.</param>
/// <param name="WhyEmpty">Why there is no sentence, in words for the doctor.</param>
/// <param name="Removed">How many sentences the engine proposed that the transcript does not support; they are not shown.</param>
public sealed record DraftReview(
    Guid Id, Guid EncounterId, Guid PatientId, IReadOnlyList<DraftSource> Sources, string Engine, string EngineVersion, double Confidence, DateTimeOffset DraftedAt,
    string DraftedBy, string? WhyEmpty, int Removed, IReadOnlyList<ReviewedSentence> Sentences)
{
    /// <summary>What stands in the note from drafts before this one, so that it can be put back as well.</summary>
    public IReadOnlyList<EarlierSentence> Earlier { get; init; } = [];

    public override string ToString() => $"{nameof(DraftReview)} {Id}, {Sentences.Count} sentences";
}

/// <summary>A sentence that went into the note from an earlier draft.</summary>
/// <param name="Number">Its place in that draft.</param>
/// <param name="IsChanged">Whether it went in in the doctor's words.</param>
public sealed record EarlierSentence(Guid DraftId, int Number, DraftSection Section, bool IsChanged);

/// <summary>A transcript that a draft rests on.</summary>
/// <param name="Hash">SHA-256 of its text then: where the text has another by now, places in it mean nothing any more.</param>
public sealed record DraftSource(Guid TranscriptId, string Hash);

/// <summary>A stretch of one transcript: positions in its own text, the last one excluded.</summary>
public sealed record SaidSpan(Guid TranscriptId, int Start, int End, Speaker Speaker)
{
    public override string ToString() => $"{Start}-{End} of {TranscriptId}";
}

/// <summary>A sentence and what became of it.</summary>
/// <param name="Number">Its place in the draft, from 0.</param>
/// <param name="Field">Where it goes in the note, such as <c>subjective.historyOfPresentIllness</c>; null for a summary, which is no part of the text.</param>
/// <param name="Label">The field's name, as people read it.</param>
/// <param name="Otherwise">Where it goes when that field holds a line already, such as the history for a second complaint; null where it always goes behind what is there.</param>
/// <param name="Measures">Vital signs that it tells, for the fields of vital signs; where it has some it goes there and not into the text.</param>
/// <param name="Taken">As it went into the note; null where it did not.</param>
public sealed record ReviewedSentence(
    int Number, DraftSection Section, string? Field, string Label, string Text, IReadOnlyList<SaidSpan> Spans, double Confidence, IReadOnlyList<SupportFault> Faults,
    IReadOnlyList<SpokenMeasure> Measures, SentenceState State, string? Taken, string? Otherwise = null)
{
    public override string ToString() => $"{nameof(ReviewedSentence)} {Number} {State}";
}

public enum SentenceState
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>It is in the note as it was proposed.</summary>
    Taken,

    /// <summary>It is in the note in the doctor's words.</summary>
    Changed,

    /// <summary>Its measures were recorded as vital signs.</summary>
    Recorded,

    Refused,
}
