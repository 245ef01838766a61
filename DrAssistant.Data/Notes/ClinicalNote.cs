using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>The documentation of one encounter: both shapes of the seed in one.</summary>
internal sealed record ClinicalNote
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

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

    public NoteMetadata Metadata { get; init; } = new();

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<Guid> Attachments { get; init; } = [];
}

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
