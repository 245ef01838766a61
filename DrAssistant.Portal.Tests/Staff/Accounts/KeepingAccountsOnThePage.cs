using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Portal.Components.Staff.Accounts;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Staff.Accounts;

public sealed class KeepingAccountsOnThePage : PageContext
{
    private readonly FakeAccounts _accounts = new();

    public KeepingAccountsOnThePage()
    {
        Services.AddSingleton<IStaffAccounts>(_accounts);
        SignIn(StaffRole.Admin);
    }

    [Fact]
    public void shows_the_link_once_and_takes_it_away()
    {
        var page = Render<UsersPage>();
        page.WaitForElement("button.primary").Click();
        page.WaitForElement("form.medicine-form").Submit();

        page.WaitForAssertion(() => Assert.EndsWith("/welcome/the-secret-of-the-link", page.Find("#account-link").GetAttribute("value"), StringComparison.Ordinal));
        Assert.Contains("Mary Thomas", page.Find("#link-title").TextContent, StringComparison.Ordinal);

        page.FindAll(".made button").Single(b => b.TextContent == "Done").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("the-secret", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void says_beside_the_field_what_is_wrong_and_keeps_what_was_typed()
    {
        var page = Render<UsersPage>();
        page.WaitForElement("button.primary").Click();
        page.WaitForElement("#account-username").Change("asha");
        _accounts.Refuse = Refusal.Invalid("Another account has this user name.", nameof(AccountDraft.UserName));
        page.Find("form.medicine-form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Another account", page.Find("#account-username-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("asha", page.Find("#account-username").GetAttribute("value"));
        Assert.Equal("true", page.Find("#account-username").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void filters_from_the_first_page_on()
    {
        var page = Render<UsersPage>();
        page.WaitForAssertion(() => Assert.Contains("Page 1 of 3", page.Markup, StringComparison.Ordinal));
        page.FindAll(".card-foot button")[1].Click();
        page.WaitForAssertion(() => Assert.Equal(1, _accounts.Searched?.Page));

        page.Find("select[aria-label=Role]").Change(nameof(StaffRole.Nurse));

        page.WaitForAssertion(() => Assert.Equal((StaffRole.Nurse, 0), (_accounts.Searched?.Role, _accounts.Searched?.Page)));
    }

    [Fact]
    public void tells_what_is_left_behind_before_an_account_is_closed_and_hands_it_over()
    {
        var basu = new AccountLine(Guid.CreateVersion7(), "basu", "Dr. Basu Dev", "basu@clinic.example", StaffRole.Doctor, null, StaffStatus.Active, null, false);
        _accounts.Colleagues.Add(basu);
        _accounts.Left = new LeftBehind(3, 2, [new DraftLeft("DA-7", Day.Now)]);
        var page = Render<UserPage>(p => p.Add(x => x.AccountId, _accounts.Account.Id));
        page.WaitForElement("button.danger").Click();

        page.WaitForAssertion(() => Assert.Contains("3 open tasks", page.Find("dialog").TextContent, StringComparison.Ordinal));
        Assert.Contains("2 appointments to come", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Contains("DA-7", page.Find("dialog").TextContent, StringComparison.Ordinal);
        page.Find("#leaving-tasks").Change(basu.Id.ToString());
        page.Find("#leaving-appointments").Change(nameof(AppointmentFate.Move));
        page.WaitForElement("#leaving-doctor").Change(basu.Id.ToString());
        _accounts.Refuse = Refusal.Invalid("This colleague has another patient.", nameof(HandOverDraft.AppointmentsTo));
        page.Find("dialog form").Submit();
        page.WaitForAssertion(() => Assert.Contains("another patient", page.Find("#leaving-doctor-error").TextContent, StringComparison.Ordinal));

        _accounts.Refuse = null;
        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Contains("The account is closed", page.Markup, StringComparison.Ordinal));
        Assert.Equal((basu.Id, AppointmentFate.Move, basu.Id), (_accounts.HandedOver?.TasksTo, _accounts.HandedOver?.Appointments, _accounts.HandedOver?.AppointmentsTo));
        Assert.Empty(page.FindAll("dialog"));
    }
}
