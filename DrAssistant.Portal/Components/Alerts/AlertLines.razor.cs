using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Alerts;

/// <summary>Alerts, worst first, as the door gives them. A critical one is settled only by saying "I know".</summary>
public partial class AlertLines(IAlerts alerts, ICurrentUser user, ClinicClock clock, OpenWork work)
{
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public IReadOnlyList<AlertLine> Alerts { get; set; } = [];

    /// <summary>At most so many; the page of alerts has them all.</summary>
    [Parameter]
    public int Few { get; set; } = int.MaxValue;

    /// <summary>What is said where there is none.</summary>
    [Parameter]
    public string Nothing { get; set; } = "Nothing unread.";

    [Parameter]
    public EventCallback Acknowledged { get; set; }

    /// <summary>Who goes to what it is about has read it; a critical one waits for the word all the same.</summary>
    private Task OpenedAsync(AlertLine alert)
        => alert.IsRead || AlertWords.IsCritical(alert) ? Task.CompletedTask : AcknowledgeAsync(alert);

    private Task AcknowledgeAsync(AlertLine alert) => SaveAsync(async () =>
    {
        _refusal = (await alerts.AcknowledgeAsync(alert.Id, CancellationToken.None)).Refusal;
        await Acknowledged.InvokeAsync();
        await work.RefreshAsync(CancellationToken.None);
    });
}
