namespace DrAssistant.Data.Stores.Documents;

/// <summary>
/// Documents whose shape varies: clinical notes with their versions, facts about files. PostgreSQL <c>jsonb</c> under
/// row-level security, or MongoDB. There is no method without an <see cref="AccessFilter"/>.
/// </summary>
internal interface IDocumentStore
{
    Task<StoredDocument?> FindAsync(DocumentCollection collection, Guid id, AccessFilter access, CancellationToken cancellation);

    /// <summary>Newest first unless asked otherwise, at most <see cref="DocumentQuery.Take"/>.</summary>
    Task<IReadOnlyList<StoredDocument>> ListAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation);

    Task<long> CountAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation);

    /// <summary>Writes a new document; false when one with its id (or, for a note, its encounter) is there already.</summary>
    Task<bool> TryInsertAsync(DocumentCollection collection, StoredDocument document, AccessFilter access, CancellationToken cancellation);

    /// <summary>
    /// Replaces the document of the same id where its version is one less than the given and its status is
    /// <paramref name="whileStatus"/>; false when somebody was faster or it is no longer so.
    /// </summary>
    Task<bool> TryReplaceAsync(DocumentCollection collection, StoredDocument document, string whileStatus, AccessFilter access, CancellationToken cancellation);
}

internal enum DocumentCollection
{
    ClinicalNotes,
    NoteVersions,
    Documents,
    NoteAmendments,
    VoiceRecordings,
    Transcripts,
    NoteDrafts,
}

/// <summary>A document: the facts that queries use, and the rest as JSON. Clinical text in it is ciphertext.</summary>
internal sealed record StoredDocument(
    Guid Id,
    Guid PatientId,
    Guid? EncounterId,
    Guid? DoctorId,
    string Status,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Body);

/// <summary>Which documents; what is null does not filter.</summary>
internal sealed record DocumentQuery
{
    public Guid? PatientId { get; init; }

    public Guid? EncounterId { get; init; }

    /// <summary>Any of these encounters.</summary>
    public IReadOnlyCollection<Guid>? EncounterIds { get; init; }

    public Guid? DoctorId { get; init; }

    public string? Status { get; init; }

    /// <summary>Any status but this.</summary>
    public string? NotStatus { get; init; }

    /// <summary>Where the page before ended: only what follows it in the list. Several may have the same instant.</summary>
    public DocumentCursor? After { get; init; }

    /// <summary>Oldest first: what has waited longest.</summary>
    public bool OldestFirst { get; init; }

    public int Take { get; init; } = 50;
}

/// <summary>The last document of a page.</summary>
internal sealed record DocumentCursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>Whose documents may be touched. Composed into every query, beneath whatever the store itself enforces.</summary>
internal sealed class AccessFilter
{
    private AccessFilter(IReadOnlyCollection<Guid>? patients) => Patients = patients;

    /// <summary>Background work of the practice.</summary>
    public static AccessFilter Everything { get; } = new(null);

    /// <summary>The patients whose documents may be touched; null for all of them.</summary>
    public IReadOnlyCollection<Guid>? Patients { get; }

    public static AccessFilter Of(IReadOnlyCollection<Guid> patients) => new(patients);

    public bool Allows(Guid patientId) => Patients is null || Patients.Contains(patientId);
}
