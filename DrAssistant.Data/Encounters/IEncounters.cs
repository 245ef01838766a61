using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Encounters;

/// <summary>
/// The one door to visits: starting, looking at, ending and cancelling them. A doctor has at most one open visit with a patient.
/// Every change is told to open pages as <c>encounter.changed</c>, and as <c>appointment.changed</c> where an appointment moves with it.
/// </summary>
public interface IEncounters
{
    /// <summary>
    /// Starts the visit of a checked-in appointment: the appointment moves and the encounter begins in one transaction. Vital signs that a
    /// nurse recorded since check-in are filed with it. Asked again (a second click, a lost answer), it answers with the encounter that is
    /// open already. Refused by a <see cref="VisitStillOpen"/> while another visit of this patient with this doctor is open.
    /// </summary>
    Task<Result<StartedEncounter>> StartAsync(Guid appointmentId, CancellationToken cancellation);

    /// <summary>
    /// Starts a visit without an appointment, of a patient in one's care. Refused by a <see cref="VisitStillOpen"/> while one is open, and by
    /// an <see cref="AppointmentIsWaiting"/> where the patient has checked in for an appointment with this doctor: that one is to be started.
    /// </summary>
    Task<Result<StartedEncounter>> StartAdHocAsync(VisitDraft draft, CancellationToken cancellation);

    /// <summary>One visit's head. Opening it is an audit event.</summary>
    Task<Result<VisitHead>> OpenAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>The signed-in doctor's visits that are in progress, the latest first; at most 50.</summary>
    Task<Result<IReadOnlyList<OpenVisit>>> MineAsync(CancellationToken cancellation);

    /// <summary>
    /// Another chief complaint, while the visit is in progress and by its own doctor. Refused as a conflict where it no longer reads
    /// as <see cref="ComplaintChange.Seen"/>.
    /// </summary>
    Task<Result<VisitHead>> ReviseComplaintAsync(ComplaintChange change, CancellationToken cancellation);

    /// <summary>
    /// Ends one's own visit: completes encounter and appointment and keeps the follow-up, in one transaction. What is still open in it, such
    /// as an unsigned note, is named by a <see cref="VisitUnfinished"/>; ended all the same with <see cref="VisitEnding.EndAnyway"/>.
    /// A visit that has ended already answers with how it ended.
    /// </summary>
    Task<Result<EndedVisit>> EndAsync(VisitEnding ending, CancellationToken cancellation);

    /// <summary>
    /// Cancels one's own visit that should not have been started, with a reason of 3 to 255 characters. Nothing recorded in it is lost. Refused
    /// once a note or a prescription of it is signed: such a visit is ended.
    /// </summary>
    Task<Result<VisitHead>> CancelAsync(VisitCancelling cancelling, CancellationToken cancellation);
}

public sealed record StartedEncounter(Guid EncounterId, Guid PatientId);

/// <summary>A visit without an appointment. The form edits this directly.</summary>
public sealed class VisitDraft
{
    public const int LongestComplaint = 255;

    /// <summary>The visit's id from the start, so that a form that is sent twice starts one visit.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? PatientId { get; set; }

    public EncounterType Type { get; set; } = EncounterType.OfficeVisit;

    /// <summary>What the patient comes for, at most 255 characters; may be filled in later.</summary>
    public string? ChiefComplaint { get; set; }
}

/// <summary>What stands above a visit: who, with whom, when, why.</summary>
/// <param name="IsMine">Whether the reader is the visit's doctor, who alone revises, ends and cancels it.</param>
/// <param name="Appointment">The appointment that it came from; null for an ad hoc visit.</param>
/// <param name="FollowUp">Set at the end of the visit.</param>
public sealed record VisitHead(
    Guid EncounterId,
    Guid PatientId,
    PersonName Patient,
    string? Mrn,
    Age Age,
    Gender Gender,
    Guid DoctorId,
    string DoctorName,
    bool IsMine,
    EncounterType Type,
    EncounterStatus Status,
    DateTimeOffset Start,
    DateTimeOffset? End,
    string? ChiefComplaint,
    VisitAppointment? Appointment,
    FollowUpLine? FollowUp)
{
    /// <summary>Why it was cancelled.</summary>
    public string? CancelReason { get; init; }

    public override string ToString() => $"{nameof(VisitHead)} {EncounterId}";
}

