using Bunit;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Dashboard;
using DrAssistant.Portal.Components.Alerts;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Alerts;

public sealed class AlertsAsTheyCome : PageContext
{
    [Fact]
    public async Task Are_said_on_the_open_page_and_go_after_a_while_but_for_what_is_critical()
    {
        var toasts = Render<AlertToasts>();

        await RaiseAsync(Day.Alert("HbA1c 8.1", AlertSeverity.High));
        await RaiseAsync(Day.Alert("Potassium 6.8", AlertSeverity.Critical));
        toasts.WaitForAssertion(() => Assert.Equal(2, toasts.FindAll(".alert-toast").Count));
        Assert.NotNull(toasts.Find("[role=alert] .critical"));
        Assert.NotNull(toasts.Find("[role=status] .high"));

        Clock.Advance(TimeSpan.FromSeconds(13));

        toasts.WaitForAssertion(() => Assert.Contains("Potassium 6.8", Assert.Single(toasts.FindAll(".alert-toast")).TextContent, StringComparison.Ordinal));
        toasts.Find(".critical button").Click();
        toasts.WaitForAssertion(() => Assert.Empty(toasts.FindAll(".alert-toast")));
        Assert.Equal("HbA1c 8.1", Assert.Single(Alerts.Alerts).Title);
    }

    [Fact]
    public async Task Go_when_they_are_read_in_another_tab()
    {
        var toasts = Render<AlertToasts>();
        await RaiseAsync(Day.Alert("Potassium 6.8", AlertSeverity.Critical));
        toasts.WaitForElement(".alert-toast");

        Alerts.Alerts.Clear();
        await Feed.PublishAsync(new("alert.changed", null, Person.Id));
        Clock.Advance(TimeSpan.FromSeconds(1));

        toasts.WaitForAssertion(() => Assert.Empty(toasts.FindAll(".alert-toast")));
    }

    [Fact]
    public void Stand_behind_the_bell_which_reads_them_when_it_is_opened()
    {
        Alerts.Alerts.AddRange([Day.Alert("Potassium 6.8", AlertSeverity.Critical), Day.Alert("HbA1c 8.1", AlertSeverity.Medium)]);
        var bell = Render<AlertBell>();
        Assert.Empty(bell.FindAll(".alerts li"));

        bell.Find("button.iconbtn").Click();
        bell.WaitForAssertion(() => Assert.Equal(2, bell.FindAll(".alerts li").Count));
        bell.Find(".card-foot button").Click();

        bell.WaitForAssertion(() => Assert.Contains("Potassium", Assert.Single(bell.FindAll(".alerts li")).TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Are_found_again_by_severity_and_what_they_are_about()
    {
        var page = Render<AlertsPage>();

        page.Find("#alert-severity").Change("High");
        page.Find("#alert-type").Change("Task");
        page.FindAll(".seg button")[1].Click();

        page.WaitForAssertion(() => Assert.Equal(new AlertQuestion(History: true, AlertSeverity.High, AlertType.Task), Alerts.Asked[^1]));
    }

    private async Task RaiseAsync(AlertLine alert)
    {
        Alerts.Alerts.Add(alert);
        await Feed.PublishAsync(new DayChange("alert.raised", alert.Id, Person.Id));
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
