using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Alerts;

public sealed class AlertServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_has_no_alerts()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IAlerts>().UnreadAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IAlerts>().CountUnreadAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IAlerts>().AcknowledgeAsync(Guid.CreateVersion7(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Unread_ones_are_mine_alone_the_worst_first_and_the_newest_first_within()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.AlertAsync(asha, AlertSeverity.Low, title: "low");
        await clinic.Given.AlertAsync(asha, AlertSeverity.High, at: clinic.At("08:00"), title: "high, early");
        await clinic.Given.AlertAsync(asha, AlertSeverity.High, at: clinic.At("09:00"), title: "high, late");
        await clinic.Given.AlertAsync(asha, AlertSeverity.Medium, title: "medium");
        await clinic.Given.AlertAsync(asha, AlertSeverity.Critical, meera, clinic.At("07:00"), "critical");
        await clinic.Given.AlertAsync(basu, AlertSeverity.Critical, meera, title: "another's");
        await using var acting = clinic.As(asha);

        var unread = (await acting.Get<IAlerts>().UnreadAsync(Cancellation)).Value();

        Assert.Equal(["critical", "high, late", "high, early", "medium", "low"], unread.Select(a => a.Title));
        Assert.Equal("NAIR, Meera", unread[0].Patient?.Listed);
        (await clinic.OnlyEventOfAsync(asha, "alerts.read")).AssertShown(meera);
        Assert.Equal(5, (await acting.Get<IAlerts>().CountUnreadAsync(Cancellation)).Value());
    }

    [Fact]
    public async Task Acknowledging_says_who_and_when_once_however_often_it_is_said()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var alert = await clinic.Given.AlertAsync(asha, AlertSeverity.Critical, meera);
        var first = clinic.Clock.Now;
        await using var acting = clinic.As(asha);

        Assert.True((await acting.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation)).Value().IsRead);
        clinic.Clock.Now = first.AddMinutes(5);
        Assert.True((await acting.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation)).Value().IsRead);

        var kept = await clinic.RowAsync<Alert>(alert);
        Assert.Equal((first, first), (kept.AcknowledgedAt, kept.ReadAt));
        await clinic.OnlyEventOfAsync(asha, "alert.acknowledge", meera);
        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("alert.changed", alert), (message.Kind, message.SubjectId));
        Assert.Empty((await acting.Get<IAlerts>().UnreadAsync(Cancellation)).Value());
        Assert.Equal(0, (await acting.Get<IAlerts>().CountUnreadAsync(Cancellation)).Value());
    }

    [Fact]
    public async Task Two_tabs_at_once_acknowledge_once_and_neither_is_told_off()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        for (var round = 0; round < 10; round++)
        {
            var alert = await clinic.Given.AlertAsync(asha);
            await using var one = clinic.As(asha);
            await using var other = clinic.As(asha);

            var answers = await Task.WhenAll(
                one.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation), other.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation));

            Assert.All(answers, a => Assert.True(a.Succeeded));
            Assert.Single(await clinic.TrailOfAsync(asha), e => e.ResourceId == alert);
        }
    }

    [Fact]
    public async Task Another_persons_alert_is_as_absent_as_one_that_never_was()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(asha, meera);
        var alert = await clinic.Given.AlertAsync(basu, patient: meera);
        await using var acting = clinic.As(asha);

        var others = await acting.Get<IAlerts>().AcknowledgeAsync(alert, Cancellation);
        var absent = await acting.Get<IAlerts>().AcknowledgeAsync(Guid.CreateVersion7(), Cancellation);

        Assert.Equal(RefusalKind.NotFound, absent.Refusal?.Kind);
        Assert.Equal(absent.Refusal, others.Refusal);
        await clinic.AssertNothingHappenedAsync(asha);
    }
}
