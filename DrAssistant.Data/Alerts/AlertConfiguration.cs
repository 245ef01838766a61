using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Alerts;

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> alert)
    {
        alert.ToTable("alerts");
        alert.Property(a => a.AlertType).HasEnumText();
        alert.Property(a => a.Severity).HasEnumText(10);
        alert.Property(a => a.Title).HasMaxLength(100);
        alert.Property(a => a.Source).HasMaxLength(50);
        alert.Property(a => a.ActionUrl).HasMaxLength(255);
        alert.Property(a => a.CreatedAt).HasDefaultValueSql("now()");

        // Two tabs may acknowledge at once: it is written down once.
        alert.Property<uint>("xmin").IsRowVersion();
    }
}
