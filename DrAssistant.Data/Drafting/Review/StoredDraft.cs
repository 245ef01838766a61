namespace DrAssistant.Data.Drafting.Review;

/// <summary>A draft as it is kept: what was proposed never changes, only what was decided about it.</summary>
internal sealed record StoredDraft
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Guid DraftedBy { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>What it rests on, in the order in which it was said.</summary>
    public required IReadOnlyList<StoredSource> Sources { get; init; }

    public required DraftedNote Note { get; init; }

    public IReadOnlyList<StoredDecision> Decisions { get; init; } = [];

    public override string ToString() => $"{nameof(StoredDraft)} {Id}";
}

/// <summary>A transcript that a draft rests on.</summary>
/// <param name="Hash">SHA-256 of its text then.</param>
/// <param name="Start">Where it begins in the text that was drafted from.</param>
/// <param name="End">Where it ends there, excluded.</param>
/// <param name="Seconds">How long its recording was; null where it was typed.</param>
internal sealed record StoredSource(Guid TranscriptId, string Hash, int Start, int End, double? Seconds);

/// <summary>What somebody decided about a sentence outside the note. The latest of a sentence counts.</summary>
internal sealed record StoredDecision(int Number, SentenceState State, Guid By, DateTimeOffset At);
