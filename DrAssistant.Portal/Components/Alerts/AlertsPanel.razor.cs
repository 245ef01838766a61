using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Alerts;

/// <summary>The signed-in person's unread alerts, read and kept in step by this panel itself.</summary>
public partial class AlertsPanel(IAlerts alerts, ICurrentUser user)
{
    private IReadOnlyList<AlertLine>? _alerts;
    private Refusal? _refusal;

    [Parameter]
    public string Title { get; set; } = "Alerts";

    [Parameter]
    public int Few { get; set; } = 5;

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change.Kind.StartsWith("alert.", StringComparison.Ordinal);

    protected override Task ReloadAsync()
        => LoadAsync(alerts.UnreadAsync, read => (_alerts, _refusal) = (read.Succeeded ? read.Value : _alerts, read.Refusal));
}
