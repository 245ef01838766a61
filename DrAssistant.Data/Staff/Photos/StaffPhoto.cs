using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Staff.Photos;

/// <summary>One face a person, sealed.</summary>
internal sealed class StaffPhoto
{
    public required Guid UserId { get; init; }

    public required string MediaType { get; set; }

    public required byte[] Content { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    public required Guid ChangedBy { get; set; }
}

internal sealed class StaffPhotoConfiguration : IEntityTypeConfiguration<StaffPhoto>
{
    public void Configure(EntityTypeBuilder<StaffPhoto> photo)
    {
        photo.ToTable("staff_photos");
        photo.HasKey(p => p.UserId);
        photo.Property(p => p.UserId).ValueGeneratedNever();
        photo.Property(p => p.MediaType).HasMaxLength(20);
    }
}
