using Bunit;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Scheduling.Display;

public sealed class DisplayLinksPageTests : PageContext
{
    public DisplayLinksPageTests() => SignIn(StaffRole.Receptionist);

    [Fact]
    public void A_new_link_is_shown_once_with_its_secret_where_no_server_sees_it()
    {
        var page = Render<DisplayLinksPage>();

        page.Find("#display-name").Change("Ground floor");
        page.Find("form").Submit();

        Assert.Equal("http://localhost/display#a-secret-of-the-display", page.Find("#display-address").GetAttribute("value"));
        Assert.Equal("Ground floor", page.Find(".lines strong").TextContent);
        page.Find(".made .btn.text").Click();
        Assert.DoesNotContain("a-secret-of-the-display", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-of-the-display", Render<DisplayLinksPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_without_a_place_is_refused_beside_the_field()
    {
        var page = Render<DisplayLinksPage>();

        page.Find("form").Submit();

        Assert.Equal("Say where the display hangs.", page.Find("#display-name-error").TextContent);
        Assert.Equal("display-name-error", page.Find("#display-name").GetAttribute("aria-describedby"));
    }

    [Fact]
    public void Revoking_asks_first_and_can_be_left()
    {
        Displays.Links.Add(new DisplayLinkLine(Guid.CreateVersion7(), "Ground floor", "Anil Deshmukh", Day.Now, RevokedAt: null));
        var page = Render<DisplayLinksPage>();

        page.Find("[aria-label='Revoke the link of Ground floor']").Click();
        page.Find("dialog .btn.outline").Click();
        Assert.Null(Displays.Links[0].RevokedAt);
        page.Find("[aria-label='Revoke the link of Ground floor']").Click();
        page.Find("dialog .btn.danger").Click();

        Assert.NotNull(Displays.Links[0].RevokedAt);
        Assert.Empty(page.FindAll("dialog"));
        Assert.Contains("revoked", page.Find(".lines").TextContent, StringComparison.Ordinal);
    }
}
