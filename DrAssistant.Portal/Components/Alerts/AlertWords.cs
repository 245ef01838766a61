using DrAssistant.Data.Alerts;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Alerts;

/// <summary>What the screens show of an alert, and where it leads.</summary>
internal static class AlertWords
{
    public static bool IsCritical(AlertLine alert) => alert.Severity is AlertSeverity.Critical;

    public static string Icon(AlertLine alert) => alert switch
    {
        { Severity: AlertSeverity.Critical } => "emergency",
        { Type: AlertType.LabResult } => "labs",
        { Type: AlertType.Medication } => "pill",
        { Type: AlertType.Appointment } => "event",
        { Type: AlertType.Task } => "task_alt",
        { Type: AlertType.System } => "lock_open",
        _ => "notifications",
    };

    public static string Of(AlertType type) => type switch
    {
        AlertType.LabResult => "Results",
        AlertType.Medication => "Medicines",
        AlertType.Appointment => "Appointments",
        AlertType.Task => "Tasks",
        AlertType.System => "System",
        _ => "Other",
    };

    public static string Details(AlertLine alert) => string.Join(" · ", new[]
    {
        alert.Patient?.Spoken,
        IsCritical(alert) && !alert.IsRead ? "not acknowledged" : null,
        alert.Times > 1 ? $"{alert.Times} times" : null,
        alert.Message.TrimEnd('.'),
    }.Where(words => !string.IsNullOrEmpty(words)));

    /// <summary>What it is about, for this person: an address of this portal, or the chart.</summary>
    public static string? Address(AlertLine alert, ICurrentUser user) => alert switch
    {
        { ActionUrl: var address } when Words.IsOwnAddress(address) => address,
        { PatientId: { } patient } when user.Can(Permissions.ReadEncounters) => Words.ChartOf(patient),
        _ => null,
    };
}
