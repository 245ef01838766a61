using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Objects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Documents;

internal sealed partial class DocumentService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, DocumentVault vault, DocumentBytes bytes, DocumentViews views,
    RecentOpenings openings, ClinicClock clock, ILogger<DocumentService> log) : IDocuments
{
    private const int MostAtOnce = 100;
    private const int MostResults = 500;

    public async Task<Result<DocumentList>> ListAsync(DocumentListQuery query, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var all = db.PatientDocuments.AsNoTracking().Where(d => d.PatientId == query.PatientId);
        var whole = all.Where(d => d.Status != DocumentStatus.Uploading);
        var counts = await whole.Where(d => d.EnteredInErrorAt == null).GroupBy(d => d.Category).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var inError = await whole.CountAsync(d => d.EnteredInErrorAt != null, cancellation);
        var asked = whole.Where(d => (query.WithErrors || d.EnteredInErrorAt == null) && (query.Category == null || d.Category == query.Category));
        var take = Math.Clamp(query.Take, 1, MostAtOnce);
        var page = await views.ReadAsync(db, asked.OrderByDescending(d => d.DocumentDate).ThenByDescending(d => d.Id).Skip(Math.Max(0, query.Skip)).Take(take + 1), cancellation);
        var unfinished = await UnfinishedAsync(db, all, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "documents.list") { PatientId = query.PatientId, ResourceType = "patient", ResourceId = query.PatientId });
        await db.SaveChangesAsync(cancellation);
        return new DocumentList([.. page.Take(take)], page.Count > take, counts, inError, unfinished);
    }

    public async Task<Result<DocumentsOfSome>> OfResultsAsync(Guid patientId, IReadOnlyCollection<Guid> resultIds, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadDocuments))
        {
            return Refusal.Forbidden;
        }

        if (resultIds.Count > MostResults)
        {
            return Refusal.Invalid($"Ask for at most {MostResults} results.", nameof(resultIds));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var shown = await CorrectionsAsync(db, patientId, [.. resultIds], cancellation);
        var found = await views.ReadAsync(
            db,
            db.PatientDocuments.AsNoTracking()
                .Where(d => d.PatientId == patientId && d.Status != DocumentStatus.Uploading && d.EnteredInErrorAt == null && shown.Keys.Contains(d.ResultId!.Value))
                .OrderByDescending(d => d.DocumentDate).ThenByDescending(d => d.Id),
            cancellation);
        if (found.Count > 0)
        {
            audit.Add(db, new AuditEntry(AuditAction.Read, "documents.list") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId });
            await db.SaveChangesAsync(cancellation);
        }

        return new DocumentsOfSome(found.ConvertAll(d => (shown[d.Attachment.ResultId!.Value], d)));
    }

    public async Task<Result<DocumentView>> FindAsync(Guid documentId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await OneAsync(db, documentId, cancellation) is { } view ? view : Refusal.NotFound("Document");
    }

    public async Task<Result<DocumentFile>> OpenAsync(Guid documentId, bool toKeep, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await WholeAsync(db.PatientDocuments.AsNoTracking(), documentId, cancellation) is not { } document)
        {
            return Refusal.NotFound("Document");
        }

        Stream content;
        try
        {
            content = await bytes.OpenAsync(document, cancellation);
        }
        catch (ObjectStoreException e)
        {
            Away(documentId, e.Message);
            return Refusal.Unavailable("The place where documents are kept does not answer. Try again in a moment; if it stays so, tell an administrator.");
        }

        try
        {
            await NoteOpeningAsync(db, document, toKeep ? "document.download" : "document.view", cancellation);
        }
        catch
        {
            // What is not in the trail is not handed over.
            await content.DisposeAsync();
            throw;
        }

        var isInline = !toKeep && DocumentTypes.ShapeOf(document.ContentType!) is not DocumentShape.File;
        return new DocumentFile(NameOf(document), document.ContentType!, document.ContentSha256, content, isInline);
    }

    public async Task<Result<ReadOnlyMemory<byte>>> ThumbnailAsync(Guid documentId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var picture = await db.DocumentExtracts.Where(e => e.DocumentId == documentId).Select(e => e.Thumbnail).SingleOrDefaultAsync(cancellation);
        return picture is null ? Refusal.NotFound("Picture") : new ReadOnlyMemory<byte>(vault.Thumbnail(documentId, picture));
    }

    public async Task<Result<DocumentView>> ChangeAsync(Guid documentId, DocumentFacts facts, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments))
        {
            return Refusal.Forbidden;
        }

        var asked = FactsCheck.Of(facts, clock.Today);
        if (asked.Value is not { } said)
        {
            return asked.Refusal!;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await WholeAsync(db.PatientDocuments, documentId, cancellation) is not { } document)
        {
            return Refusal.NotFound("Document");
        }

        List<FieldChange> changes =
        [
            new("category", EnumText.Of(document.Category), EnumText.Of(said.Category)),
            new("title", vault.Title(document.Id, document.Title), said.Title),
            new("document_date", Day(document.DocumentDate), Day(said.Date)),
            new("description", vault.Description(document.Id, document.Description), said.Description),
        ];
        (document.Category, document.DocumentDate) = (said.Category, said.Date);
        (document.Title, document.Description) = (vault.SealTitle(document.Id, said.Title), vault.SealDescription(document.Id, said.Description));
        Note(db, document, AuditAction.Update, "document.change", [.. changes.Where(c => c.Before != c.After)]);
        return await SavedAsync(db, document, cancellation);
    }

    public async Task<Result<DocumentView>> MarkInErrorAsync(Guid documentId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason, DocumentLimits.LongestDescription);
        if (why.Length == 0)
        {
            return Refusal.Invalid("Say why this document does not belong here.", nameof(reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await WholeAsync(db.PatientDocuments, documentId, cancellation) is not { } document)
        {
            return Refusal.NotFound("Document");
        }

        if (document.MarkInError(vault.SealReason(document.Id, why), me, clock.Now) is { } refusal)
        {
            return refusal;
        }

        Note(db, document, AuditAction.Update, "document.entered-in-error", [new FieldChange("error_reason", null, why)]);
        return await SavedAsync(db, document, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The document {DocumentId} could not be read: {Error}")]
    private partial void Away(Guid documentId, string error);

    private async Task NoteOpeningAsync(ClinicDb db, PatientDocument document, string what, CancellationToken cancellation)
    {
        if (!openings.IsOpen(user.SessionId, document.Id, what))
        {
            Note(db, document, AuditAction.Read, what);
            await db.SaveChangesAsync(cancellation);
            openings.Opened(user.SessionId, document.Id, what);
        }
    }

    private static Task<PatientDocument?> WholeAsync(IQueryable<PatientDocument> documents, Guid id, CancellationToken cancellation)
        => documents.SingleOrDefaultAsync(d => d.Id == id && d.Status != DocumentStatus.Uploading, cancellation);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(PatientDocument document)
        => $"{EnumText.Of(document.Category).Replace('_', '-')}-{Day(document.DocumentDate)}{DocumentTypes.ExtensionOf(document.ContentType!)}";

    /// <summary>Each of these results and what it took the place of, with the result under which its documents are shown.</summary>
    private static async Task<Dictionary<Guid, Guid>> CorrectionsAsync(ClinicDb db, Guid patientId, Guid[] resultIds, CancellationToken cancellation)
    {
        var known = await db.Database.SqlQuery<Correction>($"""
            WITH RECURSIVE known AS (
                SELECT r.id, r.id AS shown, 0 AS step FROM results r WHERE r.id = ANY ({resultIds}) AND r.patient_id = {patientId}
                UNION ALL
                SELECT r.id, k.shown, k.step + 1 FROM results r JOIN known k ON r.superseded_by = k.id WHERE k.step < 20)
            SELECT id, shown FROM known ORDER BY step
            """).ToListAsync(cancellation);
        return known.DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c.Shown);
    }

    private async Task<DocumentView?> OneAsync(ClinicDb db, Guid id, CancellationToken cancellation)
        => (await views.ReadAsync(db, db.PatientDocuments.AsNoTracking().Where(d => d.Id == id && d.Status != DocumentStatus.Uploading), cancellation)).SingleOrDefault();

    private async Task<List<UnfinishedUpload>> UnfinishedAsync(ClinicDb db, IQueryable<PatientDocument> all, CancellationToken cancellation)
    {
        var rows = await all.Where(d => d.Status == DocumentStatus.Uploading && d.UploadedBy == user.Id).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.Title, d.ContentLength, d.CreatedAt, Arrived = db.DocumentParts.Where(p => p.DocumentId == d.Id).Sum(p => (long)p.Length) })
            .ToListAsync(cancellation);
        return rows.ConvertAll(r => new UnfinishedUpload(r.Id, vault.Title(r.Id, r.Title), r.ContentLength, r.Arrived, r.CreatedAt));
    }

    private async Task<Result<DocumentView>> SavedAsync(ClinicDb db, PatientDocument document, CancellationToken cancellation)
    {
        outbox.Add(db, DocumentKeeping.Changed, document.Id, document.PatientId);
        await db.SaveChangesAsync(cancellation);
        return (await OneAsync(db, document.Id, cancellation))!;
    }

    private sealed record Correction(Guid Id, Guid Shown);

    private void Note(ClinicDb db, PatientDocument document, AuditAction action, string what, IReadOnlyCollection<FieldChange>? changes = null)
        => audit.Add(db, new AuditEntry(action, what) { PatientId = document.PatientId, ResourceType = "document", ResourceId = document.Id, Changes = changes ?? [] });
}
