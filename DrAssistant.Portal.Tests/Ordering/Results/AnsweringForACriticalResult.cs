using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static DrAssistant.Portal.Tests.Ordering.Results.ResultsClinic;

namespace DrAssistant.Portal.Tests.Ordering.Results;

/// <summary>Acknowledged by whoever answers first, wherever they do it; passed on when nobody does.</summary>
public sealed class AnsweringForACriticalResult(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_the_alert_marks_the_value_too()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var (report, alert) = await CriticalAsync(clinic);
        await using var acting = clinic.Clinic.As(clinic.Asha);

        (await acting.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation)).Value();

        var value = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal((clinic.Asha.Id, clinic.Clinic.Clock.Now, null), (value.AcknowledgedBy!.Value, value.AcknowledgedAt!.Value, value.ReviewedAt));
        Assert.Equal(InboxState.Critical, (await acting.Get<IResultInbox>().OpenAsync(report, Cancellation)).Value().State);
    }

    [Fact]
    public async Task In_the_inbox_settles_the_alert_too_once()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var (report, alert) = await CriticalAsync(clinic);
        await using var acting = clinic.Clinic.As(clinic.Asha);

        var answered = (await acting.Get<IResultInbox>().AcknowledgeAsync(report, Cancellation)).Value();
        await acting.Get<IResultInbox>().AcknowledgeAsync(report, Cancellation);

        Assert.Equal(InboxState.Critical, answered.State);
        Assert.Equal(clinic.Asha.FullName, answered.Values[0].Acknowledged?.Who);
        Assert.True((await clinic.Clinic.RowAsync<Alert>(alert)).IsRead);
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "result.acknowledge");
    }

    [Fact]
    public async Task After_half_an_hour_the_doctors_on_duty_are_told_once_and_no_others()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var given = clinic.Clinic.Given;
        var (working, seeing, away) = (await given.DoctorAsync("Basu Dev"), await given.DoctorAsync("Chitra Das"), await given.DoctorAsync("Dev Lal"));
        await given.HoursAsync(working, "09:00", "17:00");
        await given.HoursAsync(clinic.Asha, "09:00", "17:00");
        await given.AppointmentAsync(seeing, await given.PatientAsync("Ravi"), "16:00");
        await given.HoursAsync(away, "09:00", "17:00");
        await given.LeaveAsync(away, clinic.Clinic.Clock.Now.AddHours(-1), clinic.Clinic.Clock.Now.AddHours(5));
        await given.DoctorAsync("Not here");
        await CriticalAsync(clinic);

        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(29);
        Assert.Equal(0, await EscalateAsync(clinic));
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(2, await EscalateAsync(clinic));
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(30);
        Assert.Equal(0, await EscalateAsync(clinic));

        var alerts = await clinic.AlertsAsync();
        Assert.Equal(new[] { clinic.Asha.Id, working.Id, seeing.Id }.Order(), alerts.Select(a => a.UserId).Order());
        Assert.All(alerts, a => Assert.Equal(AlertSeverity.Critical, a.Severity));
        Assert.Contains(alerts, a => a.Message.StartsWith("Asha Rao has not answered.", StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(await clinic.ResultsAsync()).EscalatedAt);
        Assert.Equal(1, await clinic.Clinic.BehindAsync(db => db.AuditEvents.CountAsync(e => e.Event == "result.escalate", Cancellation)));
    }

    [Fact]
    public async Task At_night_it_waits_for_the_first_who_comes()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var basu = await clinic.Clinic.Given.DoctorAsync("Basu Dev");
        await clinic.Clinic.Given.HoursAsync(basu, "09:00", "17:00");
        clinic.Clinic.Clock.Now = clinic.Clinic.At("21:00");
        await CriticalAsync(clinic);

        clinic.Clinic.Clock.Now = clinic.Clinic.At("23:00");
        Assert.Equal(0, await EscalateAsync(clinic));
        clinic.Clinic.Clock.Now = clinic.Clinic.At("09:00", daysAhead: 1);
        Assert.Equal(1, await EscalateAsync(clinic));
    }

    [Fact]
    public async Task What_was_answered_or_corrected_or_taken_over_from_elsewhere_is_not_passed_on()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var basu = await clinic.Clinic.Given.DoctorAsync("Basu Dev");
        await clinic.Clinic.Given.HoursAsync(basu, "00:00", "23:59");
        var (report, _) = await CriticalAsync(clinic);
        await using var acting = clinic.Clinic.As(clinic.Asha);
        await acting.Get<IResultInbox>().AcknowledgeAsync(report, Cancellation);
        var order = await clinic.OrderAsync(Potassium);
        await clinic.FileAsync(null, order, clinic.Value(Potassium, 7));
        await clinic.FileAsync(null, order, clinic.Value(Potassium, 4, status: ResultStatus.Corrected));
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, Potassium, 7, ResultFlag.CriticalHigh, unit: "mmol/L");
        await clinic.Clinic.RunAsync("UPDATE outbox_messages SET done_at = now() WHERE done_at IS NULL");

        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(31);

        Assert.Equal(0, await EscalateAsync(clinic));
    }

    [Fact]
    public async Task One_on_duty_answers_for_a_patient_of_anothers_and_it_rings_for_nobody_any_more()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var basu = await clinic.Clinic.Given.DoctorAsync("Basu Dev");
        await clinic.Clinic.Given.HoursAsync(basu, "09:00", "17:00");
        var (report, first) = await CriticalAsync(clinic);
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(30);
        await EscalateAsync(clinic);
        var passedOn = (await clinic.AlertsAsync()).Single(a => a.UserId == basu.Id);
        await using var acting = clinic.Clinic.As(basu);

        (await acting.Get<IResultInbox>().OpenAsync(report, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<IAlerts>().AcknowledgeAsync(passedOn.Id, Cancellation)).Value();
        await clinic.Clinic.RelayAsync();

        var value = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal(basu.Id, value.AcknowledgedBy);
        Assert.NotNull((await clinic.Clinic.RowAsync<Alert>(first)).AcknowledgedAt);
        Assert.All(await clinic.AlertsAsync(), a => Assert.NotNull(a.AcknowledgedAt));
    }

    [Fact]
    public async Task A_second_critical_report_of_the_order_is_answered_for_on_its_own()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium);
        var first = (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 6.8m))).Value();
        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Sodium, 110));
        await using var acting = clinic.Clinic.As(clinic.Asha);

        await acting.Get<IResultInbox>().AcknowledgeAsync(first.Id, Cancellation);
        await clinic.Clinic.RelayAsync();

        Assert.Equal(["Sodium"], (await clinic.ResultsAsync()).Where(r => r.AcknowledgedAt is null).Select(r => r.Name));
        Assert.Single(await clinic.AlertsAsync(), a => a.AcknowledgedAt is null);
    }

    private static async Task<(Guid Report, Guid Alert)> CriticalAsync(ResultsClinic clinic)
    {
        var order = await clinic.OrderAsync(Potassium);
        var filed = (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 6.3m))).Value();
        return (filed.Id, (await clinic.AlertsAsync()).Single(a => a.SourceId == filed.Id).Id);
    }

    private static Task<int> EscalateAsync(ResultsClinic clinic)
        => clinic.Clinic.Services.GetServices<IHostedService>().OfType<ResultEscalation>().Single().EscalateAsync(Cancellation);
}
