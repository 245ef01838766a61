using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Search;

/// <summary>What is shown of documents that were found: they are sealed, so they are not read by a statement alone.</summary>
internal sealed class DocumentHits(DocumentVault vault, ClinicClock clock)
{
    public async Task<IReadOnlyList<FoundDocument>> ReadAsync(ClinicDb db, Guid[] ids, CancellationToken cancellation)
    {
        var rows = await (
            from document in db.PatientDocuments.AsNoTracking()
            where ids.Contains(document.Id) && document.Status != DocumentStatus.Uploading && document.EnteredInErrorAt == null
            join name in db.PatientNames on document.PatientId equals name.PatientId
            join extract in db.DocumentExtracts on document.Id equals extract.DocumentId into extracts
            from extract in extracts.DefaultIfEmpty()
            select new { Document = document, name.FirstName, name.LastName, name.Mrn, By = db.Users.Where(u => u.Id == document.UploadedBy).Select(u => u.FullName).FirstOrDefault(), Words = extract == null ? null : extract.Words })
            .ToListAsync(cancellation);
        return rows.ConvertAll(r => new FoundDocument(
            new HitRow
            {
                Id = r.Document.Id,
                PatientId = r.Document.PatientId,
                VisitId = r.Document.EncounterId,
                FirstName = r.FirstName,
                LastName = r.LastName,
                Mrn = r.Mrn,
                Title = vault.Title(r.Document.Id, r.Document.Title),
                Status = null,
                Doctor = r.By,
                At = clock.DayBounds(r.Document.DocumentDate).From,
                Lines = [],
            },
            [.. TextsOf(r.Document, r.Words)]));
    }

    private IEnumerable<(string Label, string Text)> TextsOf(PatientDocument document, byte[]? words)
    {
        if (vault.Words(document.Id, words) is { Length: > 0 } inside)
        {
            yield return ("In the document", inside);
        }

        if (vault.Description(document.Id, document.Description) is { Length: > 0 } description)
        {
            yield return ("About it", description);
        }

        yield return ("Title", vault.Title(document.Id, document.Title));
    }
}

/// <summary>A document with the texts in which the question may be met.</summary>
internal sealed record FoundDocument(HitRow Row, List<(string Label, string Text)> Texts)
{
    public override string ToString() => $"{nameof(FoundDocument)} {Row.Id}";
}
