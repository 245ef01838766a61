using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Scheduling;

internal sealed class AppointmentConfiguration : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> appointment)
    {
        appointment.ToTable("appointments");
        appointment.Property(a => a.Status).HasEnumText();
        appointment.Property(a => a.AppointmentType).HasEnumText();
        appointment.Property(a => a.Reason).HasMaxLength(255);
        appointment.Property(a => a.Token).HasMaxLength(8);
        appointment.Property(a => a.Room).HasMaxLength(30);
        appointment.Property(a => a.CancelReason).HasMaxLength(255);
        appointment.Property(a => a.OutsideHoursReason).HasMaxLength(255);
        appointment.Property(a => a.PlacedAt).HasDefaultValueSql("now()");
        appointment.Property(a => a.CreatedAt).HasDefaultValueSql("now()");
        appointment.Property(a => a.UpdatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAddOrUpdate();

        // The desk and the doctor may move the same appointment at once: one of them is told.
        appointment.Property<uint>("xmin").IsRowVersion();
    }
}
