using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// One face a patient, sealed like the contact data. The bytes stand in the database only until the object store is built: they move
/// there then, under the same key ring, and this row keeps what they are and when they were taken in.
/// </summary>
internal sealed class PatientPhoto
{
    public const int LargestContent = 400 * 1024;

    public required Guid PatientId { get; init; }

    /// <summary>Null, as the content is, when the photo was taken away.</summary>
    public string? MediaType { get; set; }

    public byte[]? Content { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    public Guid? ChangedBy { get; set; }

    /// <summary>What the bytes themselves say they are; a name or a header may say anything.</summary>
    public static Result<string> MediaTypeOf(ReadOnlySpan<byte> content)
    {
        if (content.Length > LargestContent)
        {
            return Refusal.Invalid("The photo is too large. It may have 400 KB.");
        }

        return content switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
            _ => Refusal.Invalid("This is no photo. Choose a JPEG, PNG or WebP picture."),
        };
    }
}

internal sealed class PatientPhotoConfiguration : IEntityTypeConfiguration<PatientPhoto>
{
    public void Configure(EntityTypeBuilder<PatientPhoto> photo)
    {
        photo.ToTable("patient_photos");
        photo.HasKey(p => p.PatientId);
        photo.Property(p => p.PatientId).ValueGeneratedNever();
        photo.Property(p => p.MediaType).HasMaxLength(20);
    }
}
