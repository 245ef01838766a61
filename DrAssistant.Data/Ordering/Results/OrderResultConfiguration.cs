using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Ordering.Results;

internal sealed class OrderResultConfiguration : IEntityTypeConfiguration<OrderResult>
{
    public void Configure(EntityTypeBuilder<OrderResult> result)
    {
        result.ToTable("results");
        result.Property(r => r.Code).HasMaxLength(50);
        result.Property(r => r.CodeSystem).HasMaxLength(100);
        result.Property(r => r.Name).HasMaxLength(255);
        result.Property(r => r.Comparator).HasMaxLength(2);
        result.Property(r => r.ValueCode).HasMaxLength(50);
        result.Property(r => r.ValueCodeSystem).HasMaxLength(100);
        result.Property(r => r.Unit).HasMaxLength(40);
        result.Property(r => r.Reported).HasMaxLength(80);
        result.Property(r => r.ReferenceText).HasMaxLength(255);
        result.Property(r => r.LaboratoryFlag).HasMaxLength(20);
        result.Property(r => r.Flag).HasEnumText();
        result.Property(r => r.Status).HasEnumText();
        result.Property(r => r.Source).HasEnumText();
        result.Property(r => r.ReviewComment).HasMaxLength(500);
        result.Property(r => r.CreatedAt).HasDefaultValueSql("now()");

        // The newer value is written before the older one points to it.
        result.HasOne<OrderResult>().WithMany().HasForeignKey(r => r.SupersededBy).OnDelete(DeleteBehavior.Restrict);

        // Two tabs may review or acknowledge at once: it is written down once.
        result.Property<uint>("xmin").IsRowVersion();
    }
}
