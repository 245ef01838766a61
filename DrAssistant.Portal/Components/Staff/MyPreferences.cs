using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Components.Staff;

/// <summary>The signed-in person's preferences for the parts of one open tab, so that saving one choice does not undo another.</summary>
public sealed class MyPreferences(IStaff staff)
{
    public Task<Result<StaffPreferences>> GetAsync(CancellationToken cancellation) => staff.PreferencesAsync(cancellation);

    /// <summary>Reads, changes, saves: another tab may have saved another choice meanwhile.</summary>
    public async Task<Result<StaffPreferences>> ChangeAsync(Func<StaffPreferences, StaffPreferences> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var now = await staff.PreferencesAsync(CancellationToken.None);
        return now.Succeeded ? await staff.SavePreferencesAsync(change(now.Value), CancellationToken.None) : now;
    }
}
