using DrAssistant.Data.Alerts;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>What a doctor of the demo practice finds on coming in, through the doors that the pages use.</summary>
public sealed class TheDemoInbox(FilledDemo demo) : IClassFixture<FilledDemo>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doctors => [.. DemoQuestions.Doctors];

    [Theory]
    [MemberData(nameof(Doctors))]
    public async Task has_a_day_to_live(string doctor)
    {
        var day = await DayAsync(doctor);

        Assert.True(day.Figures.Total >= 10);
        Assert.InRange(day.Figures.Seen, 2, 6);
        Assert.InRange(day.Figures.Waiting, 3, 4);
        Assert.Equal(1, day.Figures.NoShow);
        Assert.InRange(day.Figures.RunningLate ?? TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60));
        Assert.Equal(AppointmentStatus.CheckedIn, day.Next?.Visit.Status);
        Assert.StartsWith("Sr. ", day.Next?.VitalsBy, StringComparison.Ordinal);
        Assert.True(day.Next?.VitalsAt < day.ReadAt);
        Assert.All(day.Visits.Where(v => v.Status is AppointmentStatus.CheckedIn or AppointmentStatus.InProgress), v => Assert.NotNull(v.Token));
    }

    [Fact]
    public async Task has_the_urgent_one_first()
    {
        var next = (await DayAsync("dr.meera.iyer")).Next!;

        Assert.Equal(AppointmentType.Urgent, next.Visit.Type);
        Assert.Equal("Sr. Mary Thomas", next.VitalsBy);
        Assert.NotEmpty(next.Vitals);
    }

    [Theory]
    [MemberData(nameof(Doctors))]
    public async Task has_results_to_review_one_of_them_critical(string doctor)
    {
        var day = await DayAsync(doctor);

        Assert.True(day.Results.Count >= 3, $"{day.Results.Count} reports, a line each by its worst value");
        Assert.True(day.Results.Sum(r => 1 + r.More) >= 5);
        Assert.Equal(1, day.Figures.CriticalResults);
        Assert.Contains(day.Results[0].Flag, new[] { ResultFlag.CriticalHigh, ResultFlag.CriticalLow });
        Assert.True(day.Results[0].Trend.Count >= 2, "The critical one has a trend.");
        Assert.Contains(day.Results, r => r.Flag is not (ResultFlag.CriticalHigh or ResultFlag.CriticalLow));
    }

    [Theory]
    [MemberData(nameof(Doctors))]
    public async Task has_tasks_of_every_priority_some_of_them_late(string doctor)
    {
        var tasks = (await DayAsync(doctor)).Tasks;

        Assert.InRange(tasks.Count, 5, 6);
        Assert.Equal(4, tasks.Select(t => t.Priority).Distinct().Count());
        Assert.Contains(tasks, t => t.DueDate < demo.Clinic.Clock.Now);
        Assert.Equal(TaskPriority.Urgent, tasks[0].Priority);
    }

    [Theory]
    [MemberData(nameof(Doctors))]
    public async Task has_unread_alerts_with_the_critical_result_on_top(string doctor)
    {
        var person = await demo.Clinic.PersonAsync(doctor);
        await using var acting = demo.Clinic.As(person);
        var alerts = (await acting.Get<IAlerts>().UnreadAsync(Cancellation)).Value!;

        Assert.InRange(alerts.Count, 4, 5);
        Assert.Equal(AlertSeverity.Critical, alerts[0].Severity);
        Assert.Equal(1, await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM alerts a JOIN results r ON r.id = a.source_id AND r.patient_id = a.patient_id
                JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id AND o.doctor_id = a.user_id
            WHERE a.user_id = $1 AND a.alert_type = 'lab_result' AND a.severity = 'critical' AND r.flag LIKE 'critical%' AND r.reviewed_at IS NULL
            """, person.Id));
        Assert.Equal(1, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM alerts WHERE user_id = $1 AND acknowledged_at IS NOT NULL", person.Id));
    }

    [Theory]
    [MemberData(nameof(Doctors))]
    public async Task has_drafts_to_sign_one_of_them_two_days_old(string doctor)
    {
        await using var acting = demo.Clinic.As(await demo.Clinic.PersonAsync(doctor));
        var drafts = (await acting.Get<IDashboard>().DraftsToSignAsync(Cancellation)).Value!;

        Assert.InRange(drafts.Count, 2, 4);
        Assert.True(demo.Clinic.Days.Today.DayNumber - demo.Clinic.Days.DayOf(drafts[0].EncounterStart).DayNumber >= 2);
        Assert.Null(drafts[0].Missing);
        Assert.Contains(drafts, d => d.Missing == "plan is empty");
        Assert.Contains(drafts, d => d.Missing == "assessment is empty");
    }

    private async Task<DoctorDay> DayAsync(string doctor)
    {
        await using var acting = demo.Clinic.As(await demo.Clinic.PersonAsync(doctor));
        return (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value!;
    }
}
