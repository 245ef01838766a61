using System.Diagnostics;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A practice that has outgrown one machine: whoever works there does not notice that there are two, nor that what lies between them died.</summary>
public sealed class OnTwoPortals(PublishedPortal shared, TwoPortals practice, Chromium chromium) : Browsing(shared, chromium), IClassFixture<TwoPortals>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task a_result_typed_in_on_one_is_told_on_the_other_also_when_redis_dies_in_the_middle_of_the_morning()
    {
        await using var ward = await NewProfileAsync();
        var nurse = await OpenPageAsync(ward);
        await SignInAtAsync(Page, "dr.meera.iyer", second: false);
        await SignInAtAsync(nurse, "mary.thomas", second: true);
        var first = await OrderedAsync("/tasks");
        await ToldOfAsync(nurse, first, "6.3");

        await practice.KillRedisAsync();
        await Page.GotoAsync(At("/"));
        var second = await OrderedAsync("/tasks");
        await ToldOfAsync(nurse, second, "6.4");

        // Whoever comes meanwhile is let in as well.
        await using var office = await NewProfileAsync();
        await SignInAtAsync(await OpenPageAsync(office), "anil.deshmukh", second: true);
        practice.StartRedis();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task a_session_ended_on_one_leaves_nothing_on_the_screen_of_the_other()
    {
        await using var desk = await NewProfileAsync();
        var admin = await OpenPageAsync(desk);
        await SignInAtAsync(Page, "dr.kavita.rao", second: false);
        await SignInAtAsync(admin, "admin", second: true);
        await admin.GotoAsync(At("/admin/users"));
        await admin.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Kavita Rao", default, Moment) }).First.ClickAsync();
        Assert.Empty(Complaints);

        await admin.GetByRole(AriaRole.Button, new() { Name = "End all" }).ClickAsync();

        var took = Stopwatch.StartNew();
        await Expect(Page.GetByLabel("User name or e-mail")).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Blank after {took.ElapsedMilliseconds} ms.");
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task a_page_left_for_half_an_hour_shows_nothing_and_goes_on_with_what_was_typed_after_the_password()
    {
        await SignInAtAsync(Page, "dr.arjun.menon", second: true);
        await Page.Keyboard.PressAsync("Alt+t");
        await Page.Locator("#task-title").FillAsync("Ask for the old X-ray");

        await practice.PassTimeAsync("UPDATE sessions SET last_activity_at = now() - interval '31 minutes' WHERE user_id = (SELECT id FROM users WHERE username = 'dr.arjun.menon')");
        var again = Page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in again" });
        await Expect(again).ToBeVisibleAsync();
        await Expect(Page.Locator("#task-title")).ToBeHiddenAsync();
        await Expect(Page.Locator(".shell")).ToBeHiddenAsync();
        await again.GetByLabel("Your password").FillAsync("not it, surely");
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(again.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await Page.Keyboard.TypeAsync(practice.DemoPassword);
        await Page.Keyboard.PressAsync("Enter");

        await Expect(again).ToHaveCountAsync(0);
        await Expect(Page.Locator("#task-title")).ToHaveValueAsync("Ask for the old X-ray");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make the task" }).ClickAsync();
        await Expect(Page.Locator(".task-dialog")).ToHaveCountAsync(0);
        await Page.GotoAsync(At("/tasks"));
        await Expect(Page.Locator("#task-list")).ToContainTextAsync("Ask for the old X-ray");
        Assert.Empty(Complaints);
    }

    /// <summary>An order of a visit that is over by then as far as the doctor is concerned: they look at something else.</summary>
    private async Task<string> OrderedAsync(string next)
    {
        var (_, name, _) = await Potassium.OrderAsync(Page);
        await Page.GotoAsync(At(next));
        await Expect(Page.Locator("#task-list")).ToBeAttachedAsync();
        return name;
    }

    private async Task ToldOfAsync(IPage nurse, string patient, string value)
    {
        await nurse.GotoAsync(At("/results"));
        var (form, field) = await Potassium.OpenAsync(nurse, patient);
        await field.FillAsync(value);
        await form.GetByRole(AriaRole.Button, new() { Name = "File" }).ClickAsync();
        var took = Stopwatch.StartNew();

        var toast = Page.Locator(".alert-toast.critical", new() { HasText = value });
        await Expect(toast).ToHaveCountAsync(1);
        TestContext.Current.TestOutputHelper?.WriteLine($"Told {took.ElapsedMilliseconds} ms after the click.");
        await toast.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Acknowledge", default, Moment) }).ClickAsync();
        await Expect(toast).ToHaveCountAsync(0);
    }

    private string At(string path) => new Uri(practice.Address, path).ToString();

    private async Task SignInAtAsync(IPage page, string userName, bool second)
    {
        await page.Context.AddCookiesAsync([practice.Pin(second)]);
        await page.GotoAsync(practice.Address.ToString());
        await FillSignInAsync(page, userName, practice.DemoPassword);
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }
}
