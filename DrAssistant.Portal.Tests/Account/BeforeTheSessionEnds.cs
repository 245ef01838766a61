using Bunit;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Account;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Account;

public sealed class BeforeTheSessionEnds : PageContext
{
    private readonly CircuitUser _user = new();

    public BeforeTheSessionEnds()
    {
        Services.AddSingleton(_user);
        _user.Become(new SessionIdentity(Guid.CreateVersion7(), Guid.CreateVersion7(), "meera.iyer", "Meera Iyer", StaffRole.Doctor, Day.Now.AddHours(8), null, null));
    }

    [Fact]
    public void its_person_is_warned_two_minutes_ahead_and_the_seconds_are_counted()
    {
        _user.EndAt(Day.Now.AddMinutes(30));
        var page = Render<SessionWarning>();

        Clock.Advance(TimeSpan.FromMinutes(27.9));
        Assert.Empty(page.FindAll("dialog"));

        Clock.Advance(TimeSpan.FromMinutes(.1));
        page.WaitForAssertion(() => Assert.Equal("2:00", page.Find("[role=timer] strong").TextContent));
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("1:59", page.Find("[role=timer] strong").TextContent));
    }

    [Fact]
    public void the_warning_goes_when_somebody_is_at_work_in_another_tab()
    {
        _user.EndAt(Day.Now.AddMinutes(1));
        var page = Render<SessionWarning>();
        Assert.NotNull(page.Find("dialog"));

        _user.EndAt(Day.Now.AddMinutes(30));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Clock.Advance(TimeSpan.FromMinutes(28));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("dialog")));
    }

    [Fact]
    public void one_click_stays_and_the_warning_of_the_next_end_comes_again()
    {
        _user.EndAt(Day.Now.AddMinutes(1));
        var page = Render<SessionWarning>();

        page.Find(".primary").Click();
        Assert.Empty(page.FindAll("dialog"));

        _user.EndAt(Day.Now.AddMinutes(1.5));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("dialog")));
    }

    [Fact]
    public void the_end_of_the_longest_session_is_said_as_such()
    {
        _user.EndAt(Day.Now.AddHours(8));
        var page = Render<SessionWarning>();

        Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));

        page.WaitForAssertion(() => Assert.Contains("then sign in again", page.Find("dialog").TextContent, StringComparison.Ordinal));
    }
}
