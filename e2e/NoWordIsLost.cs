using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor trusts that what was typed into a note is there again, whatever breaks.</summary>
public sealed class NoWordIsLost(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    private const string History = "subjective.historyOfPresentIllness";
    private const string FollowUp = "plan.followUp";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly LocatorAssertionsToHaveValueOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task the_connection_is_cut_in_the_middle_of_a_sentence()
    {
        await using var line = new CuttableLine(own.Process.Address);
        await StartVisitAsync("dr.arjun.menon", line.Address);
        await Field(Page, History).PressSequentiallyAsync("Fever since Monday, ");
        await Page.WaitForTimeoutAsync(500);

        line.Cut();
        await Field(Page, History).PressSequentiallyAsync("worse at night.");

        await Expect(Saved(Page)).ToContainTextAsync(new Regex("^Not saved since .+ Kept on this computer", default, Moment), new() { Timeout = 30_000 });
        await Expect(Field(Page, History)).ToBeFocusedAsync();
        line.Mend();
        await Expect(Saved(Page)).ToContainTextAsync(new Regex("^Saved", default, Moment), new() { Timeout = 60_000 });
        await Expect(Field(Page, History)).ToHaveValueAsync("Fever since Monday, worse at night.");
        await Page.GotoAsync(Page.Url);
        await Expect(Field(Page, History)).ToHaveValueAsync("Fever since Monday, worse at night.", Patiently);
    }

    [Fact]
    public async Task the_server_is_killed_and_started_again()
    {
        await StartVisitAsync("dr.imran.qureshi", own.Process.Address);
        await Field(Page, History).PressSequentiallyAsync("Cough for 4 days");
        await Expect(Saved(Page)).ToContainTextAsync(new Regex("^Saved", default, Moment));

        await own.Process.KillAsync();
        await Field(Page, History).PressSequentiallyAsync(", with sputum");
        await Expect(Saved(Page)).ToContainTextAsync(new Regex("^Not saved since", default, Moment), new() { Timeout = 30_000 });
        await own.Process.StartAgainAsync();

        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new Regex("Your text of .+ is back: History", default, Moment) })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(Field(Page, History)).ToHaveValueAsync("Cough for 4 days, with sputum");
        await Expect(Field(Page, History)).ToBeFocusedAsync();
        await Expect(Saved(Page)).ToContainTextAsync(new Regex("^Saved", default, Moment), new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task the_tab_is_closed_while_the_line_is_cut()
    {
        await using var line = new CuttableLine(own.Process.Address);
        await StartVisitAsync("dr.kavita.rao", line.Address);
        var address = Page.Url;
        line.Cut();
        await Field(Page, History).PressSequentiallyAsync("No fever, no weight loss.");
        await Page.WaitForTimeoutAsync(1000);
        var profile = Page.Context;
        await Page.CloseAsync();
        line.Mend();

        var again = await OpenPageAsync(profile);
        await again.GotoAsync(address);

        await Expect(Field(again, History)).ToHaveValueAsync("No fever, no weight loss.", Patiently);
        await Expect(again.GetByRole(AriaRole.Status).Filter(new() { HasText = "is back" })).ToBeVisibleAsync();
        var kept = await again.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain("weight", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task two_people_write_into_one_field_and_both_texts_stay()
    {
        await StartVisitAsync("dr.meera.iyer", own.Process.Address);
        await using var profile = await NewProfileAsync();
        var nurse = await OpenPageAsync(profile);
        await nurse.GotoAsync(own.Process.Address.ToString());
        await SignInHereAsync(nurse, "sunita.pawar");
        await Expect(nurse.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await nurse.GotoAsync(Page.Url);
        await Expect(Field(nurse, FollowUp)).ToBeEditableAsync(new() { Timeout = 30_000 });

        await Task.WhenAll(Field(Page, FollowUp).FillAsync("Review in 5 days"), Field(nurse, FollowUp).FillAsync("Come in 2 weeks"));

        var (here, there) = (Page.Locator(".note-clash"), nurse.Locator(".note-clash"));
        for (var tries = 0; tries < 40 && await here.CountAsync() + await there.CountAsync() == 0; tries++)
        {
            await Page.WaitForTimeoutAsync(250);
        }

        var second = await here.CountAsync() > 0 ? Page : nurse;
        var values = await second.Locator(".note-clash figure p").AllInnerTextsAsync();
        Assert.Equal(["Come in 2 weeks", "Review in 5 days"], values.Order(StringComparer.Ordinal));
        await second.GetByRole(AriaRole.Button, new() { Name = "Keep both" }).ClickAsync();
        await Expect(second.Locator(".note-clash")).ToHaveCountAsync(0);
        await Page.GotoAsync(Page.Url);
        await Expect(Field(Page, FollowUp)).ToHaveValueAsync(new Regex("Review in 5 days; Come in 2 weeks|Come in 2 weeks; Review in 5 days", default, Moment), Patiently);
    }

    [Fact]
    public async Task a_visit_is_written_signed_and_ended_by_keys_alone()
    {
        await StartVisitAsync("dr.arjun.menon", own.Process.Address, byKeys: true);
        var keys = Page.Keyboard;
        await keys.TypeAsync("Since Monday.");
        await keys.PressAsync("Alt+3");
        await keys.TypeAsync("pneum");
        await Expect(Page.Locator(".note-choices li").First).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Pneumonia, to be treated at home.");
        await keys.PressAsync("Alt+4");
        await keys.TypeAsync("Fluids ***");
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("has a blank", default, Moment) })).ToBeVisibleAsync();
        await keys.PressAsync("Alt+n");
        await keys.TypeAsync("and rest");
        await keys.PressAsync("Control+s");
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("has a blank", default, Moment) })).ToHaveCountAsync(0);

        await keys.PressAsync("Alt+g");
        await Expect(Page.GetByLabel("Your password")).ToBeFocusedAsync();
        await keys.TypeAsync(own.Process.DemoPassword);
        await keys.PressAsync("Enter");

        await Expect(Page.GetByText("Signed and locked")).ToBeVisibleAsync();
        await Expect(Page.Locator(".note")).ToContainTextAsync("Fluids and rest");
        await Expect(Page.Locator(".dx b")).ToHaveTextAsync(new Regex("^J", default, Moment));
        await Expect(Page.Locator("[data-note-field]")).ToHaveCountAsync(0);
        await keys.PressAsync("Alt+x");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(Page.Locator("#next-name")).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    private static ILocator Field(IPage page, string path) => page.Locator($"[data-note-field='{path}']");

    private static ILocator Saved(IPage page) => page.Locator("[data-note-state]");

    private async Task StartVisitAsync(string doctor, Uri address, bool byKeys = false)
    {
        await Page.GotoAsync(address.ToString());
        await SignInHereAsync(Page, doctor);
        var start = Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" });
        await Expect(start).ToBeVisibleAsync(new() { Timeout = 30_000 });
        if (byKeys)
        {
            await Page.Keyboard.PressAsync("s");
        }
        else
        {
            await start.ClickAsync();
        }

        await Expect(Saved(Page)).ToContainTextAsync("Saved", new() { Timeout = 30_000 });
        await Expect(Field(Page, History)).ToBeFocusedAsync();
    }

    private async Task SignInHereAsync(IPage page, string userName)
    {
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
    }
}
