using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Account;

/// <summary>
/// Name and password, one message whatever was wrong. Static: only a request's own response can set the cookie.
/// The password is never written back into the page.
/// </summary>
public partial class SignInPage(ISignIn signIn, NavigationManager navigation, ClinicClock clock)
{
    private Refusal? _refusal;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private bool HasEnded => Http.Request.Query.ContainsKey("ended");

    private string Now => clock.Local(clock.Now).ToString("dddd dd-MMM-yyyy, HH:mm", CultureInfo.InvariantCulture);

    protected override void OnInitialized()
    {
        if (HttpMethods.IsGet(Http.Request.Method) && SessionIdentity.Of(Http.User) is not null)
        {
            navigation.NavigateTo(RedirectGuard.Local(ReturnUrl));
        }
    }

    private async Task SignInAsync()
    {
        var origin = new SignInOrigin(SessionIdentity.AddressOf(Http), SessionIdentity.AgentOf(Http), SessionCookie.Read(Http));
        var answer = await signIn.SignInAsync(Form?.Name ?? "", Form?.Password ?? "", origin, CancellationToken.None);
        _refusal = answer.Refusal;
        if (answer.Succeeded)
        {
            SessionCookie.Write(Http, answer.Value.Secret);
            navigation.NavigateTo(RedirectGuard.Local(ReturnUrl));
        }
    }
}

/// <summary>What is typed at the door.</summary>
public sealed class SignInForm
{
    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    public override string ToString() => nameof(SignInForm);
}
