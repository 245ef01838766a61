using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

/// <summary>What whoever comes too late is told: what the appointment is by now, who made it so, and when.</summary>
internal sealed class Overtaken(ICurrentUser user, ClinicClock clock)
{
    /// <summary>The refusal of an act that the state of <paramref name="appointment"/> does not allow any more.</summary>
    public async Task<Refusal> ByAsync(ClinicDb db, Appointment appointment, CancellationToken cancellation)
    {
        var by = await ByWhomAsync(db, appointment.ChangedBy, cancellation);
        return Refusal.Conflict(Say(appointment, by, appointment.ChangedAt is { } at ? $" {When(at)}" : ""));
    }

    /// <summary>The same after a race was lost on saving: the row is read again, as the winner left it.</summary>
    public async Task<Refusal> ByAsync(ClinicDb db, Guid appointmentId, CancellationToken cancellation)
        => await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is { } now
            ? await ByAsync(db, now, cancellation)
            : Refusal.NotFound("Appointment");

    /// <summary>The refusal to move what no longer stands where it was seen.</summary>
    public async Task<Refusal> MovedAsync(ClinicDb db, Appointment appointment, Guid seenDoctor, CancellationToken cancellation)
    {
        var to = OnTheDay(appointment.StartTime);
        if (appointment.DoctorId != seenDoctor)
        {
            to += $" with {await NameAsync(db, appointment.DoctorId, cancellation)}";
        }

        return Refusal.Conflict($"Moved to {to}{await ByWhomAsync(db, appointment.PlacedBy, cancellation)} {When(appointment.PlacedAt)}.");
    }

    /// <summary>" by Asha", " by you", or nothing where nobody is known.</summary>
    public async Task<string> ByWhomAsync(ClinicDb db, Guid? who, CancellationToken cancellation)
        => who is not { } id ? "" : id == user.Id ? " by you" : $" by {await NameAsync(db, id, cancellation)}";

    /// <summary>"at 10:31", with the day where it was another.</summary>
    public string When(DateTimeOffset at)
        => clock.DayOf(at) == clock.Today ? $"at {Time(at)}" : $"on {ClinicFormat.Date(clock.DayOf(at))} at {Time(at)}";

    /// <summary>"11:30", with the day where it is not today's.</summary>
    public string OnTheDay(DateTimeOffset at)
        => clock.DayOf(at) == clock.Today ? Time(at) : $"{ClinicFormat.Date(clock.DayOf(at))} {Time(at)}";

    public string Time(DateTimeOffset at) => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(at).DateTime));

    private static string Say(Appointment appointment, string by, string when) => appointment.Status switch
    {
        AppointmentStatus.Confirmed => $"Already confirmed{by}{when}.",
        AppointmentStatus.CheckedIn => $"Already checked in{by}{when} (token {appointment.Token}).",
        AppointmentStatus.InProgress => $"Already with the doctor: started{by}{when}.",
        AppointmentStatus.Completed => $"The visit is over: ended{by}{when}.",
        AppointmentStatus.Cancelled => $"Already cancelled{by}{when}.",
        AppointmentStatus.NoShow => $"Already marked as missed{by}{when}.",
        _ when appointment.ChangedAt is not null => $"Already expected again{by}{when}.",
        _ => "This appointment is booked and nobody has come yet.",
    };

    private static async Task<string> NameAsync(ClinicDb db, Guid id, CancellationToken cancellation)
        => StaffWords.Short(await db.Users.AsNoTracking().Where(u => u.Id == id).Select(u => u.FullName).SingleOrDefaultAsync(cancellation) ?? "");
}
