using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling;

/// <summary>Its way through the waiting room: arrived, waiting, with the nurse, called. All of it but the first is inside the status checked in.</summary>
internal sealed partial class Appointment
{
    /// <summary>Called, and did not come: the next one goes first. Forgotten as soon as somebody else is called.</summary>
    public DateTimeOffset? SkippedAt { get; private set; }

    /// <summary>In the building, with something open at the desk.</summary>
    public Refusal? Arrive(Guid by, DateTimeOffset now)
    {
        if (Status is not (AppointmentStatus.Scheduled or AppointmentStatus.Confirmed) || ArrivedAt is not null)
        {
            return Not("marked as arrived");
        }

        ArrivedAt = now;
        return Moved(by, now);
    }

    /// <summary>A nurse takes the patient; <paramref name="nurse"/> is null where the desk hands them over and does not know to whom.</summary>
    public Refusal? ToNurse(Guid? nurse, Guid by, DateTimeOffset now)
    {
        if (!IsWaiting)
        {
            return Not("handed to the nurse");
        }

        (NurseSince, NurseId) = (now, nurse);
        return Moved(by, now);
    }

    /// <summary>Back among those who wait; the waiting time is the same as ever.</summary>
    public Refusal? PutBack(bool vitalsDone, Guid by, DateTimeOffset now)
    {
        if (Status is not AppointmentStatus.CheckedIn || IsWaiting)
        {
            return Not("put back");
        }

        VitalsDoneAt = vitalsDone && NurseSince is not null ? now : VitalsDoneAt;
        Room = CalledAt is null ? Room : null;
        LeaveQueue();
        return Moved(by, now);
    }

    /// <summary>To the room. Who is with the nurse is not called away.</summary>
    public Refusal? Call(string? room, Guid by, DateTimeOffset now)
    {
        if (!IsWaiting)
        {
            return Not("called");
        }

        (CalledAt, CalledBy, Room, SkippedAt) = (now, by, room ?? Room, null);
        Calls++;
        return Moved(by, now);
    }

    public Refusal? CallAgain(Guid by, DateTimeOffset now)
    {
        if (Status is not AppointmentStatus.CheckedIn || CalledAt is null)
        {
            return Not("called again");
        }

        (CalledAt, CalledBy) = (now, by);
        Calls++;
        return Moved(by, now);
    }

    /// <summary>Called and not there: the next one goes in first.</summary>
    public Refusal? Skip(Guid by, DateTimeOffset now)
    {
        if (Status is not AppointmentStatus.CheckedIn || CalledAt is null)
        {
            return Not("skipped");
        }

        (Room, SkippedAt) = (null, now);
        LeaveQueue();
        return Moved(by, now);
    }

    private bool IsWaiting => this is { Status: AppointmentStatus.CheckedIn, NurseSince: null, CalledAt: null };

    private void LeaveQueue() => (NurseSince, NurseId, CalledAt, CalledBy) = (null, null, null, null);

    private Refusal? Moved(Guid by, DateTimeOffset now)
    {
        (ChangedAt, ChangedBy) = (now, by);
        return null;
    }
}
