using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
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

    [Parameter]
    public EventCallback Acknowledged { get; set; }

    private static bool IsCritical(AlertLine alert) => alert.Severity is AlertSeverity.Critical;

    private static string Icon(AlertLine alert) => alert switch
    {
        { Severity: AlertSeverity.Critical } => "emergency",
        { Type: AlertType.LabResult } => "labs",
        { Type: AlertType.Medication } => "pill",
        { Type: AlertType.Appointment } => "event",
        { Type: AlertType.Task } => "task_alt",
        { Type: AlertType.System } => "lock_open",
        _ => "notifications",
    };

    private static string Details(AlertLine alert)
        => string.Join(" · ", new[] { alert.Patient?.Listed, IsCritical(alert) ? "not acknowledged" : null, alert.Message.TrimEnd('.') }.Where(w => !string.IsNullOrEmpty(w)));

    private string? Address(AlertLine alert) => alert switch
    {
        { ActionUrl: var address } when Words.IsOwnAddress(address) => address,
        { PatientId: { } patient } when user.Can(Permissions.ReadEncounters) => Words.ChartOf(patient),
        _ => null,
    };

    private Task AcknowledgeAsync(AlertLine alert) => SaveAsync(async () =>
    {
        _refusal = (await alerts.AcknowledgeAsync(alert.Id, CancellationToken.None)).Refusal;
        await Acknowledged.InvokeAsync();
        await work.RefreshAsync(CancellationToken.None);
    });
}
