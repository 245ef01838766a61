using System.Security.Cryptography;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents.Content;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Documents;

internal sealed class DocumentUploadService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, DocumentVault vault, DocumentBytes bytes, DocumentIntake intake, NoteStore notes,
    ClinicClock clock)
    : IDocumentUploads
{
    /// <summary>Begun and not finished, of one person: parts stand in the database.</summary>
    private const int MostAtOnce = 40;
    private const int HashDigits = 64;

    public async Task<Result<UploadState>> BeginAsync(UploadDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (Objection(draft) is { } objection)
        {
            return objection;
        }

        if (FactsCheck.Of(draft.Facts, clock.Today) is not { Value: { } facts })
        {
            return FactsCheck.Of(draft.Facts, clock.Today).Refusal!;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await IsOfAnotherAsync(db, draft, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        if (await AlreadyHereAsync(db, draft, cancellation) is { } here)
        {
            return here;
        }

        var mine = await db.PatientDocuments.Where(d => d.UploadedBy == me && d.Status == DocumentStatus.Uploading).OrderBy(d => d.Id).ToListAsync(cancellation);
        if (mine.Find(d => d.PatientId == draft.PatientId && d.ContentSha256 == draft.Sha256 && d.ContentLength == draft.Length) is { } begun)
        {
            (begun.Category, begun.DocumentDate, begun.Title, begun.Description)
                = (facts.Category, facts.Date, vault.SealTitle(begun.Id, facts.Title), vault.SealDescription(begun.Id, facts.Description));
            begun.AttachTo(draft.Attachment);
            return await SavedAsync(db, begun, cancellation);
        }

        return mine.Count >= MostAtOnce
            ? Refusal.Conflict("Many uploads are unfinished. Finish or cancel some of them first.")
            : await AddAsync(db, New(draft, facts, me), cancellation);
    }

    public async Task<Result<UploadState>> StateAsync(Guid uploadId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await MineAsync(db, uploadId, cancellation) is { } upload ? await StateAsync(db, upload, cancellation) : Refusal.NotFound("Upload");
    }

    public async Task<Result<UploadState>> PartAsync(Guid uploadId, int number, ReadOnlyMemory<byte> content, string sha256, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await MineAsync(db, uploadId, cancellation) is not { } upload)
        {
            return Refusal.NotFound("Upload");
        }

        if (number < 0 || number >= upload.PartCount || content.Length != upload.LengthOf(number))
        {
            return Refusal.Invalid("This is no part of the file that was announced.");
        }

        if (Hash(content.Span) != sha256)
        {
            return Refusal.Invalid("A part did not arrive as it was sent.");
        }

        var box = vault.SealPart(upload.Id, number, content.Span);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO document_parts (document_id, patient_id, number, length, content) VALUES ({upload.Id}, {upload.PatientId}, {number}, {content.Length}, {box}) ON CONFLICT DO NOTHING",
            cancellation);
        return await StateAsync(db, upload, cancellation);
    }

    public async Task<Result<Guid>> FinishAsync(Guid uploadId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.PatientDocuments.SingleOrDefaultAsync(d => d.Id == uploadId && d.UploadedBy == user.Id, cancellation) is not { } upload)
        {
            return Refusal.NotFound("Upload");
        }

        // Whoever lost the answer asks once more.
        if (upload.Status is not DocumentStatus.Uploading)
        {
            return upload.Id;
        }

        using var turn = await intake.TurnAsync(cancellation);
        if (await bytes.WholeAsync(db, upload, cancellation) is not { } whole)
        {
            return Refusal.Conflict("Parts of the file have not arrived yet.");
        }

        var found = Hash(whole) != upload.ContentSha256 ? Refusal.Invalid("The file did not arrive as it was sent. Upload it once more.") : FileInspection.TypeOf(whole);
        return found.Value is { } type ? await CompleteAsync(db, upload, type, cancellation) : await RefuseAsync(db, upload, found.Refusal!, cancellation);
    }

    public async Task<Result<bool>> CancelAsync(Guid uploadId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteDocuments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.PatientDocuments.Where(d => d.Id == uploadId && d.UploadedBy == user.Id && d.Status == DocumentStatus.Uploading).ExecuteDeleteAsync(cancellation) > 0
            ? true : Refusal.NotFound("Upload");
    }

    private static Refusal? Objection(UploadDraft draft) => 0 switch
    {
        _ when draft.Length <= 0 => Refusal.Invalid("The file is empty."),
        _ when draft.Length > DocumentLimits.Largest => Refusal.Invalid("The file is too large. It may have 50 MB."),
        _ when draft.Sha256.Length != HashDigits || !draft.Sha256.All(c => char.IsAsciiHexDigitLower(c) || char.IsAsciiDigit(c)) => Refusal.Invalid("The checksum of the file is none."),
        _ => null,
    };

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private PatientDocument New(UploadDraft draft, DocumentFacts facts, Guid me)
    {
        var id = Guid.CreateVersion7();
        var upload = new PatientDocument
        {
            Id = id,
            PatientId = draft.PatientId,
            Category = facts.Category,
            Title = vault.SealTitle(id, facts.Title),
            Description = vault.SealDescription(id, facts.Description),
            DocumentDate = facts.Date,
            ContentLength = draft.Length,
            ContentSha256 = draft.Sha256,
            UploadedBy = me,
            CreatedAt = clock.Now,
        };
        upload.AttachTo(draft.Attachment);
        return upload;
    }

    /// <summary>The same file twice is a mistake that nobody wants to sort out later.</summary>
    private async Task<Refusal?> AlreadyHereAsync(ClinicDb db, UploadDraft draft, CancellationToken cancellation)
        => await db.PatientDocuments.AsNoTracking().FirstOrDefaultAsync(
            d => d.PatientId == draft.PatientId && d.ContentSha256 == draft.Sha256 && d.Status != DocumentStatus.Uploading && d.EnteredInErrorAt == null, cancellation) is { } same
            ? Refusal.Conflict($"This file is already here: {vault.Title(same.Id, same.Title)}, {ClinicFormat.Date(same.DocumentDate)}.")
            : null;

    /// <summary>A result or a note of another patient, or of one who is not in this person's care, is told to nobody. No reference can hold a note, which may be kept in another store.</summary>
    private async Task<bool> IsOfAnotherAsync(ClinicDb db, UploadDraft draft, CancellationToken cancellation)
        => (draft.Attachment.ResultId is { } result && !await db.Results.AnyAsync(r => r.Id == result && r.PatientId == draft.PatientId, cancellation))
            || (draft.Attachment.NoteId is { } note && (await notes.FindAsync(note, cancellation))?.PatientId != draft.PatientId);

    private Task<Result<UploadState>> AddAsync(ClinicDb db, PatientDocument upload, CancellationToken cancellation)
    {
        db.PatientDocuments.Add(upload);
        return SavedAsync(db, upload, cancellation);
    }

    private static async Task<Result<UploadState>> SavedAsync(ClinicDb db, PatientDocument upload, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ForeignKeyViolation })
        {
            // Not in this person's care, or of a visit, order or result of somebody else: that is told to nobody.
            return Refusal.NotFound("Patient");
        }

        return await StateAsync(db, upload, cancellation);
    }

    private Task<PatientDocument?> MineAsync(ClinicDb db, Guid uploadId, CancellationToken cancellation)
        => db.PatientDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.Id == uploadId && d.UploadedBy == user.Id && d.Status == DocumentStatus.Uploading, cancellation);

    private static async Task<UploadState> StateAsync(ClinicDb db, PatientDocument upload, CancellationToken cancellation) => new(
        upload.Id, DocumentLimits.PartLength, upload.PartCount,
        await db.DocumentParts.Where(p => p.DocumentId == upload.Id).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancellation));

    private async Task<Result<Guid>> CompleteAsync(ClinicDb db, PatientDocument upload, string type, CancellationToken cancellation)
    {
        upload.Complete(type, clock.Now);
        audit.Add(db, new AuditEntry(AuditAction.Create, "document.upload")
        {
            PatientId = upload.PatientId, ResourceType = "document", ResourceId = upload.Id, Changes = [new FieldChange("category", null, EnumText.Of(upload.Category))],
        });
        outbox.Add(db, DocumentKeeping.Changed, upload.Id, upload.PatientId);
        await db.SaveChangesAsync(cancellation);
        intake.Tell();
        return upload.Id;
    }

    private async Task<Result<Guid>> RefuseAsync(ClinicDb db, PatientDocument upload, Refusal refusal, CancellationToken cancellation)
    {
        audit.Add(db, new AuditEntry(AuditAction.Create, "document.upload")
        {
            PatientId = upload.PatientId, ResourceType = "document", ResourceId = upload.Id, Outcome = AuditOutcome.Refused, Reason = refusal.Message,
        });
        db.PatientDocuments.Remove(upload);
        await db.SaveChangesAsync(cancellation);
        return refusal;
    }
}
