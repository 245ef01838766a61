using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>What the desk does all day, at two desks side by side.</summary>
public sealed class BookingAtTheDesk(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task two_receptionists_race_for_a_slot_and_exactly_one_wins()
    {
        await using var otherProfile = await NewProfileAsync();
        var other = await OpenPageAsync(otherProfile);
        await SignInAndWaitAsync(Page, "anil.deshmukh", Password);
        await SignInAndWaitAsync(other, "fatima.sheikh", Password);
        var slot = await OpenAFreeDayAsync(Page);
        await OpenAFreeDayAsync(other);
        await ChooseSlotAsync(Page, slot);
        await ChooseSlotAsync(other, slot);
        await ChoosePatientAsync(Page, "sunita", 0);
        await ChoosePatientAsync(other, "ravi", 0);
        await other.GetByLabel("Reason", new() { Exact = false }).FillAsync("Cough since Sunday");

        await Task.WhenAll(BookAsync(Page), BookAsync(other));

        // The winner's block shows on the loser's screen before the loser has an answer: that each has one is told by the panel.
        var (here, there) = (Page.Locator(".taken"), other.Locator(".taken"));
        await Expect(here.Or(Page.Locator(".book-page:not(:has(.booking))"))).ToHaveCountAsync(1);
        await Expect(there.Or(other.Locator(".book-page:not(:has(.booking))"))).ToHaveCountAsync(1);
        Assert.Equal(1, await here.CountAsync() + await there.CountAsync());
        var loser = await here.CountAsync() == 1 ? Page : other;
        await Expect(loser.Locator(".taken")).ToContainTextAsync(new Regex("was taken by .+ at .+ Nothing was booked", default, Moment));
        await Expect(loser.Locator(".taken .slot").First).ToBeVisibleAsync();
        if (loser == other)
        {
            await Expect(other.GetByLabel("Reason", new() { Exact = false })).ToHaveValueAsync("Cough since Sunday");
        }

        await BookAsync(loser);

        await Expect(loser.Locator(".taken")).ToHaveCountAsync(0);
        await Expect(loser.Locator(".booking")).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task a_first_time_user_books_a_follow_up_in_three_clicks_and_a_few_letters()
    {
        await SignInAndWaitAsync(Page, "fatima.sheikh", Password);
        var clicks = 0;
        async Task ClickAsync(ILocator what)
        {
            clicks++;
            await what.ClickAsync();
        }

        await ClickAsync(Page.Locator(".book-new"));
        await Page.Locator("#booking-patient").PressSequentiallyAsync("ravi");
        await ClickAsync(Page.Locator("#booking-patient-hits [role=option]").First);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Follow-up" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Primary(Page)).ToBeEnabledAsync();
        await ClickAsync(Primary(Page));

        await Expect(Page.Locator(".booking")).ToHaveCountAsync(0);
        Assert.Equal(3, clicks);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task a_misspelt_name_finds_the_patient_who_was_registered_a_moment_ago()
    {
        await SignInAndWaitAsync(Page, "anil.deshmukh", Password);
        await RegisterAsync(Page, "Lakshmi Chaudhuri", "46", "98450 11827");

        await Page.GotoAsync("/patients");
        await Page.Locator("#patient-search").FillAsync("Laxmi Choudhary");

        await Expect(Page.Locator("#patient-hits")).ToContainTextAsync("CHAUDHURI, Lakshmi");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task somebody_is_registered_booked_moved_and_checked_in_without_touching_the_mouse()
    {
        await SignInAndWaitAsync(Page, "anil.deshmukh", Password);
        await Expect(Page.Locator(".book-new")).ToBeVisibleAsync();
        await RegisterByKeyboardAsync("Bhavani Prasad", "31", "98860 44321");

        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("b");
        await Expect(Page.Locator(".free-slot").First).ToBeVisibleAsync();
        await TurnAsync("]");
        await BookByKeyboardAsync("bhavani pra");
        var block = Page.Locator(".ap", new() { HasText = "Bhavani Prasad" });
        var steps = await block.EvaluateAsync<int>("""
            block => {
              const column = block.closest("[data-column]"), free = column.querySelector("[data-free]");
              return (free.dataset.minute - block.dataset.minute) / column.dataset.slot;
            }
            """);
        var booked = await block.GetAttributeAsync("data-minute");
        await block.PressAsync("Enter");
        await TabToAsync("Move");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".ap.lifted")).ToBeFocusedAsync();
        await Expect(Page.Locator(".book-carried")).ToContainTextAsync("Moving Bhavani Prasad");
        for (var step = 0; step < Math.Abs(steps); step++)
        {
            await Page.Keyboard.PressAsync(steps > 0 ? "ArrowDown" : "ArrowUp");
        }

        await Page.Keyboard.PressAsync("Enter");
        await Expect(block).Not.ToHaveAttributeAsync("data-minute", booked!);
        await Expect(Page.Locator(".book-carried")).ToHaveCountAsync(0);

        await TurnAsync("t");
        await Expect(block).ToHaveCountAsync(0);
        await BookByKeyboardAsync("bhavani pra");
        await block.PressAsync("Enter");
        await Expect(Page.Locator("#visit-first")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#first-identifier")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Space");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.Locator(".given-token")).ToHaveTextAsync(new Regex("[A-Z][0-9]{2}", default, Moment));

        // What opened the dialog is gone: the focus goes on beside it, and what is next is done by a key.
        await Expect(Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Done" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".book-side :focus")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByLabel("Booked by mistake").CheckAsync();
        await Page.Locator(".panel-foot").GetByRole(AriaRole.Button, new() { Name = "Cancel the appointment" }).PressAsync("Enter");
        await Expect(Page.Locator(".visit-card .chip")).ToHaveTextAsync("Cancelled");
        await Expect(Page.Locator(".book-side :focus")).ToHaveCountAsync(1);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task a_booking_of_one_desk_shows_on_the_other_without_disturbing_what_is_typed_there()
    {
        await using var otherProfile = await NewProfileAsync();
        var other = await OpenPageAsync(otherProfile);
        await SignInAndWaitAsync(Page, "anil.deshmukh", Password);
        await SignInAndWaitAsync(other, "fatima.sheikh", Password);
        var slot = await OpenAFreeDayAsync(Page, days: 3);
        await OpenAFreeDayAsync(other, days: 3);
        await other.Keyboard.PressAsync("b");
        await Expect(other.Locator("#booking-patient")).ToBeFocusedAsync();
        await other.GetByLabel("Reason", new() { Exact = false }).PressSequentiallyAsync("Half a sen");

        await ChooseSlotAsync(Page, slot);
        await ChoosePatientAsync(Page, "sunita", 0);
        await BookAsync(Page);

        await Expect(other.Locator($"{slot.Block}.ap")).ToHaveCountAsync(1);
        await other.Keyboard.TypeAsync("tence");
        await Expect(other.GetByLabel("Reason", new() { Exact = false })).ToHaveValueAsync("Half a sentence");
        Assert.Empty(Complaints);
    }

    /// <summary>To another day of the book, by its key.</summary>
    private async Task TurnAsync(string key)
    {
        var heading = Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        var day = await heading.InnerTextAsync();
        await Page.Keyboard.PressAsync(key);
        await Expect(heading).Not.ToHaveTextAsync(day);
        await Expect(Page.Locator(".free-slot").First).ToBeVisibleAsync();
    }

    private async Task RegisterByKeyboardAsync(string name, string age, string mobile)
    {
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("n");
        await Expect(Page.GetByLabel("Full name")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(name);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Space");
        await TabToFieldAsync("or age");
        await Page.Keyboard.TypeAsync(age);
        await TabToFieldAsync("Mobile");
        await Page.Keyboard.TypeAsync(mobile);
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page).Not.ToHaveURLAsync(new Regex("/patients/register", default, Moment));
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task BookByKeyboardAsync(string letters)
    {
        // A time of the day that is shown: left to itself the panel offers the doctor's next one, which late in the day is another day's.
        await Page.Locator(".free-slot").First.PressAsync("Enter");
        await Expect(Page.Locator("#booking-patient")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(letters);
        await Expect(Page.Locator("#booking-patient-hits")).ToContainTextAsync($"Register “{letters}”");
        await Expect(Page.Locator("#booking-patient-hits [role=option]").First).ToContainTextAsync("PRASAD");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Primary(Page)).ToBeEnabledAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.Locator(".booking")).ToHaveCountAsync(0);
        await Expect(Page.Locator(".ap", new() { HasText = "Bhavani Prasad" })).ToHaveCountAsync(1);
    }

    private Task TabToAsync(string words) => TabUntilAsync("words => document.activeElement?.textContent.trim().startsWith(words)", words);

    private Task TabToFieldAsync(string label) => TabUntilAsync("label => [...(document.activeElement?.labels ?? [])].some(l => l.textContent.trim().startsWith(label))", label);

    private async Task TabUntilAsync(string reached, string argument)
    {
        for (var presses = 0; presses < 12 && !await Page.EvaluateAsync<bool>(reached, argument); presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.True(await Page.EvaluateAsync<bool>(reached, argument), $"Twelve times Tab did not reach {argument}.");
    }

    private static ILocator Primary(IPage page) => page.Locator(".book-side .panel-foot .btn.primary");

    /// <summary>Goes on by days until there is a free slot, and names the first one of a doctor.</summary>
    private static async Task<Slot> OpenAFreeDayAsync(IPage page, int days = 1)
    {
        await page.GotoAsync("/appointments");
        await Expect(page.Locator(".book-col").First).ToBeVisibleAsync();
        for (var day = 0; day < days || await page.Locator(".free-slot").CountAsync() == 0; day++)
        {
            var heading = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Day after" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync(heading);
            await Expect(page.Locator(".book-col").First).ToBeVisibleAsync();
        }

        var free = page.Locator(".book-col").Filter(new() { Has = page.Locator(".free-slot") }).First;
        return new Slot(
            (await free.GetAttributeAsync("data-column"))!,
            (await free.Locator(".free-slot").First.GetAttributeAsync("data-minute"))!);
    }

    private static async Task ChooseSlotAsync(IPage page, Slot slot)
    {
        await page.Locator($"{slot.Column} .free-slot[data-minute='{slot.Minute}']").ClickAsync();
        await Expect(page.Locator("#booking-patient")).ToBeVisibleAsync();
    }

    private static async Task ChoosePatientAsync(IPage page, string letters, int hit)
    {
        await page.Locator("#booking-patient").PressSequentiallyAsync(letters);
        await page.Locator("#booking-patient-hits [role=option]").Nth(hit).ClickAsync();
        await Expect(page.Locator(".picked")).ToBeVisibleAsync();
    }

    private static Task BookAsync(IPage page) => Primary(page).ClickAsync();

    private static async Task RegisterAsync(IPage page, string name, string age, string mobile)
    {
        await page.GotoAsync("/patients/register");
        await page.GetByLabel("Full name").FillAsync(name);
        await page.GetByRole(AriaRole.Group, new() { Name = "Sex" }).GetByText("Female").ClickAsync();
        await page.GetByLabel("or age").FillAsync(age);
        await page.GetByLabel("Mobile").First.FillAsync(mobile);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page).Not.ToHaveURLAsync(new Regex("/patients/register", default, Moment));
    }

    private sealed record Slot(string ColumnKey, string Minute)
    {
        public string Column => $".book-col[data-column='{ColumnKey}']";

        public string Block => $"{Column} [data-minute='{Minute}']";
    }
}
