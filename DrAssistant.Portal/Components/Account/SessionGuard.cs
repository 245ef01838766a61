using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Account;

/// <summary>Takes the page to the sign-in page when its session ends, so that nothing of a patient stays in sight.</summary>
public sealed class SessionGuard : ComponentBase, IDisposable
{
    [Inject]
    private CircuitUser User { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    public void Dispose() => User.Ended -= Leave;

    protected override void OnInitialized() => User.Ended += Leave;

    private void Leave(object? sender, EventArgs e) => _ = InvokeAsync(() =>
    {
        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo(RedirectGuard.SignInAddress(here, ended: true), forceLoad: true);
    });
}
