using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor amends what was signed, and whoever reads it in the chart sees both.</summary>
public sealed class ASignedNote(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    private const string FollowUp = "plan.followUp";
    private const string History = "subjective.historyOfPresentIllness";

    [Fact]
    public async Task is_amended_and_the_notes_of_the_chart_show_the_original_and_the_difference()
    {
        await SignedVisitAsync("dr.meera.iyer");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Amend", Exact = true }).ClickAsync();
        await Page.GetByLabel("Why").FillAsync("Wrong day");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Amend" }).ClickAsync();
        await Field(Page, FollowUp).FillAsync("Review in 10 days");
        await SignAsync(Page);

        await Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Notes", Exact = true }).ClickAsync();
        await Page.Locator(".note-row [data-row]").First.ClickAsync();
        var note = Page.Locator(".note-row .note");
        await Expect(note.Locator(".note-said del")).ToHaveTextAsync("5");
        await Expect(note.Locator(".note-said ins")).ToHaveTextAsync("10");
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

    [Fact]
    public async Task says_what_another_browser_kept_and_it_has_not()
    {
        await using var line = new CuttableLine(own.Process.Address);
        await StartAsync(Page, "dr.kavita.rao", line.Address);
        var address = Page.Url;
        line.Cut();
        await Field(Page, History).PressSequentiallyAsync("Worse at night.");
        await Page.WaitForTimeoutAsync(1000);
        var profile = Page.Context;
        await Page.CloseAsync();
        line.Mend();
        await using (var elsewhere = await NewProfileAsync())
        {
            var there = await OpenPageAsync(elsewhere);
            await SignInHereAsync(there, "dr.kavita.rao", own.Process.Address);
            await Expect(there.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
            await there.GotoAsync(new Uri(own.Process.Address, new Uri(address).AbsolutePath).ToString());
            await WriteAndSignAsync(there);
        }

        var again = await OpenPageAsync(profile);
        await again.GotoAsync(address);

        var left = again.Locator(".note-left");
        await Expect(left).ToContainTextAsync("Worse at night.");
        await left.GetByRole(AriaRole.Button, new() { Name = "Put into an addendum" }).ClickAsync();
        await again.GetByLabel("Your password").FillAsync(own.Process.DemoPassword);
        await again.Keyboard.PressAsync("Enter");
        await Expect(again.GetByRole(AriaRole.Region, new() { Name = "Added" })).ToContainTextAsync("Worse at night.");
        await Expect(left).ToHaveCountAsync(0);
        await again.GotoAsync(address);
        await Expect(again.GetByText("Signed and locked")).ToBeVisibleAsync();
        await again.WaitForTimeoutAsync(1000);
        await Expect(left).ToHaveCountAsync(0);
    }

    private static ILocator Field(IPage page, string path) => page.Locator($"[data-note-field='{path}']");

    /// <summary>A visit with a note that was signed a moment ago.</summary>
    private async Task SignedVisitAsync(string doctor)
    {
        await StartAsync(Page, doctor, own.Process.Address);
        await WriteAndSignAsync(Page);
    }

    private async Task StartAsync(IPage page, string doctor, Uri address)
    {
        await SignInHereAsync(page, doctor, address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/visits/", default, TimeSpan.FromSeconds(1)));
        await Expect(Field(page, FollowUp)).ToBeEditableAsync();
    }

    private async Task SignInHereAsync(IPage page, string userName, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task WriteAndSignAsync(IPage page)
    {
        await Expect(Field(page, FollowUp)).ToBeEditableAsync();
        await Field(page, "subjective.chiefComplaint").FillAsync("Cough since Monday");
        await Field(page, "assessment.clinicalImpression").FillAsync("Acute bronchitis");
        await Field(page, FollowUp).FillAsync("Review in 5 days");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign note" })).ToHaveClassAsync("btn primary");
        await SignAsync(page);
    }

    private async Task SignAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign note" }).ClickAsync();
        await page.GetByLabel("Your password").FillAsync(own.Process.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Signed and locked")).ToBeVisibleAsync();
    }
}
