using DrAssistant.Data.Alerts;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;

namespace DrAssistant.Portal.Components.Alerts;

/// <summary>Alerts as they come, on every page of the person whose they are. Read in another tab, they go from this one.</summary>
public partial class AlertToasts(IAlerts alerts, ICurrentUser user, MyPreferences preferences)
{
    private const int Most = 3;
    private const int MostAtOnce = 20;

    private readonly HashSet<Guid> _came = [];
    private IReadOnlyList<AlertLine> _shown = [];

    protected override void OnInitialized() => Follow(user.Id);

    protected override bool Concerns(DayChange change)
    {
        if (change is { Kind: "alert.raised", SubjectId: { } id })
        {
            _came.Add(id);
        }

        return _came.Count > 0 || (_shown.Count > 0 && change?.Kind is "alert.changed" or null);
    }

    protected override Task ReloadAsync()
    {
        var came = _came.ToList();
        var wanted = came.Union(_shown.Select(a => a.Id)).TakeLast(MostAtOnce).ToList();
        if (wanted.Count == 0)
        {
            return Task.CompletedTask;
        }

        return LoadAsync(
            async cancellation => (Alerts: await alerts.SomeAsync(wanted, cancellation), Chosen: await preferences.GetAsync(cancellation)),
            read =>
            {
                _came.ExceptWith(came);
                var now = Clock.TimeOf(Clock.Now);
                var chosen = read.Chosen.Value?.NotificationPreferences ?? new NotificationPreferences();
                _shown = [.. (read.Alerts.Value ?? []).Where(a => !a.IsRead && (_shown.Any(s => s.Id == a.Id) || chosen.Reaches(a.Severity, AlertChannel.InApp, now)))];
            });
    }

    private void Hide(AlertLine alert) => _shown = [.. _shown.Where(a => a.Id != alert.Id)];
}
