using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class ImmunizationConfiguration : IEntityTypeConfiguration<Immunization>
{
    public void Configure(EntityTypeBuilder<Immunization> immunization)
    {
        immunization.ToTable("immunizations");
        immunization.Property(i => i.Code).HasMaxLength(50);
        immunization.Property(i => i.CodeSystem).HasMaxLength(100);
        immunization.Property(i => i.Name).HasMaxLength(200);
        immunization.Property(i => i.Status).HasEnumText();
    }
}
