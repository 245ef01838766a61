using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>The door to when doctors work: hours, breaks, leave, the practice's holidays, how long a visit takes, and what is free.</summary>
public interface ICalendars
{
    /// <summary>The next free times, soonest first, of one doctor, of a specialty, or of anybody.</summary>
    Task<Result<IReadOnlyList<FreeSlot>>> FreeAsync(SlotQuestion question, CancellationToken cancellation);

    /// <summary>A doctor's week, and the leave that is not over.</summary>
    Task<Result<DoctorCalendarView>> OpenAsync(Guid doctorId, CancellationToken cancellation);

    /// <summary>
    /// Replaces the doctor's week, where it is still the one that was <paramref name="seen"/> (<see cref="DoctorCalendarView.WeekVersion"/>).
    /// Two stretches on one day leave a break between them.
    /// </summary>
    Task<Result<DoctorCalendarView>> SaveHoursAsync(Guid doctorId, Guid seen, IReadOnlyList<HoursDraft> week, CancellationToken cancellation);

    /// <summary>Adds leave, and answers with the appointments that now fall into it: they stay and somebody must move them.</summary>
    Task<Result<LeaveAdded>> AddLeaveAsync(LeaveDraft leave, CancellationToken cancellation);

    Task<Result<DoctorCalendarView>> RemoveLeaveAsync(Guid leaveId, CancellationToken cancellation);

    Task<Result<PracticeCalendarView>> PracticeAsync(CancellationToken cancellation);

    Task<Result<PracticeCalendarView>> AddHolidayAsync(DateOnly day, string name, CancellationToken cancellation);

    Task<Result<PracticeCalendarView>> RemoveHolidayAsync(DateOnly day, CancellationToken cancellation);

    /// <summary>How many minutes a visit of a type takes where nothing else is said, 5 to 240.</summary>
    Task<Result<PracticeCalendarView>> SaveVisitLengthAsync(AppointmentType type, int minutes, CancellationToken cancellation);
}

/// <summary>"The next 15 minutes with any dermatologist": null asks for any.</summary>
public sealed record SlotQuestion
{
    public Guid? DoctorId { get; init; }

    public string? Specialty { get; init; }

    public int Minutes { get; init; } = 15;

    /// <summary>Not before this instant; null is now.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>How many, 1 to 50.</summary>
    public int Count { get; init; } = 5;
}

public sealed record DoctorCalendarView(
    Guid DoctorId, string DoctorName, string? Specialty, IReadOnlyList<HoursDraft> Week, IReadOnlyList<LeaveView> Leave)
{
    /// <summary>Whether the person who asks may change it.</summary>
    public bool MayKeep { get; init; }

    /// <summary>Another one with every week that is saved; all noughts for a week without hours.</summary>
    public Guid WeekVersion { get; init; }
}

/// <summary>A stretch of one weekday. The form edits it directly.</summary>
public sealed class HoursDraft
{
    public DayOfWeek Weekday { get; set; }

    public TimeOnly? From { get; set; }

    public TimeOnly? To { get; set; }

    /// <summary>Length of a slot in minutes, 5 to 120.</summary>
    public int SlotMinutes { get; set; } = 15;

    public string? Room { get; set; }
}

public sealed class LeaveDraft
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid DoctorId { get; set; }

    public DateOnly? FromDay { get; set; }

    /// <summary>Null: from the start of the day.</summary>
    public TimeOnly? FromTime { get; set; }

    public DateOnly? ToDay { get; set; }

    /// <summary>Null: to the end of the day.</summary>
    public TimeOnly? ToTime { get; set; }

    public string? Reason { get; set; }
}

public sealed record LeaveView(Guid Id, DateTimeOffset From, DateTimeOffset To, string? Reason);

public sealed record LeaveAdded(DoctorCalendarView Calendar, IReadOnlyList<BookedVisit> ToMove);

public sealed record PracticeCalendarView(IReadOnlyList<Holiday> Holidays, IReadOnlyDictionary<AppointmentType, int> VisitMinutes)
{
    /// <summary>Whose calendars there are, by name.</summary>
    public IReadOnlyList<CalendarDoctor> Doctors { get; init; } = [];

    /// <summary>Whether the person who asks may change it.</summary>
    public bool MayKeep { get; init; }
}

public sealed record CalendarDoctor(Guid Id, string Name, string? Specialty);

public sealed record Holiday(DateOnly Day, string Name);
