using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Account;

/// <summary>
/// Lies over a page whose person was away for too long, and asks them to sign in. Nothing that is sent from here reaches the circuit, which is nobody's: the script
/// asks the server by a request, and the circuit hears of it from there.
/// </summary>
public sealed partial class SleepingPage : IDisposable
{
    private ElementReference _dialog;
    private string? _shown;

    [Inject]
    private CircuitUser User { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    /// <summary>The sign-in page, with the way back, for who cannot go on here.</summary>
    private string Away => RedirectGuard.SignInAddress($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}", ended: true);

    public void Dispose() => User.SleepChanged -= Look;

    protected override void OnInitialized() => User.SleepChanged += Look;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (User.Asleep?.Key is not { } key || key == _shown)
        {
            return;
        }

        _shown = key;
        try
        {
            await Browser.InvokeVoidAsync("clinicDialog.open", _dialog);
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // A browser that has left shows nothing of the page.
        }
    }

    private void Look(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
