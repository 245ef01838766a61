using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Audit;

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> entry)
    {
        entry.ToTable("audit_events");
        entry.Property(e => e.ActorRole).HasMaxLength(20);
        entry.Property(e => e.Action).HasColumnType("character(1)");
        entry.Property(e => e.Event).HasMaxLength(60);
        entry.Property(e => e.Severity).HasMaxLength(10);
        entry.Property(e => e.Outcome).HasMaxLength(10);
        entry.Property(e => e.ResourceType).HasMaxLength(40);
        entry.Property(e => e.Reason).HasMaxLength(500);
        entry.Property(e => e.UserAgent).HasMaxLength(400);
        entry.Property(e => e.TraceId).HasMaxLength(64);
    }
}
