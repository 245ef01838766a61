using DrAssistant.Data.Common;

namespace DrAssistant.Data.Documents;

/// <summary>The door to patients' documents: what was scanned, photographed or sent from elsewhere. Doctors and nurses, of the patients in their care.</summary>
public interface IDocuments
{
    /// <summary>A page of a patient's documents, the newest date first. What was entered in error is counted, and shown when it is asked for.</summary>
    Task<Result<DocumentList>> ListAsync(DocumentListQuery query, CancellationToken cancellation);

    /// <summary>
    /// The documents of some of a patient's results by the result, the newest date first; those of a value that was corrected are with the one that
    /// took its place. What was entered in error is left out.
    /// </summary>
    /// <param name="resultIds">At most 500; those of another patient have none.</param>
    Task<Result<DocumentsOfSome>> OfResultsAsync(Guid patientId, IReadOnlyCollection<Guid> resultIds, CancellationToken cancellation);

    Task<Result<DocumentView>> FindAsync(Guid documentId, CancellationToken cancellation);

    /// <summary>
    /// The bytes, to be looked at or to be kept. That somebody opens a document is audited in the same transaction; the pieces in which a browser
    /// then fetches it are the same opening, for ten minutes of one session.
    /// </summary>
    Task<Result<DocumentFile>> OpenAsync(Guid documentId, bool toKeep, CancellationToken cancellation);

    /// <summary>A small JPEG picture of it; there is none of what cannot be drawn.</summary>
    Task<Result<ReadOnlyMemory<byte>>> ThumbnailAsync(Guid documentId, CancellationToken cancellation);

    /// <summary>Sets what it is called, what kind it is, of which day, and what is noted about it.</summary>
    Task<Result<DocumentView>> ChangeAsync(Guid documentId, DocumentFacts facts, CancellationToken cancellation);

    /// <summary>Nothing is deleted: it is marked with a reason, and is found and shown no longer unless somebody asks for it.</summary>
    Task<Result<DocumentView>> MarkInErrorAsync(Guid documentId, string reason, CancellationToken cancellation);
}

/// <summary>Which documents.</summary>
/// <param name="Skip">How many of the newest are left out.</param>
/// <param name="Take">At most 100.</param>
public sealed record DocumentListQuery(Guid PatientId, DocumentCategory? Category = null, bool WithErrors = false, int Skip = 0, int Take = 24);

/// <summary>A page of them.</summary>
/// <param name="Counts">How many there are of each kind, those entered in error left out.</param>
/// <param name="InError">How many were entered in error.</param>
/// <param name="Unfinished">Uploads of whoever asks that did not come to their end.</param>
public sealed record DocumentList(
    IReadOnlyList<DocumentView> Documents, bool More, IReadOnlyDictionary<DocumentCategory, int> Counts, int InError, IReadOnlyList<UnfinishedUpload> Unfinished)
{
    public override string ToString() => nameof(DocumentList);
}

/// <summary>The documents of some results.</summary>
/// <param name="All">Each under the result with which it is shown.</param>
public sealed record DocumentsOfSome(IReadOnlyList<(Guid ResultId, DocumentView Document)> All)
{
    public static DocumentsOfSome None { get; } = new([]);

    public IEnumerable<DocumentView> this[Guid resultId] => All.Where(d => d.ResultId == resultId).Select(d => d.Document);

    public override string ToString() => nameof(DocumentsOfSome);
}

/// <summary>An upload that was begun. Choosing the same file again goes on with it.</summary>
public sealed record UnfinishedUpload(Guid Id, string Title, long Length, long Arrived, DateTimeOffset BegunAt)
{
    public override string ToString() => $"{nameof(UnfinishedUpload)} {Id}";
}

/// <summary>A document as it is shown.</summary>
/// <param name="ContentType">A media type: what its first bytes say.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Waiting">The object store has not taken it; its bytes are sealed in the database and can be read.</param>
public sealed record DocumentView(
    Guid Id, Guid PatientId, DocumentCategory Category, string Title, string? Description, DateOnly Date, string ContentType, long Length, bool Waiting)
{
    /// <summary>Null where pages cannot be told.</summary>
    public int? Pages { get; init; }

    public bool HasThumbnail { get; init; }

    public required string UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The object store was asked to take it and did not.</summary>
    public bool WasRefused { get; init; }

    public DocumentAttachment Attachment { get; init; } = DocumentAttachment.ToPatient;

    /// <summary>Set when it was entered in error.</summary>
    public DocumentError? Error { get; init; }

    /// <summary>How it can be shown in a page.</summary>
    public DocumentShape Shape => DocumentTypes.ShapeOf(ContentType);

    public override string ToString() => $"{nameof(DocumentView)} {Id}";
}

public sealed record DocumentError(DateTimeOffset At, string By, string Reason)
{
    public override string ToString() => nameof(DocumentError);
}

/// <summary>What a document belongs to beside its patient.</summary>
public sealed record DocumentAttachment(Guid? EncounterId = null, Guid? NoteId = null, Guid? OrderId = null, Guid? ResultId = null)
{
    public static DocumentAttachment ToPatient { get; } = new();
}

/// <summary>What people say about a document.</summary>
/// <param name="Title">One line of at most 120 characters.</param>
/// <param name="Description">At most 1,000 characters.</param>
/// <param name="Date">The document's own day, such as that of an examination; not after today.</param>
public sealed record DocumentFacts(DocumentCategory Category, string Title, DateOnly Date, string? Description = null)
{
    public override string ToString() => nameof(DocumentFacts);
}

/// <summary>A document's bytes.</summary>
/// <param name="FileName">Made here: of its kind and day, never of what somebody's file was called.</param>
/// <param name="Content">Can be read from any place; whoever gets it disposes of it.</param>
/// <param name="IsInline">False for what no page may show.</param>
public sealed record DocumentFile(string FileName, string ContentType, string Sha256, Stream Content, bool IsInline)
{
    public override string ToString() => nameof(DocumentFile);
}

public enum DocumentCategory
{
    Report,
    Imaging,
    DischargeSummary,
    Referral,
    Prescription,
    Consent,
    Insurance,
    Photograph,
    Other,
}

public enum DocumentShape
{
    /// <summary>Shown with zoom.</summary>
    Picture,

    /// <summary>Shown by the browser's own viewer.</summary>
    Pdf,

    /// <summary>Kept and given back as a file.</summary>
    File,
}

internal enum DocumentStatus
{
    Uploading,
    Queued,
    Stored,
}
