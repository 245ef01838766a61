using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>Leads to the pages that there are and that this person's role opens.</summary>
public partial class SideNav(ICurrentUser user, OpenWork work, NavigationManager navigation)
{
    protected override Task OnInitializedAsync()
    {
        work.Changed += Show;
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override Task ReloadAsync()
        => LoadAsync(
            async cancellation =>
            {
                await work.RefreshAsync(cancellation);
                return work;
            },
            _ => { });

    protected override void Dispose(bool disposing)
    {
        work.Changed -= Show;
        base.Dispose(disposing);
    }

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
