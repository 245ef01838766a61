using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>Tells whoever comes too late who did what, and when: "A08 was called to Room 1 by Sr. Mary at 10:41."</summary>
internal sealed class QueueStory(ClinicClock clock)
{
    public async Task<string> OfAsync(ClinicDb db, Appointment appointment, CancellationToken cancellation)
    {
        var people = await db.Users.AsNoTracking()
            .Where(u => u.Id == appointment.ChangedBy || u.Id == appointment.DoctorId)
            .ToDictionaryAsync(u => u.Id, u => StaffNames.Short(u.FullName), cancellation);
        var who = appointment.Token ?? "This patient";
        var doctor = people.GetValueOrDefault(appointment.DoctorId, "the doctor");
        var by = appointment.ChangedBy is { } id && people.TryGetValue(id, out var name) ? $" by {name}" : "";
        return appointment switch
        {
            { Status: AppointmentStatus.CheckedIn, CalledAt: { } at } => $"{who} was called{To(appointment.Room)}{by} at {Time(at)}.",
            { Status: AppointmentStatus.CheckedIn, NurseSince: { } at } => $"{who} was taken to the nurse{by} at {Time(at)}.",
            { Status: AppointmentStatus.CheckedIn, ChangedAt: { } at } when at > appointment.CheckInTime => $"{who} was put back to waiting{by} at {Time(at)}.",
            { Status: AppointmentStatus.CheckedIn } => $"{who} was checked in{by}{At(appointment.CheckInTime)}.",
            { Status: AppointmentStatus.InProgress } => $"{who} has been with {doctor}{Since(appointment.StartedAt)}.",
            { Status: AppointmentStatus.Completed } => $"The visit of {who} ended{At(appointment.CheckOutTime)}.",
            { Status: AppointmentStatus.Cancelled } => $"This appointment was cancelled{by}{At(appointment.ChangedAt)}.",
            { Status: AppointmentStatus.NoShow } => $"This appointment was marked as missed{by}{At(appointment.ChangedAt)}.",
            { ArrivedAt: { } at } => $"This patient was marked as arrived{by} at {Time(at)}, and is not checked in yet.",
            _ => "This patient is not checked in yet.",
        };
    }

    private static string To(string? room) => room is null ? "" : $" to {room}";

    private string At(DateTimeOffset? at) => at is { } known ? $" at {Time(known)}" : "";

    private string Since(DateTimeOffset? at) => at is { } known ? $" since {Time(known)}" : "";

    private string Time(DateTimeOffset at) => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(at).DateTime));
}
