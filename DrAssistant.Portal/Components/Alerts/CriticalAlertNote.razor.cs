using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Alerts;

public partial class CriticalAlertNote(IAlerts alerts, OpenWork work)
{
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public AlertLine Alert { get; set; } = default!;

    [Parameter]
    public EventCallback Acknowledged { get; set; }

    private Task AcknowledgeAsync() => SaveAsync(async () =>
    {
        _refusal = (await alerts.AcknowledgeAsync(Alert.Id, CancellationToken.None)).Refusal;
        await Acknowledged.InvokeAsync();
        await work.RefreshAsync(CancellationToken.None);
    });
}
