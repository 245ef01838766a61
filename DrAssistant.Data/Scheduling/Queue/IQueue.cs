using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>
/// The door to the waiting room. Every act is refused with who did what and when if somebody else was faster, and answers with the
/// visit as it stands afterwards.
/// </summary>
public interface IQueue
{
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
