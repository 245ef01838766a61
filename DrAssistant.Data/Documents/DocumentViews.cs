using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Documents;

/// <summary>From rows to what is shown.</summary>
internal sealed class DocumentViews(DocumentVault vault)
{
    public async Task<List<DocumentView>> ReadAsync(ClinicDb db, IQueryable<PatientDocument> documents, CancellationToken cancellation)
    {
        var rows = await documents.Select(d => new
        {
            Document = d,
            UploadedBy = db.Users.Where(u => u.Id == d.UploadedBy).Select(u => u.FullName).FirstOrDefault(),
            MarkedBy = db.Users.Where(u => u.Id == d.EnteredInErrorBy).Select(u => u.FullName).FirstOrDefault(),
            HasThumbnail = db.DocumentExtracts.Any(e => e.DocumentId == d.Id && e.Thumbnail != null),
        }).ToListAsync(cancellation);
        return rows.ConvertAll(r => View(r.Document, r.UploadedBy, r.MarkedBy, r.HasThumbnail));
    }

    private DocumentView View(PatientDocument d, string? uploadedBy, string? markedBy, bool hasThumbnail) => new(
        d.Id, d.PatientId, d.Category, vault.Title(d.Id, d.Title), vault.Description(d.Id, d.Description), d.DocumentDate, d.ContentType!, d.ContentLength,
        Waiting: d.Status is DocumentStatus.Queued)
    {
        Pages = d.PageCount,
        HasThumbnail = hasThumbnail,
        UploadedBy = uploadedBy ?? "",
        UploadedAt = d.UploadedAt!.Value,
        WasRefused = d.Status is DocumentStatus.Queued && d.Attempts > 0,
        Attachment = new DocumentAttachment(d.EncounterId, d.NoteId, d.OrderId, d.ResultId),
        Error = d.EnteredInErrorAt is { } at ? new DocumentError(at, markedBy ?? "", vault.Reason(d.Id, d.ErrorReason!)) : null,
    };
}
