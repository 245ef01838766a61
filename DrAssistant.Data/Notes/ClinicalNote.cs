using System.Text.Json.Nodes;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>The documentation of one encounter: both shapes of the seed in one.</summary>
internal sealed record ClinicalNote
{
    public required Guid Id { get; init; }

    /// <summary>The draft of an amendment, which lies beside the note that it amends.</summary>
    public bool IsAmendment { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who saved it last; null in notes that were taken over from elsewhere.</summary>
    public Guid? UpdatedBy { get; init; }

    public NoteStatus Status { get; init; } = NoteStatus.Draft;

    public int Version { get; init; } = 1;

    public NoteType NoteType { get; init; } = NoteType.Soap;

    public required SoapContent Content { get; init; }

    public string? RawTranscription { get; init; }

    public string? AiSummary { get; init; }

    /// <summary>0 to 1.</summary>
    public double? AiConfidenceScore { get; init; }

    public Guid? SignedBy { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>How often it was signed: 1 is the original, 2 its first amendment.</summary>
    public int Editions { get; init; }

    /// <summary>Under the version that was signed last; null in drafts and in notes that were taken over from elsewhere.</summary>
    public StoredSignature? Signature { get; init; }

    /// <summary>Which signed version is amended, and why: in the draft of an amendment, and in the version that came of it.</summary>
    public StoredAmendment? Amends { get; init; }

    /// <summary>Who said that it should not have been written, or gave an amendment up.</summary>
    public StoredError? InError { get; init; }

    public NoteMetadata Metadata { get; init; } = new();

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    /// <summary>Sentences of drafts that were taken into it, oldest first. What was taken back is none of them any more.</summary>
    public IReadOnlyList<DraftedPart> Drafted { get; init; } = [];

    /// <summary>Who wrote a field last, by its path. It stays when the field is emptied.</summary>
    public IReadOnlyDictionary<string, FieldMark> Written { get; init; } = new Dictionary<string, FieldMark>();

    /// <summary>Fields into which two people wrote, by their paths.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldValue>> Conflicts { get; init; } = new Dictionary<string, IReadOnlyList<FieldValue>>();

    /// <summary>Fields copied forward that nobody has edited or kept, by their paths.</summary>
    public IReadOnlyDictionary<string, CarriedFrom> Carried { get; init; } = new Dictionary<string, CarriedFrom>();
}

/// <summary>Name and registration of the doctor as they were then, and the hash of what was signed.</summary>
internal sealed record StoredSignature(
    Guid By, string Name, string? Qualification, string? RegistrationNumber, string? RegistrationCouncil, DateTimeOffset At, string? Hash = null);

/// <summary>A signed version of a note that is amended, and why.</summary>
internal sealed record StoredAmendment(Guid NoteId, int Version, string Reason)
{
    public override string ToString() => nameof(StoredAmendment);
}

/// <summary>Who said that a note should not have been written, when and why.</summary>
internal sealed record StoredError(Guid By, DateTimeOffset At, string Reason)
{
    public override string ToString() => nameof(StoredError);
}

/// <summary>A paragraph that was added to a signed note.</summary>
internal sealed record StoredAddendum(Guid Id, Guid NoteId, string Text, StoredSignature Signature)
{
    public override string ToString() => $"{nameof(StoredAddendum)} {Id}";
}

/// <summary>Sentences of a draft that somebody took at once.</summary>
internal sealed record DraftedPart(Guid DraftId, Guid By, DateTimeOffset At, IReadOnlyList<TakenSentence> Sentences);

/// <summary>A sentence as it went into a field.</summary>
/// <param name="Number">Its place in the draft.</param>
/// <param name="IsChanged">Whether the doctor put it in words of their own.</param>
internal sealed record TakenSentence(int Number, string Field, string Text, bool IsChanged)
{
    public override string ToString() => $"{nameof(TakenSentence)} {Number}";
}

/// <summary>Who wrote a field, when, and in which version.</summary>
internal sealed record FieldMark(Guid By, DateTimeOffset At, int Version);

/// <summary>One of several values of a field, as JSON; null where somebody emptied it.</summary>
internal sealed record FieldValue(JsonNode? Value, Guid By, DateTimeOffset At, int Version)
{
    public override string ToString() => nameof(FieldValue);
}

/// <summary>The earlier note that a field was copied from, and when that note was written.</summary>
internal sealed record CarriedFrom(Guid NoteId, DateTimeOffset At);

public enum NoteStatus
{
    Draft,
    Signed,
    Amended,

    /// <summary>Written for the wrong patient or by mistake: in no summary, kept in the record.</summary>
    EnteredInError,
}

public enum NoteType
{
    Soap,
    Progress,
    Procedure,
}
