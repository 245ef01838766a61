using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor goes through a patient's results without a mouse: from value to value, drawn, and opened.</summary>
public sealed class ResultsOverTime(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task are_gone_through_drawn_and_opened_by_keys()
    {
        await SignInAndWaitAsync(Page, "dr.meera.iyer", Password);
        await Page.Locator("a[href*='/results?report=']").First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Open chart" }).ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart" }).GetByRole(AriaRole.Link, new() { Name = "Results", Exact = true }).ClickAsync();
        var tests = Page.Locator("[data-draws]");
        await Expect(tests.First).ToBeVisibleAsync();
        await Expect(Page.Locator(".trend h2")).ToHaveCountAsync(1);

        await tests.First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tests.Nth(1)).ToBeFocusedAsync();
        var drawn = await tests.Nth(1).GetAttributeAsync("aria-pressed") == "true";
        await Page.Keyboard.PressAsync(" ");
        await Expect(tests.Nth(1)).ToHaveAttributeAsync("aria-pressed", drawn ? "false" : "true");

        await Page.Keyboard.PressAsync("ArrowUp");
        for (var step = 0; step < 6 && !await Page.EvaluateAsync<bool>("document.activeElement.matches('td button')"); step++)
        {
            await Page.Keyboard.PressAsync("ArrowRight");
        }

        var value = await Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')");
        await Page.Keyboard.PressAsync("Enter");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Reported")).ToBeVisibleAsync();
        Assert.StartsWith(await dialog.GetByRole(AriaRole.Heading).InnerTextAsync(), value, StringComparison.Ordinal);

        await Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal(value, await Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        Assert.Empty(Complaints);
    }
}
