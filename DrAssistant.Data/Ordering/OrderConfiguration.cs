using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Ordering;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public const int LongestCode = 50;

    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.Property(o => o.OrderType).HasEnumText();
        order.Property(o => o.Status).HasEnumText();
        order.Property(o => o.Urgency).HasEnumText(10);
        order.Property(o => o.Number).HasMaxLength(20).ValueGeneratedOnAddOrUpdate();
        order.Property(o => o.Reason).HasMaxLength(500);
        order.Property(o => o.ReferredTo).HasMaxLength(200);
        order.Property(o => o.SignerName).HasMaxLength(100);
        order.Property(o => o.SignerQualification).HasMaxLength(100);
        order.Property(o => o.SignerRegistrationNumber).HasMaxLength(50);
        order.Property(o => o.SignerRegistrationCouncil).HasMaxLength(100);
        order.Property(o => o.CancelReason).HasMaxLength(255);
        order.Property(o => o.CreatedAt).HasDefaultValueSql("now()");
        order.Property(o => o.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
        order.HasMany(o => o.Items).WithOne().HasForeignKey(i => i.OrderId);

        // Two windows editing the same draft must not overwrite each other silently.
        order.Property<uint>("xmin").IsRowVersion();
    }
}

internal sealed class OrderItemConfiguration : IEntityTypeConfiguration<OrderItem>
{
    public void Configure(EntityTypeBuilder<OrderItem> item)
    {
        item.ToTable("order_items");
        item.Property(i => i.ItemCode).HasMaxLength(OrderConfiguration.LongestCode);
        item.Property(i => i.ItemName).HasMaxLength(255);
        item.Property(i => i.CodeSystem).HasMaxLength(100);
        item.Property(i => i.CatalogueId).HasMaxLength(80);
        item.Property(i => i.Side).HasEnumText(10);
        item.Property(i => i.CreatedAt).HasDefaultValueSql("now()");
        item.Property(i => i.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();
    }
}
