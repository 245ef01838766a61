using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;

namespace DrAssistant.Data.Dashboard;

/// <summary>All that wait for review, not only those listed.</summary>
internal sealed record ResultTotals(int All, int Critical, int Abnormal);

/// <summary>The few figures above a doctor's day.</summary>
internal static class DayFiguring
{
    public static DayFigures Of(IReadOnlyList<DayVisit> visits, ResultTotals? results, DateTimeOffset now)
    {
        var waiting = visits.Where(v => v.Status is AppointmentStatus.CheckedIn).ToList();
        return new DayFigures(
            Seen: visits.Count(v => v.Status is AppointmentStatus.Completed),
            ToSee: visits.Count(v => v.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed
                or AppointmentStatus.CheckedIn or AppointmentStatus.InProgress),
            Total: visits.Count(v => v.Status is not (AppointmentStatus.Cancelled or AppointmentStatus.NoShow)),
            NoShow: visits.Count(v => v.Status is AppointmentStatus.NoShow),
            Waiting: waiting.Count,
            LongestWaitSince: waiting.Min(v => v.CheckedInAt),
            ResultsToReview: results?.All ?? 0,
            CriticalResults: results?.Critical ?? 0,
            AbnormalResults: results?.Abnormal ?? 0,
            RunningLate: DoctorCalendar.Lateness(waiting.Where(v => v.Type is not AppointmentType.Urgent).Select(v => v.Start), now));
    }
}
