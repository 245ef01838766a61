using DrAssistant.Data.Encounters;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Settings;

public partial class QuickActions
{
    private readonly MyPreferences _preferences;
    private readonly ICurrentUser _user;
    private readonly IEncounters _encounters;
    private readonly NavigationManager _navigation;
    private IReadOnlyList<QuickAction> _actions = [];

    public QuickActions(MyPreferences preferences, ICurrentUser user, IEncounters encounters, NavigationManager navigation)
        => (_preferences, _user, _encounters, _navigation) = (preferences, user, encounters, navigation);

    protected override Task OnInitializedAsync()
    {
        _preferences.Changed += ReadAgain;
        return ReadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _preferences.Changed -= ReadAgain;
        base.Dispose(disposing);
    }

    private Task ReadAsync() => LoadAsync(_preferences.GetAsync, read => _actions = QuickAction.ChosenBy(read.Value ?? new StaffPreferences(), _user));

    private void ReadAgain(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    /// <summary>Something is prescribed or ordered in a visit: in the one that is going on, or after a patient was chosen.</summary>
    private async Task GoAsync(QuickAction action)
    {
        var visit = action.Panel is null ? null : (await TryAsync(() => _encounters.MineAsync(CancellationToken.None))).Value is [var only] ? only : null;
        _navigation.NavigateTo(visit is null ? action.Address : $"/visits/{visit.EncounterId}?panel={action.Panel}");
    }
}
