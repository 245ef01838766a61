using DrAssistant.Portal.Components.Account;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>What is left of a page when its person is nobody any more.</summary>
public partial class SessionEnded(NavigationManager navigation)
{
    // Only a full load can set a cookie.
    private void SignIn()
        => navigation.NavigateTo(RedirectGuard.SignInAddress($"/{navigation.ToBaseRelativePath(navigation.Uri)}", ended: true), forceLoad: true);
}
