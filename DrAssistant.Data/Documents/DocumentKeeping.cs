using DrAssistant.Data.Documents.Content;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Objects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Documents;

/// <summary>
/// What happens to a document after it was taken in: a small picture and its words are made, and its bytes go to the object store. While that is away
/// or full, they stay sealed in the database and it is asked again, later and later.
/// </summary>
internal sealed partial class DocumentKeeping(
    IDbContextFactory<ClinicDb> clinic, DocumentVault vault, DocumentBytes bytes, IObjectStore objects, OutboxWriter outbox, TimeProvider time, ILogger<DocumentKeeping> log)
{
    /// <summary>A document came, changed, or was stored.</summary>
    public const string Changed = "document.changed";

    private const int FirstWait = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>An upload that nobody goes on with is no document.</summary>
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(7);

    /// <summary>Takes the next document that waits; false when there is none. It is held meanwhile, so that of several portals one does it.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        var document = await db.PatientDocuments.FromSql(
            $"SELECT * FROM patient_documents WHERE status = 'queued' AND next_attempt_at <= {now} ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(cancellation);
        if (document is null)
        {
            return false;
        }

        string? kept = null;
        if (await bytes.WholeAsync(db, document, cancellation) is { } whole)
        {
            Prepare(db, document, whole);
            kept = await StoreAsync(db, document, whole, cancellation);
        }
        else
        {
            PartsMissing(document.Id);
            document.TryAgainAt(now + LongestWait);
        }

        await CommitAsync(db, transaction, kept, cancellation);
        return true;
    }

    /// <summary>Takes away the uploads that nobody goes on with.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var old = time.GetUtcNow() - Unfinished;
        return await db.PatientDocuments.Where(d => d.Status == DocumentStatus.Uploading && d.CreatedAt < old).ExecuteDeleteAsync(cancellation);
    }

    private void Prepare(ClinicDb db, PatientDocument document, byte[] whole)
    {
        if (document.PreparedAt is not null)
        {
            return;
        }

        var made = DocumentReading.Of(whole, document.ContentType!);
        if (made.Failed is { } failure)
        {
            NotPrepared(document.Id, failure);
        }

        if (made.Thumbnail is not null || made.Words is not null)
        {
            db.DocumentExtracts.Add(new DocumentExtract
            {
                DocumentId = document.Id,
                PatientId = document.PatientId,
                Thumbnail = made.Thumbnail is { } picture ? vault.SealThumbnail(document.Id, picture) : null,
                Words = made.Words is { } words ? vault.SealWords(document.Id, words) : null,
            });
        }

        document.Prepared(made.Pages, time.GetUtcNow());
        outbox.Add(db, Changed, document.Id, document.PatientId);
    }

    private async Task<string?> StoreAsync(ClinicDb db, PatientDocument document, byte[] whole, CancellationToken cancellation)
    {
        try
        {
            await using var content = new MemoryStream(whole, writable: false);
            var kept = await objects.PutAsync(content, document.ContentType!, cancellation);
            if (kept.Sha256 != document.ContentSha256)
            {
                throw new ObjectStoreException("What was put is not what was taken in.");
            }

            document.Keep(kept.Key);
            await db.DocumentParts.Where(p => p.DocumentId == document.Id).ExecuteDeleteAsync(cancellation);
            outbox.Add(db, Changed, document.Id, document.PatientId);
            return kept.Key;
        }
        catch (ObjectStoreException e)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait * Math.Pow(2, document.Attempts)));
            if (document.Attempts == 0)
            {
                outbox.Add(db, Changed, document.Id, document.PatientId);
            }

            document.TryAgainAt(time.GetUtcNow() + wait);
            Waits(document.Id, document.Attempts, e.Message);
            return null;
        }
    }

    private async Task CommitAsync(ClinicDb db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, string? kept, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch when (kept is not null)
        {
            // Nothing knows of the object: it is put anew, and this one would lie there for ever.
            await objects.DeleteAsync(kept, CancellationToken.None);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The document {DocumentId} waits for the object store, which did not take it {Attempts} times: {Error}")]
    private partial void Waits(Guid documentId, int attempts, string error);

    [LoggerMessage(LogLevel.Warning, "No picture or words were made of the document {DocumentId}: {Error}")]
    private partial void NotPrepared(Guid documentId, string error);

    [LoggerMessage(LogLevel.Error, "Parts of the document {DocumentId} are missing.")]
    private partial void PartsMissing(Guid documentId);
}
