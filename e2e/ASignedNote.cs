using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor amends what was signed, and whoever reads it in the chart sees both.</summary>
public sealed class ASignedNote(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    private const string FollowUp = "plan.followUp";

    [Fact]
    public async Task is_amended_and_the_notes_of_the_chart_show_the_original_and_the_difference()
    {
        await SignedVisitAsync("dr.meera.iyer");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Amend", Exact = true }).ClickAsync();
        await Page.GetByLabel("Why").FillAsync("Wrong day");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Amend" }).ClickAsync();
        await Field(FollowUp).FillAsync("Review in 10 days");
        await Expect(Saved).ToContainTextAsync("Saved");
        await SignAsync();

        await Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Notes", Exact = true }).ClickAsync();
        await Page.Locator("[data-row]").First.ClickAsync();
        var note = Page.Locator(".note-row .note");
        await Expect(note.Locator("del")).ToHaveTextAsync("5");
        await Expect(note.Locator("ins")).ToHaveTextAsync("10");
        await Expect(note.GetByText("Wrong day")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Alt+n");
        await Expect(note.Locator("[data-change]")).ToBeFocusedAsync();
        await note.GetByRole(AriaRole.Button, new() { Name = "Original", Exact = true }).ClickAsync();
        await Expect(note.GetByText("Review in 5 days")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task is_found_and_read_in_the_chart_by_keys_alone()
    {
        await SignedVisitAsync("dr.imran.qureshi");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Notes", Exact = true }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        var rows = Page.Locator(".note-row [data-row]");
        await Expect(rows.First).ToBeVisibleAsync();

        await rows.First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");

        await Expect(rows.First).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(Page.Locator(".note-row .note")).ToContainTextAsync("Review in 5 days");
        if (await rows.CountAsync() > 1)
        {
            await Page.Keyboard.PressAsync("ArrowDown");
            await Expect(rows.Nth(1)).ToBeFocusedAsync();
            await Page.Keyboard.PressAsync("ArrowUp");
        }

        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(rows.First).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(rows.First).ToBeFocusedAsync();
    }

    private ILocator Saved => Page.Locator("[data-note-state]");

    private ILocator Field(string path) => Page.Locator($"[data-note-field='{path}']");

    /// <summary>A visit with a note that was signed a moment ago.</summary>
    private async Task SignedVisitAsync(string doctor)
    {
        await Page.GotoAsync(own.Process.Address.ToString());
        await Page.GetByLabel("User name or e-mail").FillAsync(doctor);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).First.ClickAsync();
        await Page.WaitForURLAsync("**/visits/**");
        await Expect(Field(FollowUp)).ToBeEditableAsync();
        await Field("subjective.chiefComplaint").FillAsync("Cough since Monday");
        await Field("assessment.clinicalImpression").FillAsync("Acute bronchitis");
        await Field(FollowUp).FillAsync("Review in 5 days");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sign note" })).ToHaveClassAsync("btn primary");
        await SignAsync();
    }

    private async Task SignAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign note" }).ClickAsync();
        await Page.GetByLabel("Your password").FillAsync(own.Process.DemoPassword);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("Signed and locked")).ToBeVisibleAsync();
    }
}
