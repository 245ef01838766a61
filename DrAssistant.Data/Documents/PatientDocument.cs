using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Documents;

/// <summary>The facts about a document (FHIR DocumentReference); its bytes are in parts until the object store has them.</summary>
internal sealed class PatientDocument
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public Guid? EncounterId { get; private set; }

    public Guid? NoteId { get; private set; }

    public Guid? OrderId { get; private set; }

    public Guid? ResultId { get; private set; }

    public required DocumentCategory Category { get; set; }

    /// <summary>Ciphertext.</summary>
    public required byte[] Title { get; set; }

    /// <summary>Ciphertext.</summary>
    public byte[]? Description { get; set; }

    public required DateOnly DocumentDate { get; set; }

    /// <summary>What the first bytes say; null until all of it is there.</summary>
    public string? ContentType { get; private set; }

    /// <summary>In bytes, as whoever uploads it says; compared when all of it is there.</summary>
    public required long ContentLength { get; init; }

    /// <summary>As whoever uploads it says; compared when all of it is there.</summary>
    public required string ContentSha256 { get; init; }

    public int? PageCount { get; private set; }

    public string? ObjectKey { get; private set; }

    public DocumentStatus Status { get; private set; } = DocumentStatus.Uploading;

    public required Guid UploadedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UploadedAt { get; private set; }

    /// <summary>When picture and words were made of it.</summary>
    public DateTimeOffset? PreparedAt { get; private set; }

    /// <summary>How often the object store was asked to take it.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset? NextAttemptAt { get; private set; }

    public DateTimeOffset? EnteredInErrorAt { get; private set; }

    public Guid? EnteredInErrorBy { get; private set; }

    /// <summary>Ciphertext.</summary>
    public byte[]? ErrorReason { get; private set; }

    /// <summary>How many parts all of it has.</summary>
    public int PartCount => (int)((ContentLength + DocumentLimits.PartLength - 1) / DocumentLimits.PartLength);

    /// <summary>How many bytes the part at this place has.</summary>
    public int LengthOf(int part) => (int)Math.Min(DocumentLimits.PartLength, ContentLength - ((long)part * DocumentLimits.PartLength));

    /// <summary>All of it is here and is what it should be.</summary>
    public void Complete(string contentType, DateTimeOffset now)
        => (Status, ContentType, UploadedAt, NextAttemptAt) = (DocumentStatus.Queued, contentType, now, now);

    public void Prepared(int? pages, DateTimeOffset now) => (PageCount, PreparedAt) = (pages, now);

    public void Keep(string objectKey) => (Status, ObjectKey, NextAttemptAt) = (DocumentStatus.Stored, objectKey, null);

    public void TryAgainAt(DateTimeOffset at) => (Attempts, NextAttemptAt) = (Attempts + 1, at);

    public void AttachTo(DocumentAttachment what)
        => (EncounterId, NoteId, OrderId, ResultId) = (what.EncounterId, what.NoteId, what.OrderId, what.ResultId);

    public Refusal? MarkInError(byte[] reason, Guid by, DateTimeOffset now)
    {
        if (EnteredInErrorAt is not null)
        {
            return Refusal.Conflict("This document is already marked as entered in error.");
        }

        (EnteredInErrorAt, EnteredInErrorBy, ErrorReason) = (now, by, reason);
        return null;
    }
}

/// <summary>A piece of a document that is on its way.</summary>
internal sealed class DocumentPart
{
    public required Guid DocumentId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>From 0 on.</summary>
    public required int Number { get; init; }

    /// <summary>In bytes, before it was sealed.</summary>
    public required int Length { get; init; }

    /// <summary>Ciphertext.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>What was made of a document.</summary>
internal sealed class DocumentExtract
{
    public required Guid DocumentId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Ciphertext of a JPEG picture.</summary>
    public byte[]? Thumbnail { get; init; }

    /// <summary>Ciphertext.</summary>
    public byte[]? Words { get; init; }
}

internal sealed class PatientDocumentConfiguration : IEntityTypeConfiguration<PatientDocument>
{
    public void Configure(EntityTypeBuilder<PatientDocument> document)
    {
        document.ToTable("patient_documents");
        document.Property(d => d.Category).HasEnumText();
        document.Property(d => d.Status).HasEnumText();
        document.Property(d => d.ContentType).HasMaxLength(40);
        document.Property(d => d.ContentSha256).HasColumnName("content_sha256").HasMaxLength(64);
        document.Property(d => d.ObjectKey).HasMaxLength(32);
    }
}

internal sealed class DocumentPartConfiguration : IEntityTypeConfiguration<DocumentPart>
{
    public void Configure(EntityTypeBuilder<DocumentPart> part)
    {
        part.ToTable("document_parts");
        part.HasKey(p => new { p.DocumentId, p.Number });
        part.Property(p => p.Number).ValueGeneratedNever();
        part.HasOne<PatientDocument>().WithMany().HasForeignKey(p => p.DocumentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DocumentExtractConfiguration : IEntityTypeConfiguration<DocumentExtract>
{
    public void Configure(EntityTypeBuilder<DocumentExtract> extract)
    {
        extract.ToTable("document_extracts");
        extract.HasKey(e => e.DocumentId);
        extract.Property(e => e.DocumentId).ValueGeneratedNever();
        extract.HasOne<PatientDocument>().WithMany().HasForeignKey(e => e.DocumentId).OnDelete(DeleteBehavior.Cascade);
    }
}
