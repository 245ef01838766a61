using Bunit;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Account;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Account;

public sealed class WhileAPageSleeps : PageContext
{
    private readonly CircuitUser _user = new();
    private readonly SessionIdentity _meera = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "meera.iyer", "Meera Iyer", StaffRole.Doctor, Day.Now.AddHours(8), null, null);

    public WhileAPageSleeps()
    {
        Services.AddSingleton(_user);
        _user.Become(_meera);
    }

    [Fact]
    public void its_person_is_asked_for_the_password_and_it_goes_on_when_they_are_back()
    {
        var page = Render<SleepingPage>();
        Assert.Empty(page.FindAll("dialog"));

        _user.FallAsleep("AB12");
        page.WaitForAssertion(() => Assert.Equal("AB12", page.Find("form").GetAttribute("data-sign-in-again")));
        Assert.Contains("Meera Iyer", page.Find("dialog p").TextContent, StringComparison.Ordinal);
        Assert.Equal("meera.iyer", page.Find("input[name=name]").GetAttribute("value"));

        _user.WakeAs(_meera with { SessionId = Guid.CreateVersion7() });
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
    }

    [Fact]
    public void a_reconnection_wakes_nobody_and_an_end_is_an_end()
    {
        _user.FallAsleep("AB12");
        _user.Become(_meera);
        Assert.Null(_user.Id);

        _user.BecomeNobody();
        _user.WakeAs(_meera);
        Assert.Equal((null, null, true), (_user.Id, _user.Asleep, _user.HasEnded));
    }
}
