using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Account;

/// <summary>Where a one-time link leads: its person sets a password. Static, so that no circuit opens for a stranger.</summary>
public partial class WelcomePage(IWelcome door, ClinicClock clock)
{
    public const string Address = PortalPaths.Welcome;

    private Welcome? _welcome;
    private Refusal? _refusal;
    private bool _isSet;

    [Parameter]
    public string Secret { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "welcome")]
    private WelcomeForm? Form { get; set; }

    protected override async Task OnInitializedAsync() => _welcome = (await door.OpenAsync(Secret, CancellationToken.None)).Value;

    private async Task SetAsync()
    {
        if (Form?.Password != Form?.Again)
        {
            _refusal = Refusal.Invalid("The two are not the same. Type both again.");
            return;
        }

        var origin = new SignInOrigin(SessionIdentity.AddressOf(Http), SessionIdentity.AgentOf(Http));
        var set = await door.SetPasswordAsync(Secret, Form?.Password ?? "", origin, CancellationToken.None);
        _isSet = set.Succeeded;
        (_refusal, _welcome) = set.Refusal is { Kind: RefusalKind.NotFound } ? (null, null) : (set.Refusal, _welcome);
    }
}

/// <summary>What is typed behind the link.</summary>
public sealed class WelcomeForm
{
    public string Password { get; set; } = "";

    public string Again { get; set; } = "";

    public override string ToString() => nameof(WelcomeForm);
}
