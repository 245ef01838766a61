using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// One face a patient, sealed like the contact data. The bytes stand in the database only until the object store is built: they move
/// there then, under the same key ring, and this row keeps what they are and when they were taken in.
/// </summary>
internal sealed class PatientPhoto
{
    public required Guid PatientId { get; init; }

    /// <summary>Null, as the content is, when the photo was taken away.</summary>
    public string? MediaType { get; set; }

    public byte[]? Content { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    public Guid? ChangedBy { get; set; }
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
