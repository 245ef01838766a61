using System.ComponentModel.DataAnnotations;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>
/// The door by which appointments come into the book, move in it and leave it. Never a double booking, of a doctor or of a patient;
/// only an urgent visit may overlap. A slot that somebody else has is refused by a <see cref="SlotTaken"/>; an act on what somebody
/// else has moved meanwhile is refused with who did it and when.
/// </summary>
public interface IBooking
{
    /// <summary>Books, and puts the doctor on the patient's care team. The same draft sent twice books once.</summary>
    Task<Result<BookedVisit>> BookAsync(AppointmentDraft draft, CancellationToken cancellation);

    /// <summary>Books <paramref name="first"/> and its repetitions; what does not fit is left out and said, the rest stands.</summary>
    Task<Result<BookedSeries>> BookSeriesAsync(AppointmentDraft first, Recurrence repeat, CancellationToken cancellation);

    /// <summary>
    /// Somebody who came without an appointment: books the doctor's next free slot of today, or now where the visit is urgent, and
    /// checks in. The answer has the token.
    /// </summary>
    Task<Result<BookedVisit>> WalkInAsync(WalkInDraft draft, CancellationToken cancellation);

    /// <summary>To another time, length or doctor, until the patient has checked in.</summary>
    Task<Result<BookedVisit>> MoveAsync(AppointmentMove move, CancellationToken cancellation);

    /// <summary>Another type or reason.</summary>
    Task<Result<BookedVisit>> ReviseAsync(AppointmentRevision revision, CancellationToken cancellation);

    Task<Result<BookedVisit>> ConfirmAsync(Guid appointmentId, CancellationToken cancellation);

    Task<Result<BookedVisit>> CancelAsync(Guid appointmentId, string reason, CancellationToken cancellation);

    /// <summary>The patient did not come. Refused before the appointment's time.</summary>
    Task<Result<BookedVisit>> MissAsync(Guid appointmentId, string reason, CancellationToken cancellation);

    /// <summary>Somebody marked as missed who came after all: scheduled again, where the slot is still free.</summary>
    Task<Result<BookedVisit>> ReviveAsync(Guid appointmentId, CancellationToken cancellation);
}

/// <summary>A booking as it is typed. The form edits this directly.</summary>
public sealed class AppointmentDraft
{
    public const int LongestReason = 255;

    /// <summary>The appointment's id from the start, so that a form that is sent twice books once.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? PatientId { get; set; }

    public Guid? DoctorId { get; set; }

    /// <summary>The practice's day and clock; the service turns them into an instant.</summary>
    public DateOnly? Day { get; set; }

    public TimeOnly? Start { get; set; }

    /// <summary>Length in minutes, 5 to 240.</summary>
    public int Minutes { get; set; } = 15;

    public AppointmentType Type { get; set; } = AppointmentType.InPerson;

    /// <summary>What the patient says they come for, at most 255 characters.</summary>
    public string? Reason { get; set; }

    /// <summary>Why outside the doctor's hours; needed only there.</summary>
    public string? OutsideHoursReason { get; set; }
}

public sealed class WalkInDraft
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? PatientId { get; set; }

    public Guid? DoctorId { get; set; }

    public bool Urgent { get; set; }

    public string? Reason { get; set; }
}

/// <summary>Every <paramref name="Weeks"/> weeks (1 to 52), <paramref name="Times"/> appointments in all (2 to 26).</summary>
public sealed record Recurrence([property: Range(1, 52)] int Weeks, [property: Range(2, 26)] int Times);

/// <summary>A series as it was booked.</summary>
/// <param name="SeriesId">What the booked ones share.</param>
/// <param name="Left">Those that did not fit, each with its reason in words.</param>
public sealed record BookedSeries(Guid SeriesId, IReadOnlyList<BookedVisit> Booked, IReadOnlyList<LeftOut> Left);

/// <summary>One of a series that did not fit.</summary>
/// <param name="Nearest">Free slots of the same doctor nearest to it, soonest first; may be empty.</param>
public sealed record LeftOut(DateOnly Day, TimeOnly Start, string Why, IReadOnlyList<FreeSlot> Nearest);

/// <summary>Where to, and from where the person who moves it saw it: what stands elsewhere by now is not moved.</summary>
public sealed record AppointmentMove(
    Guid AppointmentId, DateTimeOffset SeenStart, Guid SeenDoctorId, Guid DoctorId, DateOnly Day, TimeOnly Start, int Minutes, string? OutsideHoursReason = null);

public sealed record AppointmentRevision(Guid AppointmentId, AppointmentType Type, string? Reason);

/// <summary>A time that a doctor has free.</summary>
public sealed record FreeSlot(Guid DoctorId, string DoctorName, string? Specialty, DateTimeOffset Start, DateTimeOffset End, string? Room);

/// <summary>Somebody else has the time: who took it and when stands in the message; the next free ones are offered.</summary>
/// <param name="Message">A sentence for the person at the desk: "11:00 was taken by Asha at 10:31. Nothing was booked."</param>
/// <param name="Next">The next three of the doctor, then the next of a colleague of the same specialty.</param>
public sealed record SlotTaken(string Message, IReadOnlyList<FreeSlot> Next) : Refusal(RefusalKind.Conflict, Message, "Start");
