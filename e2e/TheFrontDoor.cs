using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

public sealed class TheFrontDoor(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task greets_everybody_and_can_be_used_by_everybody()
    {
        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(Page).ToHaveTitleAsync(new Regex("Dr\\. Assistant", default, TimeSpan.FromSeconds(1)));

        var axe = await Page.RunAxe();

        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Empty(Complaints);
    }
}
