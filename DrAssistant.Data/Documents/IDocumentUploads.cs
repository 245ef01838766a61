using DrAssistant.Data.Common;

namespace DrAssistant.Data.Documents;

/// <summary>
/// The door by which documents come in: begun with what is known of a file, then its parts in any order and as often as need be, then finished.
/// What is refused at the end is gone; what is finished is a document, whether or not the object store is there.
/// </summary>
public interface IDocumentUploads
{
    /// <summary>Begins an upload, or goes on with one's own of the same file for the same patient.</summary>
    Task<Result<UploadState>> BeginAsync(UploadDraft draft, CancellationToken cancellation);

    Task<Result<UploadState>> StateAsync(Guid uploadId, CancellationToken cancellation);

    /// <summary>Takes a part; the same part twice is one part.</summary>
    /// <param name="sha256">Of the part, 64 hexadecimal digits.</param>
    Task<Result<UploadState>> PartAsync(Guid uploadId, int number, ReadOnlyMemory<byte> content, string sha256, CancellationToken cancellation);

    /// <summary>Looks at all of it, and makes a document of it. A file that may not be kept is refused and its parts are gone.</summary>
    Task<Result<Guid>> FinishAsync(Guid uploadId, CancellationToken cancellation);

    /// <summary>Gives it up; its parts are gone.</summary>
    Task<Result<bool>> CancelAsync(Guid uploadId, CancellationToken cancellation);
}

/// <summary>A file that somebody wants to upload.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of the whole file, 64 hexadecimal digits.</param>
public sealed record UploadDraft(Guid PatientId, DocumentFacts Facts, DocumentAttachment Attachment, long Length, string Sha256)
{
    public override string ToString() => nameof(UploadDraft);
}

/// <summary>How far an upload has come.</summary>
/// <param name="PartLength">In bytes; the last part is what is left.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="There">The numbers of those that have arrived, from 0 on.</param>
public sealed record UploadState(Guid Id, int PartLength, int Parts, IReadOnlyList<int> There);

/// <summary>What a document may be.</summary>
public static class DocumentLimits
{
    /// <summary>In bytes.</summary>
    public const long Largest = 50 * 1024 * 1024;

    /// <summary>In bytes.</summary>
    public const int PartLength = 1024 * 1024;

    public const int LongestTitle = 120;

    public const int LongestDescription = 1_000;

    /// <summary>Of one picture: as much as a large-format scan, and a tenth of what stops a portal.</summary>
    public const long MostPixels = 100_000_000;
}
