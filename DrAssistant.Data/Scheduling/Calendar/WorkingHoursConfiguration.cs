using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Scheduling.Calendar;

internal sealed class WorkingHoursConfiguration : IEntityTypeConfiguration<WorkingHours>
{
    public void Configure(EntityTypeBuilder<WorkingHours> hours)
    {
        hours.ToTable("working_hours");
        hours.Property(h => h.Weekday).HasConversion<short>();
        hours.Property(h => h.Room).HasMaxLength(30);
    }
}
