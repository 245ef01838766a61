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
    private CodeNeeded? _asked;
    private IReadOnlyList<string>? _codes;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromForm(FormName = "code")]
    private CodeForm? Typed { get; set; }

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

        // The form that is posted must stand on the page again before it is answered.
        _asked = Typed?.Ticket is { Length: > 0 } ticket ? new CodeNeeded(ticket, null, "") : null;
    }

    private SignInOrigin Origin() => new(SessionIdentity.AddressOf(Http), SessionIdentity.AgentOf(Http), SessionCookie.Read(Http));

    private async Task SignInAsync() => Show(await signIn.SignInAsync(Form?.Name ?? "", Form?.Password ?? "", Origin(), CancellationToken.None));

    private async Task CompleteAsync() => Show(await signIn.CompleteAsync(Typed?.Ticket ?? "", Typed?.Code ?? "", Origin(), CancellationToken.None), isSecond: true);

    private void Show(Result<SignedIn> answer, bool isSecond = false)
    {
        _asked = answer.Refusal as CodeNeeded;
        _refusal = _asked is null || isSecond ? answer.Refusal : null;
        if (!answer.Succeeded)
        {
            return;
        }

        SessionCookie.Write(Http, answer.Value.Secret);
        _codes = answer.Value.NewCodes?.Codes;
        if (_codes is null)
        {
            navigation.NavigateTo(RedirectGuard.Local(ReturnUrl));
        }
    }
}

/// <summary>What is typed in the second step.</summary>
public sealed class CodeForm
{
    public string Ticket { get; set; } = "";

    public string Code { get; set; } = "";

    public override string ToString() => nameof(CodeForm);
}

/// <summary>What is typed at the door.</summary>
public sealed class SignInForm
{
    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    public override string ToString() => nameof(SignInForm);
}
