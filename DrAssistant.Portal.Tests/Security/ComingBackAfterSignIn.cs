using DrAssistant.Portal.Components.Account;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>ASVS 3.7.2: an address that somebody else wrote leads nowhere but into the portal.</summary>
public sealed class ComingBackAfterSignIn
{
    public static TheoryData<string> Elsewhere { get; } =
    [
        "", " ", "patients", "https://evil.example", "http://evil.example/", "HTTPS://evil.example", "//evil.example", "///evil.example",
        "////evil.example/%2e%2e", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "/\t/evil.example", "/\n/evil.example",
        "/\r\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "/%09/evil.example", "/%5cevil.example", "/%2fevil.example",
        "/%2f%2fevil.example", "/%5c%5cevil.example", "/.//evil.example", "/..//evil.example", "/./\\evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)", "/javascript:alert(1)//", "data:text/html,x", "vbscript:x", "ftp://evil.example", "file:///etc/passwd", "evil.example",
        "@evil.example", ".evil.example", "~/x", "?ReturnUrl=//evil.example", "#//evil.example", "/\u0000evil", "/a\u007fb", "/\u2028evil",
        "/account/sign-in", "/account/sign-in?ReturnUrl=/", "/ACCOUNT/sign-out", "/account", "/_blazor", "/_blazor/negotiate", "/\u00a0/evil.example",
        "http:evil.example", "https:/evil.example", "https:\\evil.example", "//evil.example:443@portal", "/patients//evil.example", "/%00", "/%0d%0aSet-Cookie:x",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void leads_home_when_the_address_is_not_a_page_here(string address)
    {
        Assert.Equal("/", RedirectGuard.Local(address));
        Assert.Equal("/account/sign-in", RedirectGuard.SignInAddress(address, ended: false));
        Assert.Equal("/account/sign-in?ended", RedirectGuard.SignInAddress(address, ended: true));
    }

    [Fact]
    public void leads_home_when_the_address_is_longer_than_any_page_has_or_missing()
    {
        Assert.Equal("/", RedirectGuard.Local("/" + new string('a', 4000)));
        Assert.Equal("/", RedirectGuard.Local(null));
    }

    [Theory]
    [InlineData("/patients")]
    [InlineData("/patients/0197-1/notes?tab=soap&x=1#end")]
    [InlineData("/accounting")]
    [InlineData("/a?b=https://elsewhere.example")]
    [InlineData("/caf%C3%A9")]
    public void leads_to_a_page_here(string address)
    {
        Assert.Equal(address, RedirectGuard.Local(address));
        Assert.Equal($"/account/sign-in?ReturnUrl={Uri.EscapeDataString(address)}", RedirectGuard.SignInAddress(address, ended: false));
    }
}
