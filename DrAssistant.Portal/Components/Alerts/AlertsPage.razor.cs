using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Alerts;

/// <summary>What is unread, worst first, and everything there was, newest first.</summary>
public partial class AlertsPage(IAlerts door, ICurrentUser user, OpenWork work)
{
    /// <summary>A page in a circuit is bounded; what is older is found by the filters.</summary>
    private const int Most = 500;

    private AlertQuestion _question = new(History: false);
    private IReadOnlyList<AlertLine>? _alerts;
    private Refusal? _refusal;
    private bool _more;

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.Kind is "alert.raised" or "alert.changed";

    protected override Task ReloadAsync() => LoadAsync(
        cancellation => door.ListAsync(_question, cancellation),
        read =>
        {
            (_alerts, _refusal) = (read.Value ?? _alerts, read.Refusal);
            _more = read.Value?.Count == AlertQuestion.PageSize;
        });

    private static T? Chosen<T>(ChangeEventArgs change)
        where T : struct, Enum
        => Enum.TryParse<T>(change.Value as string, out var value) ? value : null;

    private Task AskAsync(AlertQuestion question)
    {
        (_question, _alerts, _more) = (question, null, false);
        return ReloadAsync();
    }

    private Task MoreAsync() => LoadAsync(
        cancellation => door.ListAsync(_question with { Before = _alerts?[^1].CreatedAt }, cancellation),
        read =>
        {
            (_alerts, _refusal) = ([.. _alerts ?? [], .. read.Value ?? []], read.Refusal);
            _more = read.Value?.Count == AlertQuestion.PageSize && _alerts.Count < Most;
        });

    private Task ReadAllAsync() => SaveAsync(async () =>
    {
        var read = await door.MarkAllReadAsync(CancellationToken.None);
        await ReloadAsync();
        _refusal ??= read.Refusal;
        await work.RefreshAsync(CancellationToken.None);
    });
}
