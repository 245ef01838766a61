using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A nurse types in what the laboratory said on the phone; the doctor who ordered it has two pages open and has reloaded neither.</summary>
public sealed class ACriticalResult(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task turns_red_on_the_doctors_open_pages_and_is_settled_in_both_when_it_is_acknowledged_in_one()
    {
        await using var practice = await NewProfileAsync();
        var today = await OpenPageAsync(practice);
        await SignInAndWaitAsync(today, "dr.meera.iyer", Password);
        var inbox = await OpenPageAsync(practice);
        await inbox.GotoAsync("/results");
        await Expect(inbox.Locator(".results-list")).ToBeVisibleAsync();
        await today.GotoAsync("/alerts");
        await Expect(today.GetByRole(AriaRole.Heading, new() { Name = "Alerts" })).ToBeVisibleAsync();

        await SignInAndWaitAsync(Page, "mary.thomas", Password);
        await Page.GotoAsync("/results");
        await Expect(Page.Locator("#results-waiting-head")).ToBeVisibleAsync();
        var waiting = Page.Locator("section li", new() { HasText = "Dr. Iyer" }).First;
        Assert.SkipWhen(await waiting.CountAsync() == 0, "At this hour no order of Dr. Iyer's waits in the demo practice.");
        var patient = await waiting.Locator("strong").InnerTextAsync();
        await waiting.GetByRole(AriaRole.Button).ClickAsync();
        var form = Page.GetByRole(AriaRole.Dialog);
        var potassium = form.GetByLabel("Potassium", new() { Exact = true });
        await form.Locator(".result-field").First.WaitForAsync();
        if (await potassium.CountAsync() > 0)
        {
            await potassium.FillAsync("6,3");
            await form.GetByRole(AriaRole.Button, new() { Name = "File" }).ClickAsync();
            await Expect(form.GetByText("with a point")).ToBeVisibleAsync();
            await potassium.FillAsync("6.3");
        }
        else
        {
            await form.Locator(".result-field input").First.FillAsync("Critical, told on the phone");
            await form.GetByLabel("What the paper says").First.SelectOptionAsync("Critical");
        }

        await form.GetByRole(AriaRole.Button, new() { Name = "File" }).ClickAsync();
        await Expect(Page.GetByText("tell them in person too")).ToBeVisibleAsync();

        var alert = today.Locator("li.critical", new() { HasText = patient });
        await Expect(alert.First).ToBeVisibleAsync();
        var line = inbox.Locator(".results-line", new() { HasText = patient }).First;
        await Expect(line).ToBeVisibleAsync();
        await line.ClickAsync();
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();

        await Expect(inbox.GetByText("Acknowledged by Dr. Meera Iyer").First).ToBeVisibleAsync();
        await Expect(alert).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }
}
