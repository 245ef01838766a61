using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters;

/// <summary>
/// The door to follow-ups: set by a doctor at the end of a visit (<see cref="IEncounters.EndAsync"/>), booked by reception through the book. One is
/// booked while the patient has an appointment with that doctor after it was set, whenever that was made; it is to be booked again when the
/// appointment is cancelled or missed. It carries no clinical fact. Open pages hear of a new one as <c>appointment.follow-up</c>.
/// </summary>
public interface IFollowUps
{
    /// <summary>Those to be booked, the soonest due first, at most 200: everybody's for reception and nurses, for a doctor their own.</summary>
    Task<Result<IReadOnlyList<FollowUpLine>>> ToBookAsync(CancellationToken cancellation);

    /// <summary>Not to be booked after all: the patient declined, or cannot be reached. A reason of 3 to 200 characters.</summary>
    Task<Result<FollowUpLine>> DropAsync(Guid followUpId, string reason, CancellationToken cancellation);
}

/// <summary>A follow-up as reception sees it.</summary>
/// <param name="Interval">As the doctor said it ("2 weeks"); null where a day was chosen.</param>
/// <param name="Booked">When the appointment is; null while there is none.</param>
public sealed record FollowUpLine(
    Guid Id,
    Guid PatientId,
    PersonName Patient,
    string? Mrn,
    Guid DoctorId,
    string DoctorName,
    DateOnly DueOn,
    string? Interval,
    string? ForTheDesk,
    FollowUpStatus Status,
    DateTimeOffset SetAt,
    DateTimeOffset? Booked)
{
    public override string ToString() => $"{nameof(FollowUpLine)} {Id}";
}

public enum FollowUpStatus
{
    Open,
    Dropped,
}
