using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>The chart on a screen that is narrower than its bar of tabs, and a document that is refused there.</summary>
public sealed class ChartOnATelephone(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    /// <summary>Whether the open tab lies within the bar and the screen, and nothing else has moved.</summary>
    private const string TabIsInSight = """
        () => {
          const bar = document.querySelector(".tabs"), tab = bar?.querySelector("[aria-current]");
          if (!tab) return false;
          const [outer, inner] = [bar.getBoundingClientRect(), tab.getBoundingClientRect()];
          const moved = [document.scrollingElement, ...document.querySelectorAll("main, .chart")].some(e => e.scrollLeft !== 0 || e.scrollTop !== 0);
          return bar.scrollWidth > bar.clientWidth && inner.left >= Math.max(0, outer.left) && inner.right <= Math.min(innerWidth, outer.right) + 1 && !moved;
        }
        """;

    [Fact]
    public async Task has_its_open_tab_in_sight_and_lets_a_refused_document_be_put_away()
    {
        await SignInAsync("dr.meera.iyer");
        await Expect(Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        var chart = (await Page.Locator("a[href*='/patients/'][href*='-']").First.GetAttributeAsync("href"))!.Split('?')[0];
        await Page.SetViewportSizeAsync(390, 844);

        await Page.GotoAsync($"{chart}?tab=documents");
        await Expect(Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("Documents");
        await Page.WaitForFunctionAsync(TabIsInSight);
        await Page.GotoAsync($"{chart}?tab=medications");
        await Expect(Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("Medications");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Taken now" })).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync(TabIsInSight);
        Assert.Equal(0, await Page.EvaluateAsync<int>("() => Math.max(...[document.scrollingElement, document.querySelector('.chart-body')].map(e => e.scrollWidth - e.clientWidth))"));
        await Page.GotoAsync(chart);
        await Expect(Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("Timeline");
        await Page.WaitForFunctionAsync(TabIsInSight);
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart" }).GetByRole(AriaRole.Link, new() { Name = "Documents" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".tabs [aria-current]")).ToHaveTextAsync("Documents");
        await Page.WaitForFunctionAsync(TabIsInSight);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Add documents" }).ClickAsync();
        await Page.Locator("#document-files").SetInputFilesAsync(
        [
            new FilePayload { Name = "empty.pdf", MimeType = "application/pdf", Buffer = [] },
            new FilePayload { Name = "letter.docx", MimeType = "application/octet-stream", Buffer = "PK no document that is taken"u8.ToArray() },
        ]);
        var refused = Page.Locator(".uploads[data-rows] .upload[data-state=refused]");
        await Expect(refused).ToHaveCountAsync(2);
        await Expect(refused.First).ToContainTextAsync("The file is empty.");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss empty.pdf" }).ClickAsync();
        await Expect(refused).ToHaveCountAsync(1);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss letter.docx" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".uploads[data-rows] .upload")).ToHaveCountAsync(0);
        await Expect(Page.Locator("#document-files")).ToBeFocusedAsync();
    }
}
