using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Photos;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;
using DrAssistant.Portal.Components.Tasks;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>Search, theme, bell and person. Theme and navigation change in the browser at once and are remembered in the preferences.</summary>
public partial class TopBar(
    ICurrentUser user, OpenWork work, TaskDesk tasks, MyPreferences preferences, IStaffPhotos photos, IJSRuntime script)
{
    private static readonly (string Name, string Words)[] Themes = [("light", "Light"), ("dark", "Dark"), ("system", "As this device")];

    private StaffPreferences? _toApply;
    private string _theme = "system";
    private string? _photo;
    private bool _searching;

    protected override Task OnInitializedAsync()
    {
        work.Changed += Show;
        preferences.Changed += ReadAgain;
        return ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The first paint went by this computer's cookies; a person who comes to another computer brings their own choice along.
        if (_toApply is { } first)
        {
            _toApply = null;
            await script.InvokeVoidAsync("clinicShell.theme", first.Theme);
            await script.InvokeVoidAsync("clinicShell.size", first.FontSize);
            await script.InvokeVoidAsync("clinicShell.follow", first.NavigationFolded);
        }
    }

    protected override void Dispose(bool disposing)
    {
        work.Changed -= Show;
        preferences.Changed -= ReadAgain;
        base.Dispose(disposing);
    }

    private static string ThemeIcon(string theme) => theme switch
    {
        "light" => "light_mode",
        "dark" => "dark_mode",
        _ => "contrast",
    };

    private Task ReadAsync() => LoadAsync(
        async cancellation => (Mine: await preferences.GetAsync(cancellation), Photo: await photos.MyAddressAsync(cancellation)),
        loaded => (_theme, _toApply, _photo) = (loaded.Mine.Value?.Theme ?? _theme, loaded.Mine.Value, loaded.Photo.Value));

    private void ReadAgain(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);

    private async Task ChooseThemeAsync(string theme)
    {
        _theme = theme;
        await script.InvokeVoidAsync("clinicShell.theme", theme);
        await SaveAsync(() => preferences.ChangeAsync(p => p with { Theme = theme }));
    }

    private async Task ToggleNavigationAsync()
    {
        if (await script.InvokeAsync<bool?>("clinicShell.toggleNavigation") is { } folded)
        {
            await SaveAsync(() => preferences.ChangeAsync(p => p with { NavigationFolded = folded }));
        }
    }
}
