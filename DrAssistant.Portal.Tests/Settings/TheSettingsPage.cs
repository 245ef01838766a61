using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Settings;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Tests.Settings;

public sealed class TheSettingsPage : PageContext
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    [Fact]
    public void keeps_each_choice_at_once()
    {
        var page = Render<SettingsPage>();

        Press(page, "Dark");
        Press(page, "Large");
        Press(page, "Week");

        Assert.Equal(("dark", "large", "week"), (Preferences.Mine.Theme, Preferences.Mine.FontSize, Preferences.Mine.DefaultViews.Schedule));
        Assert.Equal("true", Button(page, "Dark").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void shows_ones_own_photo_and_takes_it_away()
    {
        StaffPhotos.Address = "/staff/mine/photo?at=1";
        var page = Render<SettingsPage>();
        Assert.Equal("/staff/mine/photo?at=1", page.WaitForElement(".photo-field img").GetAttribute("src"));

        Press(page, "Take away");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".photo-field img")));
        Assert.Null(StaffPhotos.Address);
    }

    [Fact]
    public async Task shows_what_was_chosen_in_another_tab()
    {
        var page = Render<SettingsPage>();
        Preferences.Mine = Preferences.Mine with { Theme = "light" };

        await Feed.PublishAsync(new DayChange("preferences.changed", Person.Id, Person.Id));

        page.WaitForAssertion(() => Assert.Equal("true", Button(page, "Light").GetAttribute("aria-pressed")));
    }

    [Fact]
    public async Task orders_by_keyboard_and_takes_it_back_by_escape_or_undo()
    {
        var page = Render<SettingsPage>();
        var usual = Rows(page, "Quick actions");

        await LiftAsync();
        await Grip().KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal([usual[1], usual[0], .. usual[2..]], Rows(page, "Quick actions"));
        await Grip(1).KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Equal(usual, Rows(page, "Quick actions"));
        Assert.Empty(Preferences.Saved);

        await LiftAsync();
        await Grip().KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        await Grip(1).KeyDownAsync(new KeyboardEventArgs { Key = " " });
        Assert.Equal(["labOrder", "newPrescription", "referral"], Preferences.Mine.QuickActions);

        await page.Find(".toast button").ClickAsync(new MouseEventArgs());
        Assert.Null(Preferences.Mine.QuickActions);
        Assert.Equal(usual, Rows(page, "Quick actions"));

        Task LiftAsync() => Grip().ClickAsync(new MouseEventArgs());
        AngleSharp.Dom.IElement Grip(int row = 0) => page.FindAll("[aria-label='Quick actions'] .grip")[row];
    }

    [Fact]
    public void orders_by_drag()
    {
        var page = Render<SettingsPage>();

        page.FindAll("[aria-label='Cards of the narrow column'] li")[3].DragStart();
        page.FindAll("[aria-label='Cards of the narrow column'] li")[0].Drop();

        Assert.Equal(["main:patients", "side:tasks", "side:alerts", "side:results", "side:drafts"], Preferences.Mine.DashboardLayout);
    }

    [Fact]
    public void hides_a_card_and_offers_a_role_only_what_it_can_do()
    {
        var page = Render<SettingsPage>();
        page.FindAll("[aria-label='Cards of the narrow column'] input")[2].Change(false);
        Assert.Equal(["drafts"], Preferences.Mine.HiddenCards);

        SignIn(StaffRole.Receptionist);
        var desk = Render<SettingsPage>();
        Assert.Empty(desk.FindAll("[aria-label='Cards of the narrow column']"));
        Assert.DoesNotContain("New prescription", Rows(desk, "Quick actions"));
        Assert.Contains("Register a patient", Rows(desk, "Quick actions"));
    }

    [Fact]
    public void keeps_notifications_and_does_not_let_critical_ones_be_silenced()
    {
        var page = Render<SettingsPage>();
        Assert.True(page.Find("[aria-label='Critical: In the portal']").HasAttribute("disabled"));
        Assert.True(page.Find("[aria-label='High: SMS']").HasAttribute("disabled"));

        page.FindAll(".settings-checks input")[2].Change(true);
        page.Find("[aria-label='High: SMS']").Change(true);
        page.Find(".quiet-hours input[type=checkbox]").Change(true);
        page.Find("#quiet-from").Change("2300");

        var kept = Preferences.Mine.NotificationPreferences;
        Assert.True(kept.Sms);
        Assert.True(kept.Channels.High.Sms);
        Assert.Equal(new QuietHours(new TimeOnly(23, 0), new TimeOnly(6, 0)), kept.QuietHours);

        page.Find(".quiet-hours input[type=checkbox]").Change(false);
        Assert.Null(Preferences.Mine.NotificationPreferences.QuietHours);
    }

    [Fact]
    public void says_why_a_choice_was_not_kept_and_shows_what_is_kept()
    {
        var page = Render<SettingsPage>();
        Preferences.Refusal = Refusal.Invalid("Quiet hours need a beginning and another end.");

        Press(page, "Dark");

        Assert.Contains("another end", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("false", Button(page, "Dark").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void lists_ones_sessions_in_words_and_ends_one_or_all_others()
    {
        var here = Sessions.Add(Person.Id!.Value, Chrome, Day.Now);
        Person.SessionId = here.Id;
        Sessions.Add(Person.Id!.Value, Phone, Day.Now);
        Sessions.Add(Person.Id!.Value, "curl/8", Day.Now);

        var page = Render<SessionsSection>();
        Assert.Equal(["Chrome on Windows", "Safari on iPhone", "A browser"], page.FindAll("li strong").Select(s => s.TextContent));
        Assert.Equal("This browser", Assert.Single(page.FindAll("li .chip")).TextContent);

        page.Find("[aria-label='End the session of Safari on iPhone, 192.0.2.7']").Click();
        Assert.Equal(2, Sessions.Open.Count);
        Assert.Contains("One session is ended.", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        Press(page, "End all others");
        Assert.Equal([here.Id], Sessions.Open.Select(s => s.Id));
        Assert.DoesNotContain("End all others", page.Markup, StringComparison.Ordinal);
    }

    private static void Press<T>(IRenderedComponent<T> page, string words)
        where T : Microsoft.AspNetCore.Components.IComponent
        => Button(page, words).Click();

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string words)
        where T : Microsoft.AspNetCore.Components.IComponent
        => page.FindAll("button").Single(b => b.TextContent.Trim() == words);

    private static string[] Rows(IRenderedComponent<SettingsPage> page, string list)
        => [.. page.FindAll($"[aria-label='{list}'] li label span").Select(s => s.TextContent)];
}
