using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>What was just done, in words, and how it is taken back.</summary>
public sealed record Undoable(string Text, Func<Task<Result<BookedVisit>>> Back);

/// <summary>What the person before the board may do, handed to the lanes by the panel that has them.</summary>
public sealed class QueueDesk(
    IQueue queue, IBooking booking, ICurrentUser user, Func<Func<Task<Result<BookedVisit>>>, Func<BookedVisit, Undoable?>, Task> act, Action<QueueEntry> checkIn,
    Action<QueueEntry> measure, object receiver)
{
    /// <summary>Clinical roles get the way to the chart.</summary>
    public bool Clinical => user.Can(Permissions.ReadEncounters);

    public bool CanMeasure => user.Can(Permissions.WriteVitals);

    public bool IsNurse => user.Role is StaffRole.Nurse;

    /// <summary>Doctors call and put back; the nurses' and the desk's acts are not theirs.</summary>
    public bool CanHandOver => CanAct && user.Role is not StaffRole.Doctor;

    private bool CanAct => user.Can(Permissions.WriteAppointments);

    public bool MayMove(DoctorColumn doctor) => CanAct && (user.Role is not StaffRole.Doctor || doctor.DoctorId == user.Id);

    public EventCallback CheckIn(QueueEntry entry) => On(() =>
    {
        checkIn(entry);
        return Task.CompletedTask;
    });

    public EventCallback Measure(QueueEntry entry) => On(() =>
    {
        measure(entry);
        return Task.CompletedTask;
    });

    public EventCallback Arrive(BookedVisit visit) => On(() => act(() => queue.ArriveAsync(visit.AppointmentId, CancellationToken.None), _ => null));

    public EventCallback ToNurse(BookedVisit visit) => On(() => act(
        () => queue.ToNurseAsync(visit.AppointmentId, CancellationToken.None),
        done => new Undoable($"{done.Token} is with the nurse", () => PutBackAsync(done, vitalsDone: false))));

    public EventCallback ToWaiting(BookedVisit visit, bool vitalsDone) => On(() => act(() => PutBackAsync(visit, vitalsDone), _ => null));

    public EventCallback CallNext(DoctorColumn doctor, BookedVisit next) => On(() => act(
        () => queue.CallNextAsync(doctor.DoctorId, next.AppointmentId, CancellationToken.None),
        done => new Undoable($"{done.Token} was called{(done.Room is null ? "" : $" to {done.Room}")}", () => PutBackAsync(done, vitalsDone: false))));

    public EventCallback CallAgain(BookedVisit visit) => On(() => act(() => queue.CallAgainAsync(visit.AppointmentId, CancellationToken.None), _ => null));

    public EventCallback Skip(BookedVisit visit) => On(() => act(() => queue.SkipAsync(visit.AppointmentId, CancellationToken.None), _ => null));

    /// <summary>Marked as missed, and here: expected again, and ready to be checked in.</summary>
    public EventCallback Revive(BookedVisit visit) => On(() => act(() => booking.ReviveAsync(visit.AppointmentId, CancellationToken.None), _ => null));

    private Task<Result<BookedVisit>> PutBackAsync(BookedVisit visit, bool vitalsDone) => queue.PutBackAsync(visit.AppointmentId, vitalsDone, CancellationToken.None);

    // The panel, not the lane, renders again and keeps the answer.
    private EventCallback On(Func<Task> work) => EventCallback.Factory.Create(receiver, work);
}
