using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Layout;

namespace DrAssistant.Portal.Components.Alerts;

public partial class AlertBell(IAlerts alerts, ICurrentUser user, OpenWork work)
{
    private IReadOnlyList<AlertLine>? _alerts;
    private Refusal? _refusal;
    private bool _opened;

    private string Says => work.UnreadAlerts is > 0 and var unread ? $"Alerts, {unread} unread" : "Alerts";

    protected override void OnInitialized()
    {
        work.Changed += Show;
        Follow(user.Id);
    }

    protected override bool Concerns(DayChange change) => _opened && change?.Kind is "alert.raised" or "alert.changed";

    protected override Task ReloadAsync()
        => _opened ? LoadAsync(alerts.UnreadAsync, read => (_alerts, _refusal) = (read.Value ?? _alerts, read.Refusal)) : Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        work.Changed -= Show;
        base.Dispose(disposing);
    }

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);

    private Task OpenAsync()
    {
        _opened = true;
        return ReloadAsync();
    }

    private Task ReadAllAsync() => SaveAsync(async () =>
    {
        var read = await alerts.MarkAllReadAsync(CancellationToken.None);
        await ReloadAsync();
        _refusal ??= read.Refusal;
        await work.RefreshAsync(CancellationToken.None);
    });
}
