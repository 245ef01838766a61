using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class EncounterConfiguration : IEntityTypeConfiguration<Encounter>
{
    public void Configure(EntityTypeBuilder<Encounter> encounter)
    {
        encounter.ToTable("encounters");
        encounter.Property(e => e.EncounterType).HasEnumText();
        encounter.Property(e => e.Status).HasEnumText();
        encounter.Property(e => e.CancelReason).HasMaxLength(255);
        encounter.Property(e => e.CreatedAt).HasDefaultValueSql("now()");
        encounter.Property(e => e.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
        encounter.Property<uint>("xmin").IsRowVersion();
    }
}
