using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class ConditionConfiguration : IEntityTypeConfiguration<Condition>
{
    public void Configure(EntityTypeBuilder<Condition> condition)
    {
        condition.ToTable("conditions");
        condition.Property(c => c.Code).HasMaxLength(50);
        condition.Property(c => c.CodeSystem).HasMaxLength(100);
        condition.Property(c => c.Name).HasMaxLength(200);
        condition.Property(c => c.Status).HasEnumText();
    }
}
