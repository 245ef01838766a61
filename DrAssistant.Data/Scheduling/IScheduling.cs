using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Scheduling;

/// <summary>The one door to the appointment book.</summary>
public interface IScheduling
{
    /// <summary>Everybody's appointments of one day of the practice, a list a doctor, each by time.</summary>
    Task<Result<DayBook>> DayAsync(DateOnly day, CancellationToken cancellation);

    /// <summary>The patient is here: gives the token to call them by, and lets the nurses see the record.</summary>
    Task<Result<string>> CheckInAsync(Guid appointmentId, CancellationToken cancellation);
}

public sealed record DayBook(DateOnly Day, DateTimeOffset ReadAt, IReadOnlyList<DoctorColumn> Doctors);

public sealed record DoctorColumn(Guid DoctorId, string DoctorName, string? Specialty, IReadOnlyList<BookedVisit> Visits);

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
    /// <summary>Since when the patient is with the doctor.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public override string ToString() => $"{nameof(BookedVisit)} {AppointmentId}";
}
