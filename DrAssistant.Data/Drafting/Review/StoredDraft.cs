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

    public required Guid TranscriptId { get; init; }

    /// <summary>Of a recording, in seconds; null where the transcript was typed.</summary>
    public double? RecordingSeconds { get; init; }

    public required DraftedNote Note { get; init; }

    public IReadOnlyList<StoredDecision> Decisions { get; init; } = [];

    public override string ToString() => $"{nameof(StoredDraft)} {Id}";
}

/// <summary>What somebody decided about a sentence outside the note. The latest of a sentence counts.</summary>
internal sealed record StoredDecision(int Number, SentenceState State, Guid By, DateTimeOffset At);
