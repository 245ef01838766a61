using Deque.AxeCore.Playwright;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>Every screen of every role, light and dark: nothing that keeps somebody out, nothing that the browser complains of.</summary>
public sealed class EveryScreen(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Theory]
    [InlineData("dr.meera.iyer", ColorScheme.Light, "/ /appointments /queue /patients /tasks /alerts /my-texts /settings /results /prescriptions/h1-register chart chart?tab=notes chart?tab=medications chart?tab=vitals chart?tab=orders chart?tab=results")]
    [InlineData("dr.meera.iyer", ColorScheme.Dark, "/ /appointments /queue /patients /tasks /alerts /my-texts /settings /results /prescriptions/h1-register chart chart?tab=notes chart?tab=medications chart?tab=vitals chart?tab=orders chart?tab=results")]
    [InlineData("mary.thomas", ColorScheme.Light, "/ /queue /settings /results /results/unmatched")]
    [InlineData("mary.thomas", ColorScheme.Dark, "/ /queue /settings /results /results/unmatched")]
    [InlineData("anil.deshmukh", ColorScheme.Light, "/ /queue /queue/display /patients /patients/register /calendars")]
    [InlineData("anil.deshmukh", ColorScheme.Dark, "/ /queue /queue/display /patients /patients/register /calendars")]
    [InlineData("admin", ColorScheme.Light, "/ /tasks /calendars /queue/display /admin/users /admin/audit /settings /admin/formulary /admin/catalogue /admin/laboratories /admin/overrides /admin/merges")]
    [InlineData("admin", ColorScheme.Dark, "/ /tasks /calendars /queue/display /admin/users /admin/audit /settings /admin/formulary /admin/catalogue /admin/laboratories /admin/overrides /admin/merges")]
    public async Task can_be_used_by_everybody(string userName, ColorScheme scheme, string screens)
    {
        await using var profile = await NewProfileAsync(scheme);
        var page = await OpenPageAsync(profile);
        await SignInAsync(page, userName, Password);
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        var found = new List<string>();
        foreach (var screen in screens.Split(' '))
        {
            await page.GotoAsync(screen.StartsWith("chart", StringComparison.Ordinal) ? await AChartAsync(page) + screen["chart".Length..] : screen);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            var axe = await page.RunAxe();
            found.AddRange(axe.Violations.Select(v => $"{screen}: {v.Id}: {v.Help}: {v.Nodes[0].Html}"));
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"), $"{screen} scrolls sideways.");
        }

        Assert.Empty(found);
        Assert.Empty(Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task before_signing_in_can_be_used_by_everybody(ColorScheme scheme)
    {
        await using var profile = await NewProfileAsync(scheme);
        var page = await OpenPageAsync(profile);
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();

        var axe = await page.RunAxe();

        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Help}"));
        Assert.Empty(Complaints);
    }

    private static async Task<string> AChartAsync(IPage page)
    {
        await page.GotoAsync("/");
        return (await page.Locator("#todays-patients a").First.GetAttributeAsync("href"))!;
    }
}
