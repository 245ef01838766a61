using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>A time in which a doctor is away.</summary>
internal sealed class DoctorLeave
{
    public required Guid Id { get; init; }

    public required Guid DoctorId { get; init; }

    public required DateTimeOffset FromTime { get; init; }

    public required DateTimeOffset ToTime { get; init; }

    /// <summary>For whoever keeps the calendar; the book says only that the doctor is on leave.</summary>
    public string? Reason { get; init; }
}

/// <summary>A day on which nobody works.</summary>
internal sealed class PracticeHoliday
{
    public required DateOnly Day { get; init; }

    public required string Name { get; set; }
}

/// <summary>How long a visit of a type takes where nothing else is said.</summary>
internal sealed class VisitLength
{
    public const int Usual = 15;

    public required AppointmentType AppointmentType { get; init; }

    public required short Minutes { get; set; }
}

internal sealed class DoctorLeaveConfiguration : IEntityTypeConfiguration<DoctorLeave>
{
    public void Configure(EntityTypeBuilder<DoctorLeave> leave)
    {
        leave.ToTable("doctor_leave");
        leave.Property(l => l.Reason).HasMaxLength(100);
    }
}

internal sealed class PracticeHolidayConfiguration : IEntityTypeConfiguration<PracticeHoliday>
{
    public void Configure(EntityTypeBuilder<PracticeHoliday> holiday)
    {
        holiday.ToTable("practice_holidays");
        holiday.HasKey(h => h.Day);
        holiday.Property(h => h.Name).HasMaxLength(100);
    }
}

internal sealed class VisitLengthConfiguration : IEntityTypeConfiguration<VisitLength>
{
    public void Configure(EntityTypeBuilder<VisitLength> length)
    {
        length.ToTable("visit_lengths");
        length.HasKey(l => l.AppointmentType);
        length.Property(l => l.AppointmentType).HasEnumText();
    }
}
