using System.Text.Json.Nodes;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff.Preferences;

public sealed class ChoosingForOneself(ClinicDatabase databases)
{
    private static readonly StaffPreferences Chosen = new()
    {
        Theme = "dark",
        FontSize = "large",
        DashboardLayout = ["main:patients", "side:alerts"],
        HiddenCards = ["drafts"],
        NavigationFolded = true,
        NotificationPreferences = new NotificationPreferences(Email: false, Push: false, Sms: true)
        {
            QuietHours = new QuietHours(new TimeOnly(22, 0), new TimeOnly(6, 30)),
            Channels = new SeverityChannels { High = new AlertChannels(InApp: false, Email: false, Sms: true) },
        },
        DefaultViews = new DefaultViews("week", "appointments"),
        QuickActions = ["newPrescription", "labOrder"],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_ones_own_begins_as_usual_and_comes_back_as_it_was_saved()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(asha);
        var preferences = acting.Get<IPreferences>();
        var usual = (await preferences.MineAsync(Cancellation)).Value();
        Assert.Equal(("system", "medium", "day"), (usual.Theme, usual.FontSize, usual.DefaultViews.Schedule));

        (await preferences.ChangeAsync(_ => Chosen, Cancellation)).Value();

        Assert.Equivalent(Chosen, (await preferences.MineAsync(Cancellation)).Value(), strict: true);
        var entry = await clinic.OnlyEventOfAsync(asha, "preferences.save");
        Assert.Equal(asha.Id, entry.ResourceId);
        await using var other = clinic.As(basu);
        Assert.Equivalent(new StaffPreferences(), (await other.Get<IPreferences>().MineAsync(Cancellation)).Value(), strict: true);
    }

    [Fact]
    public async Task is_kept_in_the_seeds_words()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        (await acting.Get<IPreferences>().ChangeAsync(_ => Chosen, Cancellation)).Value();

        var kept = JsonNode.Parse((await clinic.RowAsync<StaffMember>(asha.Id)).Preferences!)!;

        Assert.Equal("dark", (string?)kept["theme"]);
        Assert.Equal("large", (string?)kept["fontSize"]);
        Assert.Equal((false, false, true), ((bool)kept["notificationPreferences"]!["email"]!, (bool)kept["notificationPreferences"]!["push"]!, (bool)kept["notificationPreferences"]!["sms"]!));
        Assert.Equal("main:patients", (string?)kept["dashboardLayout"]![0]);
        Assert.Equal(("week", "appointments"), ((string?)kept["defaultViews"]!["schedule"], (string?)kept["defaultViews"]!["patientList"]));
        Assert.Equal("newPrescription", (string?)kept["quickActions"]![0]);
    }

    [Fact]
    public async Task in_two_tabs_at_once_keeps_both_choices()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            await using var tab = clinic.As(asha);
            (await tab.Get<IPreferences>().ChangeAsync(p => p with { HiddenCards = [.. p.HiddenCards, $"card{n}"] }, Cancellation)).Value();
        }));

        await using var acting = clinic.As(asha);
        var hidden = (await acting.Get<IPreferences>().MineAsync(Cancellation)).Value().HiddenCards;
        Assert.Equal(["card0", "card1", "card2", "card3", "card4", "card5"], hidden.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task is_told_to_every_open_tab_of_that_person_and_to_nobody_elses()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var told = new List<Guid>();
        var feed = (IDayFeed)clinic.Services.GetService(typeof(IDayFeed))!;
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hers = feed.Listen(asha.Id, change => { told.Add(asha.Id); heard.TrySetResult(); Assert.True(change.IsOfPreferences); return Task.CompletedTask; });
        using var his = feed.Listen(basu.Id, _ => { told.Add(basu.Id); return Task.CompletedTask; });
        await using var acting = clinic.As(asha);

        (await acting.Get<IPreferences>().ChangeAsync(p => p with { Theme = "dark" }, Cancellation)).Value();
        await clinic.RelayAsync();

        await heard.Task.WaitAsync(Cancellation);
        Assert.Equal([asha.Id], told);
    }

    [Fact]
    public async Task holds_nothing_but_choices()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        var silent = new NotificationPreferences { Channels = new SeverityChannels { Critical = new AlertChannels(InApp: false, Email: true, Sms: true) } };
        var never = new NotificationPreferences { QuietHours = new QuietHours(new TimeOnly(7, 0), new TimeOnly(7, 0)) };
        foreach (var (wrong, field) in new[]
        {
            (new StaffPreferences { Theme = "neon" }, "Theme"),
            (new StaffPreferences { FontSize = "huge" }, "FontSize"),
            (new StaffPreferences { DashboardLayout = [.. Enumerable.Repeat("tasks", 21)] }, "DashboardLayout"),
            (new StaffPreferences { HiddenCards = [new string('a', 41)] }, "HiddenCards"),
            (new StaffPreferences { HiddenCards = ["with blank"] }, "HiddenCards"),
            (new StaffPreferences { QuickActions = ["\0"] }, "QuickActions"),
            (new StaffPreferences { QuickActions = ["labOrder\n"] }, "QuickActions"),
            (new StaffPreferences { DefaultViews = new DefaultViews("<script>") }, "DefaultViews"),
            (new StaffPreferences { NotificationPreferences = silent }, "NotificationPreferences"),
            (new StaffPreferences { NotificationPreferences = never }, "NotificationPreferences"),
        })
        {
            var refused = await acting.Get<IPreferences>().ChangeAsync(_ => wrong, Cancellation);
            Assert.Equal((RefusalKind.Invalid, field), (refused.Refusal!.Kind, refused.Refusal.Field));
        }

        await clinic.AssertNothingHappenedAsync(asha);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IPreferences>().MineAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IPreferences>().ChangeAsync(p => p, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }
}
