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

    /// <summary>Which of the counts a change may have changed. All of a practice's pages hear of every visit and note; none of these counts is asked for then.</summary>
    public static WorkKinds ConcernedBy(string change) => change.Split('.')[0] switch
    {
        "alert" => WorkKinds.Alerts,
        "task" => WorkKinds.Tasks,
        "result" => WorkKinds.Results,
        _ => WorkKinds.None,
    };

    public Task RefreshAsync(CancellationToken cancellation) => RefreshAsync(WorkKinds.All, cancellation);

    public async Task RefreshAsync(WorkKinds kinds, CancellationToken cancellation)
    {
        if (kinds.HasFlag(WorkKinds.Alerts))
        {
            var unread = await alerts.CountUnreadAsync(cancellation);
            UnreadAlerts = unread.Succeeded ? unread.Value : null;
        }

        if (kinds.HasFlag(WorkKinds.Tasks))
        {
            Tasks = (await tasks.MineAsync(cancellation)).Value?.Count;
        }

        if (kinds.HasFlag(WorkKinds.Results))
        {
            var waiting = await results.CountAsync(cancellation);
            Results = waiting.Succeeded ? waiting.Value : null;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}

/// <summary>What is counted.</summary>
[Flags]
public enum WorkKinds
{
    None = 0,
    Alerts = 1,
    Tasks = 2,
    Results = 4,
    All = Alerts | Tasks | Results,
}
