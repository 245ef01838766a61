using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Encounters;

internal sealed class FollowUpConfiguration : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> followUp)
    {
        followUp.ToTable("follow_ups");
        followUp.Property(f => f.IntervalUnit).HasEnumText(10);
        followUp.Property(f => f.ForTheDesk).HasMaxLength(200);
        followUp.Property(f => f.Status).HasEnumText();
        followUp.Property(f => f.DropReason).HasMaxLength(200);
        followUp.Property<uint>("xmin").IsRowVersion();
    }
}
