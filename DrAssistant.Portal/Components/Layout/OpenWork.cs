using DrAssistant.Data.Alerts;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>The counts on the bell and in the navigation, shared by all parts of one open tab. Null until they are known.</summary>
public sealed class OpenWork(IAlerts alerts, ITaskList tasks, IResultInbox results)
{
    public event EventHandler? Changed;

    public int? UnreadAlerts { get; private set; }

    public int? Tasks { get; private set; }

    /// <summary>Reports that wait for this doctor's eye.</summary>
    public int? Results { get; private set; }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var unread = await alerts.CountUnreadAsync(cancellation);
        var mine = await tasks.MineAsync(cancellation);
        UnreadAlerts = unread.Succeeded ? unread.Value : null;
        Tasks = mine.Value?.Count;
        var waiting = await results.CountAsync(cancellation);
        Results = waiting.Succeeded ? waiting.Value : null;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
