using Bunit;
using DrAssistant.Data.Alerts;
using DrAssistant.Portal.Components.Alerts;
using DrAssistant.Portal.Components.Layout;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Alerts;

public sealed class AlertsPageTests : PageContext
{
    [Fact]
    public void Acknowledging_settles_a_critical_alert_and_lowers_the_count_on_the_bell()
    {
        Alerts.Alerts.AddRange([Day.Alert("Potassium 6.8", AlertSeverity.Critical), Day.Alert("HbA1c 8.1", AlertSeverity.Medium)]);
        var page = Render<AlertsPage>();
        Assert.Contains("not acknowledged", page.Find(".critical").TextContent, StringComparison.Ordinal);

        page.Find(".critical button").Click();

        Assert.Equal("HbA1c 8.1", Assert.Single(Alerts.Alerts).Title);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".critical")));
        Assert.Equal(1, Services.GetRequiredService<OpenWork>().UnreadAlerts);
    }

    [Fact]
    public void An_alert_leads_only_to_addresses_of_the_portal()
    {
        Alerts.Alerts.AddRange([
            Day.Alert("Ours", AlertSeverity.Low) with { ActionUrl = "/tasks" },
            Day.Alert("Not ours", AlertSeverity.Low) with { ActionUrl = "//elsewhere.example/" },
            Day.Alert("Nor this", AlertSeverity.Low) with { ActionUrl = "https://elsewhere.example/" },
        ]);

        Assert.Equal("/tasks", Assert.Single(Render<AlertsPage>().FindAll(".alerts a")).GetAttribute("href"));
    }

    [Fact]
    public void Nothing_unread_says_so() => Assert.Equal("Nothing unread.", Render<AlertsPage>().Find(".empty").TextContent);
}
