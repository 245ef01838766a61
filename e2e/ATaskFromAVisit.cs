using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor gives a task to the nurses out of a visit, at the keyboard, while a nurse has her list open at another computer.</summary>
public sealed class ATaskFromAVisit(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task comes_to_the_nurses_list_live_and_is_done_and_taken_back_at_the_keyboard()
    {
        await using var ward = await NewProfileAsync();
        var nurse = await OpenPageAsync(ward);
        await SignInAndWaitAsync(nurse, "mary.thomas", Password);
        await nurse.GotoAsync("/tasks");
        await Expect(nurse.Locator("#task-list")).ToBeAttachedAsync();
        await SignInAndWaitAsync(Page, "dr.imran.qureshi", Password);
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).ClickAsync();
        await Expect(Page.Locator("[data-note-state]")).ToContainTextAsync("Saved");

        await Page.Keyboard.PressAsync("Alt+t");
        await Expect(Page.Locator("#task-title")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Dress the wound of the left heel");
        await Page.Locator("#task-for").SelectOptionAsync(new SelectOptionValue { Label = "Any nurse" });
        await Expect(Page.Locator(".task-dialog .picked")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make the task" }).ClickAsync();
        await Expect(Page.Locator(".task-dialog")).ToHaveCountAsync(0);

        var task = nurse.Locator("#task-list li", new() { HasText = "Dress the wound of the left heel" });
        await Expect(task).ToHaveCountAsync(1);
        await Expect(task).ToContainTextAsync("any nurse");
        await task.Locator(".task-title").FocusAsync();
        await Expect(nurse.Locator(".task-bar button", new() { HasText = "Done" })).ToBeEnabledAsync();
        await nurse.Keyboard.PressAsync("d");
        await Expect(task).ToHaveCountAsync(0);
        await Expect(nurse.Locator(".toast")).ToContainTextAsync("done");
        await nurse.Keyboard.PressAsync("z");
        await Expect(task).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }
}
