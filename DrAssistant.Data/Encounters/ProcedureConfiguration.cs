using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class ProcedureConfiguration : IEntityTypeConfiguration<Procedure>
{
    public void Configure(EntityTypeBuilder<Procedure> procedure)
    {
        procedure.ToTable("procedures");
        procedure.Property(p => p.Code).HasMaxLength(50);
        procedure.Property(p => p.CodeSystem).HasMaxLength(100);
        procedure.Property(p => p.Name).HasMaxLength(200);
        procedure.Property(p => p.Reason).HasMaxLength(255);
        procedure.Property(p => p.Status).HasEnumText();
    }
}
