using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Prescribing;

internal sealed class PrescriptionConfiguration : IEntityTypeConfiguration<Prescription>
{
    public void Configure(EntityTypeBuilder<Prescription> prescription)
    {
        prescription.ToTable("prescriptions");
        prescription.Property(p => p.Status).HasEnumText();
        prescription.Property(p => p.TeleconsultMode).HasEnumText(10);
        prescription.Property(p => p.CancelReason).HasMaxLength(255);
        prescription.Property(p => p.SignerName).HasMaxLength(100);
        prescription.Property(p => p.SignerQualification).HasMaxLength(100);
        prescription.Property(p => p.SignerRegistrationNumber).HasMaxLength(50);
        prescription.Property(p => p.SignerRegistrationCouncil).HasMaxLength(100);
        prescription.Property(p => p.Number).HasMaxLength(20).ValueGeneratedOnAddOrUpdate();
        prescription.Property(p => p.ContentDigest).HasMaxLength(64);
        prescription.Property(p => p.Signature).HasMaxLength(80);
        prescription.Property(p => p.CreatedAt).HasDefaultValueSql("now()");
        prescription.Property(p => p.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
        prescription.HasMany(p => p.Items).WithOne().HasForeignKey(i => i.PrescriptionId);

        // Two windows editing the same draft must not overwrite each other silently.
        prescription.Property<uint>("xmin").IsRowVersion();
    }
}

internal sealed class PrescriptionItemConfiguration : IEntityTypeConfiguration<PrescriptionItem>
{
    public void Configure(EntityTypeBuilder<PrescriptionItem> item)
    {
        item.ToTable("prescription_items");
        item.Property(i => i.MedicationName).HasMaxLength(255);
        item.Property(i => i.MedicationCode).HasMaxLength(80);
        item.Property(i => i.CodeSystem).HasMaxLength(100);
        item.Property(i => i.Brand).HasMaxLength(100);
        item.Property(i => i.Form).HasMaxLength(60);
        item.Property(i => i.Strength).HasMaxLength(100);
        item.Property(i => i.Dosage).HasMaxLength(50);
        item.Property(i => i.Frequency).HasMaxLength(50);
        item.Property(i => i.Duration).HasMaxLength(50);
        item.Property(i => i.Quantity).HasMaxLength(50);
        item.Property(i => i.Route).HasMaxLength(50);
        item.Property(i => i.Food).HasMaxLength(50);
        item.Property(i => i.Schedule).HasMaxLength(5);
        item.Property(i => i.StopReason).HasMaxLength(255);
        item.Property(i => i.CreatedAt).HasDefaultValueSql("now()");
        item.Property(i => i.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
    }
}
