using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters;

/// <summary>When a patient should come again after a visit. What reception needs for booking, and nothing clinical.</summary>
internal sealed class FollowUp
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>As the doctor said it, where no day was chosen.</summary>
    public short? IntervalNumber { get; init; }

    public FollowUpUnit? IntervalUnit { get; init; }

    public string? ForTheDesk { get; init; }

    public FollowUpStatus Status { get; private set; } = FollowUpStatus.Open;

    public required DateTimeOffset SetAt { get; init; }

    public DateTimeOffset? DroppedAt { get; private set; }

    public Guid? DroppedBy { get; private set; }

    public string? DropReason { get; private set; }

    /// <summary>"2 weeks".</summary>
    public static string? Words(short? number, FollowUpUnit? unit) => (number, unit) switch
    {
        ({ } n, { } u) => string.Create(CultureInfo.InvariantCulture, $"{n} {(n == 1 ? EnumText.Of(u)[..^1] : EnumText.Of(u))}"),
        _ => null,
    };

    /// <summary>Not to be booked after all.</summary>
    public Refusal? Drop(DateTimeOffset now, Guid by, string reason)
    {
        if (Status is FollowUpStatus.Dropped)
        {
            return Refusal.Conflict("This follow-up is dropped already.");
        }

        (Status, DroppedAt, DroppedBy, DropReason) = (FollowUpStatus.Dropped, now, by, reason);
        return null;
    }
}
