using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>The frame around every page. Without a person, as after the end of a session, there is no frame: it names things too.</summary>
public partial class MainLayout(ICurrentUser user, NavigationManager navigation)
{
    private bool _signedIn;

    [CascadingParameter]
    [NotNull]
    private Task<AuthenticationState>? Authentication { get; set; }

    // A day of the book, the lanes of the queue and the note of a visit need the width.
    private bool Folds => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0] is var page
        && (page is "appointments" or "queue" || page.StartsWith("visits/", StringComparison.Ordinal) || (page.Length == 0 && IsDesk));

    // The book is the desk's home.
    private bool IsDesk => user.Role is StaffRole.Receptionist;

    // With <base href="/"> a bare #main would lead to the home page.
    private string SkipAddress => $"{navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]}#main";

    protected override async Task OnParametersSetAsync()
        => _signedIn = (await Authentication).User.Identity?.IsAuthenticated is true;
}
