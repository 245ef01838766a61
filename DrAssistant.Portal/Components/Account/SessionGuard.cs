using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Account;

/// <summary>
/// Takes the page to the sign-in page when its session ends, so that nothing of a patient stays in sight, nor comes back
/// with the browser's back button.
/// </summary>
public sealed class SessionGuard : ComponentBase, IDisposable
{
    [Inject]
    private CircuitUser User { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    public void Dispose() => User.Ended -= Leave;

    protected override Task OnInitializedAsync()
    {
        User.Ended += Leave;
        return User.HasEnded ? LeaveAsync() : Task.CompletedTask;
    }

    private void Leave(object? sender, EventArgs e) => _ = InvokeAsync(LeaveAsync);

    private async Task LeaveAsync()
    {
        try
        {
            var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
            await Browser.InvokeVoidAsync("location.replace", User.IsOneTooMany ? TooManyPagesPage.Address : RedirectGuard.SignInAddress(here, ended: true));
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // A page that leaves does not answer, and one whose connection is lost has left already.
        }
    }
}
