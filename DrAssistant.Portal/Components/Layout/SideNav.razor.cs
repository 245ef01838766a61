using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>Leads to the pages that there are and that this person's role opens.</summary>
public partial class SideNav(ICurrentUser user, OpenWork work, NavigationManager navigation)
{
    private WorkKinds _stale = WorkKinds.All;

    /// <summary>The book is the desk's home: under both addresses one is there.</summary>
    private string Book => navigation.ToBaseRelativePath(navigation.Uri).StartsWith("appointments", StringComparison.Ordinal) ? "/appointments" : "/";

    protected override Task OnInitializedAsync()
    {
        work.Changed += Show;
        navigation.LocationChanged += Arrived;
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change)
    {
        var stale = OpenWork.ConcernedBy(change.Kind);
        _stale |= stale;
        return stale is not WorkKinds.None;
    }

    protected override Task ReloadAsync()
    {
        // Nothing in particular: something may have been missed.
        var kinds = _stale is WorkKinds.None ? WorkKinds.All : _stale;
        _stale = WorkKinds.None;
        return LoadAsync(
            async cancellation =>
            {
                await work.RefreshAsync(kinds, cancellation);
                return work;
            },
            _ => { });
    }

    protected override void Dispose(bool disposing)
    {
        work.Changed -= Show;
        navigation.LocationChanged -= Arrived;
        base.Dispose(disposing);
    }

    private void Arrived(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
