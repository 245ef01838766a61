using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling.Queue;

namespace DrAssistant.Data.Scheduling;

/// <summary>The one door to the appointment book.</summary>
public interface IScheduling
{
    /// <summary>Everybody's appointments of one day of the practice, a list a doctor, each by time.</summary>
    Task<Result<DayBook>> DayAsync(DateOnly day, CancellationToken cancellation);

    /// <summary>One doctor's days in a row, 1 to 42 of them: a week or a month.</summary>
    Task<Result<DoctorDays>> DaysAsync(Guid doctorId, DateOnly from, int days, CancellationToken cancellation);
}

public sealed record DayBook(DateOnly Day, DateTimeOffset ReadAt, IReadOnlyList<DoctorColumn> Doctors);

public sealed record DoctorColumn(Guid DoctorId, string DoctorName, string? Specialty, IReadOnlyList<BookedVisit> Visits)
{
    /// <summary>When the doctor works on this day, and what is left of it.</summary>
    public DoctorHours Hours { get; init; } = DoctorHours.None;

    /// <summary>Those who can be called, the next one first: urgent, then who has waited longest since check-in.</summary>
    public IReadOnlyList<BookedVisit> Line => CallOrder.Of(Visits);
}

/// <summary>A doctor's working day: open stretches in the order of the day, and why the rest is closed.</summary>
/// <param name="SlotMinutes">Length of a slot, in minutes.</param>
/// <param name="FreeSlots">Free starts from now on (of the whole day where it is ahead).</param>
/// <param name="Late">How far the doctor is behind the book, where it is worth saying.</param>
public sealed record DoctorHours(
    int SlotMinutes, IReadOnlyList<OpenPeriod> Open, IReadOnlyList<ClosedPeriod> Closed, int FreeSlots, TimeSpan? Late)
{
    public static DoctorHours None { get; } = new(15, [], [], 0, null);
}

public sealed record OpenPeriod(DateTimeOffset From, DateTimeOffset To, string? Room);

/// <summary>Leave or a holiday, in the words that stand in the book: "On leave", "Gandhi Jayanti".</summary>
public sealed record ClosedPeriod(DateTimeOffset From, DateTimeOffset To, string Words);

/// <summary>Days of one doctor, for the week and the month.</summary>
public sealed record DoctorDays(Guid DoctorId, string DoctorName, string? Specialty, IReadOnlyList<DoctorDayColumn> Days);

public sealed record DoctorDayColumn(DateOnly Day, IReadOnlyList<BookedVisit> Visits, DoctorHours Hours);

/// <summary>An appointment as the desk and the queue see it: no complaint beyond the stated reason, nothing clinical.</summary>
public sealed record BookedVisit(
    Guid AppointmentId,
    Guid PatientId,
    PersonName Name,
    Age Age,
    Gender Gender,
    string? Mrn,
    DateTimeOffset Start,
    DateTimeOffset End,
    AppointmentStatus Status,
    AppointmentType Type,
    string? Reason,
    string? Token,
    string? Room,
    DateTimeOffset? CheckedInAt)
{
    public DateOnly DateOfBirth { get; init; }

    public bool DateOfBirthEstimated { get; init; }

    /// <summary>Since when the patient is with the doctor.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ArrivedAt { get; init; }

    public DateTimeOffset? NurseSince { get; init; }

    /// <summary>With which nurse; null where the desk handed the patient over.</summary>
    public string? NurseName { get; init; }

    public DateTimeOffset? VitalsDoneAt { get; init; }

    public DateTimeOffset? CalledAt { get; init; }

    public int Calls { get; init; }

    /// <summary>When they were called and did not come; it counts until somebody else is called.</summary>
    public DateTimeOffset? SkippedAt { get; init; }

    public bool WalkIn { get; init; }

    public Guid? SeriesId { get; init; }

    public string? OutsideHoursReason { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>When its status was last moved.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Where the patient is: the seven statuses, and the waiting room in detail.</summary>
    public QueuePlace Place => this switch
    {
        { Status: AppointmentStatus.InProgress } => QueuePlace.WithDoctor,
        { Status: AppointmentStatus.Completed } => QueuePlace.Done,
        { Status: AppointmentStatus.Cancelled or AppointmentStatus.NoShow } => QueuePlace.NotComing,
        { Status: AppointmentStatus.CheckedIn, CalledAt: not null } => QueuePlace.Called,
        { Status: AppointmentStatus.CheckedIn, NurseSince: not null } => QueuePlace.WithNurse,
        { Status: AppointmentStatus.CheckedIn } => QueuePlace.Waiting,
        { ArrivedAt: not null } => QueuePlace.Arrived,
        _ => QueuePlace.Expected,
    };

    public override string ToString() => $"{nameof(BookedVisit)} {AppointmentId}";
}

/// <summary>Where somebody with an appointment is. Arrived: in the building, something open at the desk. Called: on the way to the room.</summary>
public enum QueuePlace
{
    Expected,
    Arrived,
    Waiting,
    WithNurse,
    Called,
    WithDoctor,
    Done,
    NotComing,
}
