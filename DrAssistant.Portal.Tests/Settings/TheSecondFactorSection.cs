using Bunit;
using DrAssistant.Portal.Components.Staff.SecondFactor;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Settings;

public sealed class TheSecondFactorSection : PageContext
{
    [Fact]
    public void shows_ten_codes_once_after_the_right_code_and_password_and_says_what_was_wrong_beside_its_field()
    {
        var page = Render<SecondFactorSection>();
        Press(page, "Set it up");
        page.WaitForAssertion(() => Assert.Equal("ABCD EFGH", page.Find(".factor-key").TextContent));

        Type(page, "654321", "right");
        page.WaitForAssertion(() => Assert.Contains("code is not right", page.Find("#factor-code-error").TextContent, StringComparison.Ordinal));
        Type(page, "123456", "wrong");
        page.WaitForAssertion(() => Assert.Contains("password is not right", page.Find("#factor-password-error").TextContent, StringComparison.Ordinal));
        Type(page, "123456", "right");
        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll(".recovery-codes li").Count));

        Press(page, "I have them");
        page.WaitForAssertion(() => Assert.Contains("10 recovery codes left", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".recovery-codes"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void can_be_turned_off_where_the_practice_does_not_require_it(bool required, bool offered)
    {
        (SecondFactor.IsOn, SecondFactor.IsRequired) = (true, required);

        var page = Render<SecondFactorSection>();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".factor-body button")));
        Assert.Equal(offered, page.FindAll("button").Any(b => b.TextContent == "Turn it off"));
    }

    private static void Press(IRenderedComponent<SecondFactorSection> page, string name)
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == name));
        page.FindAll("button").Single(b => b.TextContent.Trim() == name).Click();
    }

    private static void Type(IRenderedComponent<SecondFactorSection> page, string code, string password)
    {
        page.Find("#factor-code").Change(code);
        page.Find("#factor-password").Change(password);
        page.Find("form").Submit();
    }
}
