using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Alerts;

/// <summary>The one door to the signed-in person's alerts.</summary>
public interface IAlerts
{
    /// <summary>Unread alerts, worst first, newest first within.</summary>
    Task<Result<IReadOnlyList<AlertLine>>> UnreadAsync(CancellationToken cancellation);

    /// <summary>The number on the bell.</summary>
    Task<Result<int>> CountUnreadAsync(CancellationToken cancellation);

    /// <summary>Says "I know": who and when is kept. Only this settles a critical alert.</summary>
    Task<Result<AlertLine>> AcknowledgeAsync(Guid alertId, CancellationToken cancellation);
}

/// <summary>An alert as lists show it.</summary>
public sealed record AlertLine(
    Guid Id,
    AlertType Type,
    AlertSeverity Severity,
    string Title,
    string Message,
    Guid? PatientId,
    PersonName? Patient,
    DateTimeOffset CreatedAt,
    bool IsRead,
    string? ActionUrl)
{
    public override string ToString() => $"{nameof(AlertLine)} {Id}";
}
