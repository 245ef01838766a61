using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling;

/// <summary>
/// A promised time with a doctor and its way through the day:
/// scheduled -> confirmed -> checked in -> in progress -> completed; cancelled from the first three, no-show from the first two.
/// </summary>
internal sealed partial class Appointment
{
    public required Guid Id { get; init; }

    public required Guid DoctorId { get; set; }

    public required Guid PatientId { get; init; }

    public required DateTimeOffset StartTime { get; set; }

    public required DateTimeOffset EndTime { get; set; }

    public AppointmentStatus Status { get; private set; } = AppointmentStatus.Scheduled;

    public required AppointmentType AppointmentType { get; set; }

    public string? Reason { get; set; }

    public string? Notes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    public DateTimeOffset? CheckInTime { get; set; }

    /// <summary>Since when the patient is with the doctor.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? CheckOutTime { get; set; }

    /// <summary>What the waiting room calls, such as A05: a letter a doctor, a number a day.</summary>
    public string? Token { get; set; }

    public string? Room { get; set; }

    public string? CancelReason { get; set; }

    /// <summary>Since when, and by whom, it stands at this time and doctor: whoever wanted the slot is told.</summary>
    public DateTimeOffset PlacedAt { get; set; }

    public Guid? PlacedBy { get; set; }

    /// <summary>When, and by whom, the status was last moved: whoever comes too late is told.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    public Guid? ChangedBy { get; set; }

    /// <summary>Why it was booked outside the doctor's hours.</summary>
    public string? OutsideHoursReason { get; set; }

    /// <summary>Shared by the appointments that were booked as one series.</summary>
    public Guid? SeriesId { get; set; }

    /// <summary>Came without an appointment.</summary>
    public bool WalkIn { get; set; }

    /// <summary>In the building, with something open at the desk.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }

    public DateTimeOffset? NurseSince { get; set; }

    public Guid? NurseId { get; set; }

    public DateTimeOffset? VitalsDoneAt { get; set; }

    /// <summary>Called to the room and not there yet.</summary>
    public DateTimeOffset? CalledAt { get; set; }

    public Guid? CalledBy { get; set; }

    /// <summary>How often they were called today.</summary>
    public short Calls { get; set; }

    /// <summary>The patient has said that they will come.</summary>
    public Refusal? Confirm()
    {
        if (Status is not AppointmentStatus.Scheduled)
        {
            return Not("confirmed");
        }

        Status = AppointmentStatus.Confirmed;
        return null;
    }

    /// <summary>The patient is here: the clock of the waiting room starts.</summary>
    public Refusal? CheckIn(DateTimeOffset now, string token)
    {
        if (Status is not (AppointmentStatus.Scheduled or AppointmentStatus.Confirmed))
        {
            return Not("checked in");
        }

        (Status, CheckInTime, Token) = (AppointmentStatus.CheckedIn, now, token);
        return null;
    }

    /// <summary>The doctor sees the patient now.</summary>
    public Refusal? Start(DateTimeOffset now)
    {
        if (Status is not AppointmentStatus.CheckedIn)
        {
            return Not("started");
        }

        (Status, StartedAt) = (AppointmentStatus.InProgress, now);
        LeaveQueue();
        return null;
    }

    /// <summary>The visit is over.</summary>
    public Refusal? Complete(DateTimeOffset now)
    {
        if (Status is not AppointmentStatus.InProgress)
        {
            return Not("completed");
        }

        (Status, CheckOutTime) = (AppointmentStatus.Completed, now);
        return null;
    }

    public Refusal? Cancel(string reason)
    {
        if (Status is not (AppointmentStatus.Scheduled or AppointmentStatus.Confirmed or AppointmentStatus.CheckedIn))
        {
            return Not("cancelled");
        }

        (Status, CancelReason) = (AppointmentStatus.Cancelled, reason);
        LeaveQueue();
        return null;
    }

    /// <summary>The patient did not come.</summary>
    public Refusal? Miss()
    {
        if (Status is not (AppointmentStatus.Scheduled or AppointmentStatus.Confirmed))
        {
            return Not("marked as missed");
        }

        Status = AppointmentStatus.NoShow;
        return null;
    }

    private Refusal Not(string deed)
        => Refusal.Conflict($"This appointment is {EnumText.Of(Status).Replace('_', ' ')} and cannot be {deed}.");
}
