using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;

namespace DrAssistant.Portal.Components.Settings;

/// <summary>What a person chooses for themselves. Each choice is kept at once, in every open tab, and can be undone.</summary>
public partial class SettingsPage(MyPreferences preferences, ICurrentUser user)
{
    private StaffPreferences? _mine;
    private Refusal? _refusal;
    private Undoable? _undo;

    protected override Task OnInitializedAsync()
    {
        preferences.Changed += ReadAgain;
        return ReadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        preferences.Changed -= ReadAgain;
        base.Dispose(disposing);
    }

    private Task ReadAsync() => LoadAsync(preferences.GetAsync, read => (_mine, _refusal) = (read.Value ?? _mine, read.Refusal));

    private void ReadAgain(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    /// <summary>Several choices may follow one another quickly; none may be dropped.</summary>
    private async Task ChangeAsync(PreferenceChange change)
    {
        var before = _mine;
        var changed = await TryAsync(() => preferences.ChangeAsync(change.Change));
        (_mine, _refusal) = (changed.Value ?? _mine, changed.Refusal);
        _undo = changed.Succeeded && before is not null && change.Undo is { } undo ? new Undoable(mine => undo(mine, before), change.Said) : null;
        StateHasChanged();
    }

    private async Task UndoAsync()
    {
        if (_undo is { } undo)
        {
            _undo = null;
            var undone = await TryAsync(() => preferences.ChangeAsync(undo.Change));
            (_mine, _refusal) = (undone.Value ?? _mine, undone.Refusal);
        }
    }

    private sealed record Undoable(Func<StaffPreferences, StaffPreferences> Change, string Said);
}

/// <summary>One choice.</summary>
/// <param name="Change">What it makes of the preferences as they are now.</param>
/// <param name="Said">What is said beside "Undo".</param>
/// <param name="Undo">Takes what it changed, and nothing else, from the preferences as they were; null where undoing is as easy as choosing again.</param>
public sealed record PreferenceChange(
    Func<StaffPreferences, StaffPreferences> Change, string Said = "", Func<StaffPreferences, StaffPreferences, StaffPreferences>? Undo = null);
