using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Alerts;

public partial class AlertToast(IAlerts alerts, ICurrentUser user, OpenWork work, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private ITimer? _timer;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public AlertLine Alert { get; set; } = default!;

    /// <summary>It was settled, or its time is over: it stays unread in the list.</summary>
    [Parameter, EditorRequired]
    public EventCallback Gone { get; set; }

    private bool IsCritical => AlertWords.IsCritical(Alert);

    protected override void OnInitialized()
    {
        _timer = time.CreateTimer(_ => _ = InvokeAsync(() => Gone.InvokeAsync()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Start() => _timer?.Change(IsCritical ? Timeout.InfiniteTimeSpan : Patience, Timeout.InfiniteTimeSpan);

    private void Hold() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private Task OpenedAsync() => IsCritical ? Task.CompletedTask : SettleAsync();

    private Task SettleAsync() => SaveAsync(async () =>
    {
        var settled = await alerts.AcknowledgeAsync(Alert.Id, CancellationToken.None);
        _refusal = settled.Refusal;
        if (settled.Succeeded)
        {
            await Gone.InvokeAsync();
            await work.RefreshAsync(CancellationToken.None);
        }
    });
}
