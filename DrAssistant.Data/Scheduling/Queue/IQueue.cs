using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>
/// The door to the waiting room. Every act is refused with who did what and when if somebody else was faster, and answers with the
/// visit as it stands afterwards.
/// </summary>
public interface IQueue
{
    /// <summary>What the desk compares with the person before it. Showing it is an audit event.</summary>
    Task<Result<PersonAtDesk>> IdentifyAsync(Guid appointmentId, CancellationToken cancellation);

    /// <summary>In the building, with something still open at the desk.</summary>
    Task<Result<BookedVisit>> ArriveAsync(Guid appointmentId, CancellationToken cancellation);

    /// <summary>
    /// The patient is here: gives the token to call them by, and lets the nurses see the record. Two identifiers have to be
    /// confirmed (NABH, Patient safety goal 1: name and one of birth date, number, telephone; never a room or a token).
    /// </summary>
    Task<Result<BookedVisit>> CheckInAsync(Guid appointmentId, IReadOnlyCollection<Identifier> confirmed, CancellationToken cancellation);

    /// <summary>The signed-in nurse takes the patient; the waiting time goes on.</summary>
    Task<Result<BookedVisit>> ToNurseAsync(Guid appointmentId, CancellationToken cancellation);

    /// <summary>Back to waiting, from the nurse (<paramref name="vitalsDone"/>) or from a call that was not answered.</summary>
    Task<Result<BookedVisit>> PutBackAsync(Guid appointmentId, bool vitalsDone, CancellationToken cancellation);

    /// <summary>
    /// Calls the next of a doctor: urgent first, then who waits longest. Refused where somebody else has called
    /// <paramref name="expected"/> meanwhile; the refusal names who is next.
    /// </summary>
    Task<Result<BookedVisit>> CallNextAsync(Guid doctorId, Guid expected, CancellationToken cancellation);

    /// <summary>Once more, for somebody who was called and did not come.</summary>
    Task<Result<BookedVisit>> CallAgainAsync(Guid appointmentId, CancellationToken cancellation);

    /// <summary>
    /// Called and not there: the next one goes first. The waiting time stays, so that they come right after, and not after everybody.
    /// </summary>
    Task<Result<BookedVisit>> SkipAsync(Guid appointmentId, CancellationToken cancellation);
}

/// <summary>Who should be standing at the desk. Of the telephone and the ABHA number only what is needed to compare.</summary>
/// <param name="PhoneEnd">The last four digits; null where none is on record or this person may not see it.</param>
/// <param name="AbhaEnd">The last four digits, likewise.</param>
public sealed record PersonAtDesk(
    Guid AppointmentId, PersonName Name, DateOnly DateOfBirth, bool DateOfBirthEstimated, Age Age, Gender Gender, string? Mrn, string? PhoneEnd, string? AbhaEnd)
{
    public override string ToString() => $"{nameof(PersonAtDesk)} {AppointmentId}";
}

/// <summary>What the desk compared with the person before it.</summary>
public enum Identifier
{
    Name,
    DateOfBirth,
    Mrn,
    Phone,
    Abha,
}
