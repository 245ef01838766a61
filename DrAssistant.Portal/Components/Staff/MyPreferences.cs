using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;

namespace DrAssistant.Portal.Components.Staff;

/// <summary>The signed-in person's preferences for the parts of one open tab, which hear when they were changed, in whichever tab that was.</summary>
public sealed class MyPreferences(IPreferences preferences, IDayFeed feed, ICurrentUser user) : IDisposable
{
    private EventHandler? _changed;
    private IDisposable? _listening;

    /// <summary>They were changed; read them again. Raised on whatever thread hears of it.</summary>
    public event EventHandler? Changed
    {
        add
        {
            _changed += value;
            if (user.Id is { } me)
            {
                _listening ??= feed.Listen(me, HeardAsync);
            }
        }

        remove
        {
            _changed -= value;
            if (_changed is null)
            {
                Dispose();
            }
        }
    }

    public Task<Result<StaffPreferences>> GetAsync(CancellationToken cancellation) => preferences.MineAsync(cancellation);

    public Task<Result<StaffPreferences>> ChangeAsync(Func<StaffPreferences, StaffPreferences> change) => preferences.ChangeAsync(change, CancellationToken.None);

    public void Dispose()
    {
        _listening?.Dispose();
        _listening = null;
    }

    private Task HeardAsync(DayChange change)
    {
        if (change.IsOfPreferences || change == DayChange.Anything)
        {
            _changed?.Invoke(this, EventArgs.Empty);
        }

        return Task.CompletedTask;
    }
}
