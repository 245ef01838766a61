using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Values as reports.</summary>
internal sealed class InboxViews(ClinicClock clock)
{
    /// <summary>Critical and not acknowledged, critical, abnormal, the rest; the oldest first in each.</summary>
    public IReadOnlyList<InboxLine> Lines(IEnumerable<InboxRow> rows)
        => [.. rows.GroupBy(r => r.Report).Select(report => Line([.. report])).OrderBy(l => l.State).ThenBy(l => l.ArrivedAt).ThenBy(l => l.ReportId)];

    public InboxReport Report(IReadOnlyList<InboxRow> rows)
    {
        var head = rows[0];
        var values = rows.Select(r => r.Value).ToList();
        var state = State(rows);
        var arrived = rows.Min(r => r.ArrivedAt);
        return new InboxReport(
            head.Report, head.Order, head.Patient, head.Name, Age.On(clock.Today, head.Born, head.BornEstimated), head.Gender, head.Born, head.Mrn, state, values)
        {
            Ordered = string.Join(", ", rows.Select(r => r.Item).Distinct()),
            Doctor = head.Doctor,
            Laboratory = head.Laboratory,
            TakenAt = rows.Max(r => r.TakenAt),
            ArrivedAt = arrived,
            Escalated = rows.Any(r => r.Escalated),
            EscalatesAt = state is InboxState.CriticalNotAcknowledged && head.Source is not ResultSource.Imported && !rows.Any(r => r.Escalated)
                ? arrived + ResultEscalation.After : null,
            ToReview = rows.Any(r => r.Value.Reviewed is null && (!r.IsPreliminary || ResultFlags.Rank(r.Value.Flag) == 2)),
        };
    }

    private InboxLine Line(IReadOnlyList<InboxRow> rows)
    {
        var worst = rows.OrderByDescending(r => ResultFlags.Rank(r.Value.Flag)).ThenBy(r => r.Value.Acknowledged is not null).First();
        return new InboxLine(
            worst.Report, worst.Order, worst.Patient, worst.Name, Age.On(clock.Today, worst.Born, worst.BornEstimated), worst.Gender, State(rows), worst.Value,
            rows.Count - 1, rows.All(r => r.Value.Flag is ResultFlag.Normal && r.Value.Was is null))
        {
            Laboratory = worst.Laboratory,
            Doctor = worst.Doctor,
            ArrivedAt = rows.Min(r => r.ArrivedAt),
            Preliminary = rows.All(r => r.IsPreliminary),
            ResultIds = [.. rows.Select(r => r.Value.Id)],
        };
    }

    private static InboxState State(IReadOnlyList<InboxRow> rows)
        => rows.Any(r => ResultFlags.Rank(r.Value.Flag) == 2 && r.Value.Acknowledged is null && r.Value.Reviewed is null) ? InboxState.CriticalNotAcknowledged
            : rows.Max(r => ResultFlags.Rank(r.Value.Flag)) switch { 2 => InboxState.Critical, 1 => InboxState.Abnormal, _ => InboxState.Normal };
}
