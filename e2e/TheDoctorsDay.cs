using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

public sealed class TheDoctorsDay(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    private ILocator Visits => Page.Locator("#todays-patients > li");

    private ILocator Card(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name });

    [Fact]
    public async Task shows_the_whole_schedule_and_who_is_next()
    {
        await SignInAsync("dr.meera.iyer");
        await Page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true }).ClickAsync();

        await Expect(Visits.First).ToBeVisibleAsync();
        Assert.True(await Visits.CountAsync() >= 10, "A doctor's day has at least ten appointments.");
        await Expect(Page.Locator("#next-name")).Not.ToBeEmptyAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" })).ToBeVisibleAsync();
        await Expect(Card("Results to review").GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await Expect(Card("Drafts to sign").GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task starts_the_next_visit_with_one_key_and_stands_in_it()
    {
        await SignInAsync("dr.arjun.menon");
        var next = await Page.Locator("#next-name").InnerTextAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("s");

        await Expect(Page).ToHaveURLAsync(new Regex("/visits/[0-9a-f-]{36}", default, TimeSpan.FromSeconds(1)));
        var given = next.Split(' ')[0];
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(given);
        await Expect(Page.GetByText("In progress").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ends_a_visit_with_a_follow_up_and_goes_on_to_the_next_patient()
    {
        await SignInAsync("dr.imran.qureshi");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).ClickAsync();
        var complaint = Page.Locator("[data-note-field='subjective.chiefComplaint']");
        await Expect(complaint).Not.ToHaveValueAsync("");
        await complaint.FillAsync("Cough for 4 days");
        var address = Page.Url;

        await Page.GetByRole(AriaRole.Button, new() { Name = "End visit" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("In days or weeks").ClickAsync();
        await dialog.GetByLabel("In", new() { Exact = true }).FillAsync("2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End visit" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The note is not signed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "End it all the same" }).ClickAsync();

        await Expect(Page.Locator("#next-name")).ToBeVisibleAsync();
        await Page.GotoAsync(address);
        await Expect(Page.GetByText("Completed").First).ToBeVisibleAsync();
        await Expect(complaint).ToHaveValueAsync("Cough for 4 days");
        await Expect(Page.Locator(".visit-note").GetByText("2 weeks")).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task ticks_a_task_and_takes_it_back()
    {
        await SignInAsync("dr.imran.qureshi");
        var task = Card("Tasks").GetByRole(AriaRole.Checkbox).First;
        await task.CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(Card("Tasks").GetByRole(AriaRole.Checkbox).First).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task acknowledges_a_critical_alert_and_it_stays_so()
    {
        await SignInAsync("dr.imran.qureshi");
        var acknowledge = Card("Alerts").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Acknowledge", default, TimeSpan.FromSeconds(1)) });
        await Expect(acknowledge).ToHaveCountAsync(1);
        await acknowledge.ClickAsync();
        await Expect(acknowledge).ToHaveCountAsync(0);

        await Page.ReloadAsync();

        await Expect(Page.Locator("#next-name")).ToBeVisibleAsync();
        await Expect(acknowledge).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task moves_by_itself_when_the_desk_checks_somebody_in()
    {
        await SignInAsync("dr.kavita.rao");
        var waiting = Page.Locator(".figure", new() { HasText = "Waiting" }).Locator(".figure-value");
        var before = int.Parse(await waiting.InnerTextAsync());
        await using var desk = await NewProfileAsync();
        var book = await OpenPageAsync(desk);
        await SignInAsync(book, "anil.deshmukh", Password);

        await book.Locator(".book-col[data-name*='Kavita Rao'] .ap:is(.k-booked, .k-confirmed)").First.ClickAsync();
        await book.Locator("#visit-first").ClickAsync();

        var dialog = book.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Birth date", default, TimeSpan.FromSeconds(1)) }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new Regex("[A-Z][0-9]{2}", default, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
        await Expect(waiting).ToHaveTextAsync((before + 1).ToString());
    }
}
