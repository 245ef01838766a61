using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class ObservationConfiguration : IEntityTypeConfiguration<Observation>
{
    public void Configure(EntityTypeBuilder<Observation> observation)
    {
        observation.ToTable("observations");
        observation.Property(o => o.Category).HasMaxLength(20);
        observation.Property(o => o.Code).HasMaxLength(50);
        observation.Property(o => o.CodeSystem).HasMaxLength(100);
        observation.Property(o => o.Name).HasMaxLength(200);
        observation.Property(o => o.ValueText).HasMaxLength(500);
        observation.Property(o => o.Unit).HasMaxLength(40);
        observation.Property(o => o.Status).HasEnumText();
        observation.Property(o => o.Answer).HasMaxLength(200);
        observation.Property(o => o.ErrorReason).HasMaxLength(200);

        // Two who correct one value at once do not put two others in its place.
        observation.Property<uint>("xmin").IsRowVersion();
    }
}
