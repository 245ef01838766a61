using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Dashboard;

/// <summary>
/// Whom the doctor sees next: the first who can be seen, urgent before all, then those with vitals done, waiting
/// longest; when nobody waits, the next booked whose time has not passed, or else the first who has not come yet.
/// </summary>
internal static class NextInLine
{
    public static DayVisit? Of(IReadOnlyList<DayVisit> visits, DateTimeOffset now)
        => visits
            .Where(v => v.Status is AppointmentStatus.CheckedIn)
            .OrderByDescending(v => v.Type is AppointmentType.Urgent)
            .ThenByDescending(v => v.VitalsDone)
            .ThenBy(v => v.CheckedInAt)
            .ThenBy(v => v.Start)
            .FirstOrDefault()
            ?? visits
                .Where(v => v.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed)
                .OrderBy(v => v.End <= now)
                .ThenBy(v => v.Start)
                .FirstOrDefault();
}
