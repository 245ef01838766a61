using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Patients;

internal sealed class AllergyConfiguration : IEntityTypeConfiguration<Allergy>
{
    public void Configure(EntityTypeBuilder<Allergy> allergy)
    {
        allergy.ToTable("allergies");
        allergy.Property(a => a.Substance).HasMaxLength(200);
        allergy.Property(a => a.Code).HasMaxLength(50);
        allergy.Property(a => a.CodeSystem).HasMaxLength(100);
        allergy.Property(a => a.Category).HasMaxLength(20);
        allergy.Property(a => a.Reaction).HasMaxLength(200);
        allergy.Property(a => a.Severity).HasEnumText();
        allergy.Property(a => a.Status).HasEnumText();
        allergy.Property(a => a.Type).HasEnumText();
        allergy.Property(a => a.EndedReason).HasMaxLength(200);

        // No row version: it would be read back, and reception writes what it may not read. Changes meet at the patient's version.
    }
}