/// <summary>The appointment of a visit.</summary>
public sealed record VisitAppointment(
    Guid AppointmentId, DateTimeOffset Start, DateTimeOffset End, AppointmentType Type, AppointmentStatus Status, string? Token, string? Room, DateTimeOffset? CheckedInAt);

/// <summary>A visit in progress, for a list of them.</summary>
public sealed record OpenVisit(
    Guid EncounterId, Guid PatientId, PersonName Patient, string? Mrn, Age Age, Gender Gender, EncounterType Type, DateTimeOffset Start, string? ChiefComplaint)
{
    public override string ToString() => $"{nameof(OpenVisit)} {EncounterId}";
}

/// <summary>A chief complaint as it was seen and as it should read; at most 255 characters.</summary>
public sealed record ComplaintChange(Guid EncounterId, string? Seen, string? ChiefComplaint)
{
    public override string ToString() => $"{nameof(ComplaintChange)} {EncounterId}";
}

/// <summary>How a visit ends.</summary>
/// <param name="FollowUp">When the patient should come again; null for no follow-up.</param>
/// <param name="EndAnyway">The doctor was told what is open, and ends it all the same.</param>
public sealed record VisitEnding(Guid EncounterId, FollowUpWish? FollowUp = null, bool EndAnyway = false);

/// <summary>When the patient should come again: on a day, or in so many days, weeks or months. Exactly one of the two.</summary>
/// <param name="On">A day after today, at most two years ahead.</param>
/// <param name="In">A time from today, at most two years.</param>
/// <param name="ForTheDesk">What reception should know for booking, at most 200 characters. Reception reads it: nothing clinical.</param>
public sealed record FollowUpWish(DateOnly? On = null, FollowUpInterval? In = null, string? ForTheDesk = null);

/// <summary>"2 weeks".</summary>
public sealed record FollowUpInterval(int Number, FollowUpUnit Unit);

public enum FollowUpUnit
{
    Days,
    Weeks,
    Months,
}

/// <summary>A visit that is over.</summary>
public sealed record EndedVisit(Guid EncounterId, Guid PatientId, DateTimeOffset EndedAt, FollowUpLine? FollowUp);

/// <summary>A visit that should not have been started.</summary>
/// <param name="Reason">3 to 255 characters.</param>
/// <param name="BackToWaiting">True puts the patient of an appointment back into the waiting room; false completes the appointment: they have left.</param>
public sealed record VisitCancelling(Guid EncounterId, string Reason, bool BackToWaiting = true);

/// <summary>This patient has a visit with this doctor that is in progress: open it, or end it first.</summary>
public sealed record VisitStillOpen(string Message, Guid EncounterId) : Refusal(RefusalKind.Conflict, Message);

/// <summary>This patient is waiting for an appointment with this doctor: start the visit from there.</summary>
public sealed record AppointmentIsWaiting(string Message, Guid AppointmentId) : Refusal(RefusalKind.Conflict, Message);

/// <summary>What is open in a visit that is about to end; a confirmation ends it all the same.</summary>
/// <param name="Note">The state of the visit's note; <see cref="VisitNote.Unknown"/> while the notes cannot be reached.</param>
/// <param name="Open">Each a sentence: "The note is not signed and goes to your drafts."</param>
public sealed record VisitUnfinished(string Message, VisitNote Note, IReadOnlyList<string> Open) : Refusal(RefusalKind.Conflict, Message);

/// <summary>Where the note of a visit stands, as far as ending it is concerned.</summary>
public enum VisitNote
{
    None,
    Draft,
    Signed,
    Unknown,
}
