using DrAssistant.Data.Scheduling;

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
            RunningLate: Lateness(waiting, now));
    }

    /// <summary>How long the first booked of those who wait has been due; nobody due, nobody late.</summary>
    private static TimeSpan? Lateness(IReadOnlyList<DayVisit> waiting, DateTimeOffset now)
    {
        var due = waiting.Where(v => v.Type is not AppointmentType.Urgent).Select(v => (DateTimeOffset?)v.Start).Min();
        return due is { } start && now - start > TimeSpan.FromMinutes(1) ? now - start : null;
    }
}
