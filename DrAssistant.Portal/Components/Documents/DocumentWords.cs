using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Documents;

/// <summary>Documents in words.</summary>
internal static class DocumentWords
{
    private const double Kilobyte = 1024;

    public static IReadOnlyList<DocumentCategory> All { get; } = Enum.GetValues<DocumentCategory>();

    /// <summary>Of a filter: "Reports".</summary>
    public static string Many(DocumentCategory category) => category switch
    {
        DocumentCategory.Imaging or DocumentCategory.Insurance => DocumentTypes.NameOf(category),
        DocumentCategory.DischargeSummary => "Discharge summaries",
        _ => $"{DocumentTypes.NameOf(category)}s",
    };

    /// <summary>"PDF, 3 pages, 1.2 MB".</summary>
    public static string Of(DocumentView document)
        => string.Join(", ", new[] { DocumentTypes.NameOf(document.ContentType), document.Pages is { } pages ? Words.Count(pages, "page") : null, Size(document.Length) }.OfType<string>());

    public static string Size(long bytes) => bytes < Kilobyte * Kilobyte
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / Kilobyte):0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte:0.#} MB");

    public static string Icon(DocumentView document) => document.Shape switch
    {
        DocumentShape.Pdf => "picture_as_pdf",
        DocumentShape.Picture => "image",
        _ => document.ContentType == DocumentTypes.Dicom ? "radiology" : "draft",
    };

    /// <summary>"the visit", of what it is attached to beside the patient.</summary>
    public static string? Of(DocumentAttachment attachment) => attachment switch
    {
        { NoteId: not null } => "a note",
        { ResultId: not null } => "a result",
        { OrderId: not null } => "an order",
        { EncounterId: not null } => "a visit",
        _ => null,
    };

    /// <summary>Where what it is attached to is read.</summary>
    public static string? AddressOf(DocumentView document) => document.Attachment switch
    {
        { NoteId: { } note } => Words.NotesOf(document.PatientId, note),
        { ResultId: { } result } => Words.ResultOf(document.PatientId, result),
        { OrderId: { } order } => Words.OrdersOf(document.PatientId, order),
        { EncounterId: { } visit } => Words.VisitOf(visit),
        _ => null,
    };

    public static string WaitsSince(DocumentView document, ClinicClock clock)
        => $"{(document.WasRefused ? "Waiting for the object store" : "On its way to the object store")} since {ClinicFormat.DateAndTime(document.UploadedAt, clock)}. It is kept encrypted in the database meanwhile.";

    public static string ContentOf(DocumentView document) => $"/documents/{document.Id}/content";

    public static string ThumbnailOf(DocumentView document) => $"/documents/{document.Id}/thumbnail";
}
