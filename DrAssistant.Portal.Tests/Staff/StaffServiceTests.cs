using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Staff;

public sealed class StaffServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_an_admin_sees_everybody_who_works_here()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        var former = await clinic.Given.StaffAsync(StaffRole.Nurse, "Former Nurse", StaffStatus.Inactive);
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var refused = clinic.As(person);
            (await refused.Get<IStaff>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IStaff>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var acting = clinic.As(admin);

        var staff = (await acting.Get<IStaff>().ListAsync(Cancellation)).Value();

        Assert.Equal(["Asha Rao", "Devi Nair", "Former Nurse", "Nila Das", "Omar Khan"], staff.Select(s => s.FullName));
        var line = staff.Single(s => s.Id == former.Id);
        Assert.Equal((StaffRole.Nurse, StaffStatus.Inactive, null), (line.Role, line.Status, line.LastLoginAt));
        await clinic.OnlyEventOfAsync(admin, "staff.read");
    }

    [Fact]
    public async Task Preferences_are_ones_own_the_usual_ones_at_first_and_come_back_as_they_were_saved()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(asha);
        var staff = acting.Get<IStaff>();
        var usual = (await staff.PreferencesAsync(Cancellation)).Value();
        Assert.Equal(("system", "medium", "day"), (usual.Theme, usual.FontSize, usual.DefaultViews.Schedule));

        var mine = new StaffPreferences
        {
            Theme = "dark",
            FontSize = "large",
            DashboardLayout = ["main:patients", "side:alerts"],
            HiddenCards = ["drafts"],
            NavigationFolded = true,
            NotificationPreferences = new NotificationPreferences(Email: false, Push: false, Sms: true),
            DefaultViews = new DefaultViews("week", "all"),
            QuickActions = ["newPrescription", "labOrder"],
        };
        (await staff.SavePreferencesAsync(mine, Cancellation)).Value();

        Assert.Equivalent(mine, (await staff.PreferencesAsync(Cancellation)).Value(), strict: true);
        var entry = await clinic.OnlyEventOfAsync(asha, "preferences.save");
        Assert.Equal(asha.Id, entry.ResourceId);
        await using var other = clinic.As(basu);
        Assert.Equivalent(new StaffPreferences(), (await other.Get<IStaff>().PreferencesAsync(Cancellation)).Value(), strict: true);
    }

    [Fact]
    public async Task Preferences_hold_nothing_but_preferences()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
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
        })
        {
            var refused = await acting.Get<IStaff>().SavePreferencesAsync(wrong, Cancellation);
            Assert.Equal((RefusalKind.Invalid, field), (refused.Refusal!.Kind, refused.Refusal.Field));
        }

        await clinic.AssertNothingHappenedAsync(asha);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IStaff>().PreferencesAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IStaff>().SavePreferencesAsync(new StaffPreferences(), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }
}
