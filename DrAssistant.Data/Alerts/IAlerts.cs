using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Alerts;

/// <summary>The one door to the signed-in person's alerts.</summary>
public interface IAlerts
{
    /// <summary>Unread alerts, worst first, newest first within.</summary>
    Task<Result<IReadOnlyList<AlertLine>>> UnreadAsync(CancellationToken cancellation);

    /// <summary>Those of these that are the signed-in person's, as they are now: for what came while a page is open.</summary>
    Task<Result<IReadOnlyList<AlertLine>>> SomeAsync(IReadOnlyList<Guid> alertIds, CancellationToken cancellation);

    /// <summary>The page of alerts: what is unread, worst first, or all there was, newest first.</summary>
    Task<Result<IReadOnlyList<AlertLine>>> ListAsync(AlertQuestion question, CancellationToken cancellation);

    /// <summary>Marks everything read but what is critical, and says how many it was.</summary>
    Task<Result<int>> MarkAllReadAsync(CancellationToken cancellation);

    /// <summary>The number on the bell.</summary>
    Task<Result<int>> CountUnreadAsync(CancellationToken cancellation);

    /// <summary>Says "I know": who and when is kept. Only this settles a critical alert.</summary>
    Task<Result<AlertLine>> AcknowledgeAsync(Guid alertId, CancellationToken cancellation);
}

/// <summary>Which alerts: unread or all, of a severity, about something, and in the history those before a moment.</summary>
public sealed record AlertQuestion(bool History, AlertSeverity? Severity = null, AlertType? Type = null, DateTimeOffset? Before = null)
{
    public const int PageSize = 50;
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
    /// <summary>How often it was raised while it was unread.</summary>
    public int Times { get; init; } = 1;

    public DateTimeOffset? LastAt { get; init; }

    public override string ToString() => $"{nameof(AlertLine)} {Id}";
}
