using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>Where an appointment is to go; the form edits it, a drop fills it.</summary>
public sealed class MoveDraft
{
    private const int Least = 5;
    private const int Most = 240;

    public Guid DoctorId { get; set; }

    public DateOnly Day { get; set; }

    public TimeOnly Start { get; set; }

    public int Minutes { get; set; }

    public string? OutsideHoursReason { get; set; }

    /// <summary>As it stands now.</summary>
    public static MoveDraft Of(SeenVisit seen, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(clock);
        var start = clock.Local(seen.Visit.Start).DateTime;
        return new MoveDraft
        {
            DoctorId = seen.DoctorId,
            Day = DateOnly.FromDateTime(start),
            Start = TimeOnly.FromDateTime(start),
            Minutes = (int)(seen.Visit.End - seen.Visit.Start).TotalMinutes,
            OutsideHoursReason = seen.Visit.OutsideHoursReason,
        };
    }

    /// <summary>Where a hand put it down. What a browser sends is brought within what a day and a visit can be.</summary>
    public static MoveDraft Of(BlockDropped dropped)
    {
        ArgumentNullException.ThrowIfNull(dropped);
        return new MoveDraft
        {
            DoctorId = dropped.DoctorId,
            Day = dropped.Day,
            Start = BookTime.Of(dropped.Minute),
            Minutes = Math.Clamp(dropped.Minutes, Least, Most),
        };
    }

    public bool IsSame(MoveDraft other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (DoctorId, Day, Start, Minutes) == (other.DoctorId, other.Day, other.Start, other.Minutes);
    }

    public AppointmentMove From(SeenVisit seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return new AppointmentMove(
            seen.Visit.AppointmentId, seen.Visit.Start, seen.DoctorId, DoctorId, Day, Start, Minutes, string.IsNullOrWhiteSpace(OutsideHoursReason) ? null : OutsideHoursReason);
    }
}
