using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling;

/// <summary>
/// A promised time with a doctor and its way through the day:
/// scheduled -> confirmed -> checked in -> in progress -> completed; cancelled from the first three, no-show from the first two,
/// from no-show back to scheduled, and from in progress back to checked in where the visit is cancelled. Each verb writes down when and by whom, for those who come too late.
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

    /// <summary>Where nobody's visit is in another's way: an urgent one is squeezed in, and who does not come takes no time.</summary>
    internal bool Overlaps => AppointmentType is AppointmentType.Urgent || Status is AppointmentStatus.Cancelled or AppointmentStatus.NoShow;

    /// <summary>Expected and not here yet: may be moved, confirmed, checked in, missed.</summary>
    internal bool IsAhead => Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed;

    /// <summary>To another time, length or doctor, until the patient is here.</summary>
    public Refusal? Move(DateTimeOffset now, Guid? by, Guid doctor, DateTimeOffset start, DateTimeOffset end)
    {
        if (!IsAhead)
        {
            return Not("moved");
        }

        (DoctorId, StartTime, EndTime, PlacedAt, PlacedBy) = (doctor, start, end, now, by);
        return null;
    }

    /// <summary>Another type or reason. The visit is what it was once the doctor has seen the patient.</summary>
    public Refusal? Revise(AppointmentType type, string? reason)
    {
        if (!IsAhead && Status is not AppointmentStatus.CheckedIn)
        {
            return Not("changed");
        }

        (AppointmentType, Reason) = (type, reason);
        return null;
    }

    /// <summary>The patient has said that they will come.</summary>
    public Refusal? Confirm(DateTimeOffset now, Guid? by)
        => Status is AppointmentStatus.Scheduled ? Become(AppointmentStatus.Confirmed, now, by) : Not("confirmed");

    /// <summary>The patient is here: the clock of the waiting room starts.</summary>
    public Refusal? CheckIn(DateTimeOffset now, Guid? by, string token)
    {
        if (!IsAhead)
        {
            return Not("checked in");
        }

        (CheckInTime, Token) = (now, token);
        return Become(AppointmentStatus.CheckedIn, now, by);
    }

    /// <summary>The doctor sees the patient now.</summary>
    public Refusal? Start(DateTimeOffset now, Guid? by)
    {
        if (Status is not AppointmentStatus.CheckedIn)
        {
            return Not("started");
        }

        StartedAt = now;
        LeaveQueue();
        return Become(AppointmentStatus.InProgress, now, by);
    }

    /// <summary>The visit is over.</summary>
    public Refusal? Complete(DateTimeOffset now, Guid? by)
    {
        if (Status is not AppointmentStatus.InProgress)
        {
            return Not("completed");
        }

        CheckOutTime = now;
        return Become(AppointmentStatus.Completed, now, by);
    }

    /// <summary>The visit should not have been started: back among those who wait, with the waiting time that they had.</summary>
    public Refusal? TakeBack(DateTimeOffset now, Guid? by)
    {
        if (Status is not AppointmentStatus.InProgress)
        {
            return Not("put back into the waiting room");
        }

        (StartedAt, Room) = (null, null);
        return Become(AppointmentStatus.CheckedIn, now, by);
    }

    public Refusal? Cancel(DateTimeOffset now, Guid? by, string reason)
    {
        if (!IsAhead && Status is not AppointmentStatus.CheckedIn)
        {
            return Not("cancelled");
        }

        CancelReason = reason;
        LeaveQueue();
        return Become(AppointmentStatus.Cancelled, now, by);
    }

    /// <summary>The patient did not come.</summary>
    public Refusal? Miss(DateTimeOffset now, Guid? by, string? reason = null)
    {
        if (!IsAhead)
        {
            return Not("marked as missed");
        }

        CancelReason = reason;
        return Become(AppointmentStatus.NoShow, now, by);
    }

    /// <summary>Came after all: expected again, from now on at the time that they had.</summary>
    public Refusal? Revive(DateTimeOffset now, Guid? by)
    {
        if (Status is not AppointmentStatus.NoShow)
        {
            return Not("brought back");
        }

        (CancelReason, PlacedAt, PlacedBy) = (null, now, by);
        return Become(AppointmentStatus.Scheduled, now, by);
    }

    private Refusal? Become(AppointmentStatus status, DateTimeOffset now, Guid? by)
    {
        (Status, ChangedAt, ChangedBy) = (status, now, by);
        return null;
    }

    private Refusal Not(string deed)
        => Refusal.Conflict($"This appointment is {EnumText.Of(Status).Replace('_', ' ')} and cannot be {deed}.");
}
