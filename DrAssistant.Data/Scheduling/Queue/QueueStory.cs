namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>Tells whoever comes too late who did what, and when: "A08 was called to Room 1 by Sr. Mary at 10:41."</summary>
internal sealed class QueueStory(Overtaken overtaken)
{
    public async Task<string> OfAsync(ClinicDb db, Appointment appointment, CancellationToken cancellation)
    {
        var who = appointment.Token ?? "This patient";
        var by = await overtaken.ByWhomAsync(db, appointment.ChangedBy, cancellation);
        return appointment switch
        {
            { Status: AppointmentStatus.CheckedIn, CalledAt: { } at } => $"{who} was called{To(appointment.Room)}{by} {overtaken.When(at)}.",
            { Status: AppointmentStatus.CheckedIn, NurseSince: { } at } => $"{who} was taken to the nurse{by} {overtaken.When(at)}.",
            { Status: AppointmentStatus.CheckedIn, ChangedAt: { } at } when at > appointment.CheckInTime => $"{who} was put back to waiting{by} {overtaken.When(at)}.",
            { Status: AppointmentStatus.CheckedIn } => $"{who} was checked in{by}{At(appointment.CheckInTime)}.",
            { Status: AppointmentStatus.InProgress } => $"{who} has been with the doctor{Since(appointment.StartedAt)}.",
            { Status: AppointmentStatus.Completed } => $"The visit of {who} ended{At(appointment.CheckOutTime)}.",
            { Status: AppointmentStatus.Cancelled } => $"This appointment was cancelled{by}{At(appointment.ChangedAt)}.",
            { Status: AppointmentStatus.NoShow } => $"This appointment was marked as missed{by}{At(appointment.ChangedAt)}.",
            { ArrivedAt: { } at } => $"This patient was marked as arrived{by} {overtaken.When(at)}, and is not checked in yet.",
            _ => "This patient is not checked in yet.",
        };
    }

    private static string To(string? room) => room is null ? "" : $" to {room}";

    private string At(DateTimeOffset? at) => at is { } known ? $" {overtaken.When(known)}" : "";

    private string Since(DateTimeOffset? at) => at is { } known ? $" since {overtaken.Time(known)}" : "";
}
