using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>The words of a signed prescription as they are printed, sealed. Written once, never changed.</summary>
internal sealed class PrescriptionPaper
{
    public required Guid Id { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Ciphertext of <see cref="PrescriptionSheet"/> as JSON.</summary>
    public required byte[] Sheet { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A PDF that was made of these words and is kept in the object store.</summary>
internal sealed class PrescriptionPdfFile
{
    public required Guid Id { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    public required PaperSize Size { get; init; }

    /// <summary>Of the object store.</summary>
    public required string ObjectKey { get; init; }

    public required long ContentLength { get; init; }

    /// <summary>Of the PDF.</summary>
    public required string ContentSha256 { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PrescriptionPaperConfiguration : IEntityTypeConfiguration<PrescriptionPaper>
{
    public void Configure(EntityTypeBuilder<PrescriptionPaper> paper)
    {
        paper.ToTable("prescription_papers");
        paper.Property(p => p.CreatedAt).HasDefaultValueSql("now()");
    }
}

internal sealed class PrescriptionPdfFileConfiguration : IEntityTypeConfiguration<PrescriptionPdfFile>
{
    public void Configure(EntityTypeBuilder<PrescriptionPdfFile> file)
    {
        file.ToTable("prescription_pdfs");
        file.Property(f => f.Size).HasEnumText(2);
        file.Property(f => f.ObjectKey).HasMaxLength(32);
        file.Property(f => f.ContentSha256).HasColumnName("content_sha256").HasMaxLength(64);
        file.Property(f => f.CreatedAt).HasDefaultValueSql("now()");
    }
}
