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
        result.Property(r => r.Unit).HasMaxLength(40);
        result.Property(r => r.Flag).HasEnumText();
        result.Property(r => r.Status).HasEnumText();
        result.Property(r => r.ReviewComment).HasMaxLength(500);
    }
}
