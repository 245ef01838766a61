using DrAssistant.Data.Staff.Preferences;

namespace DrAssistant.Data.Alerts.Delivery;

/// <summary>
/// A way to a person outside of the portal. Such a way is nobody's private one: what goes by it says that there is an alert and where to
/// read it, and nothing of whom or what it is about.
/// </summary>
internal interface IAlertChannel
{
    AlertChannel Channel { get; }

    /// <summary>Whether the practice has configured it.</summary>
    bool IsSetUp { get; }

    /// <summary>Where this person is reached by it; null when nowhere.</summary>
    string? AddressOf(AlertRecipient person);

    /// <summary>Sends it, or throws. It ends by itself within seconds: the outbox waits meanwhile.</summary>
    Task SendAsync(string address, AlertNotice notice, CancellationToken cancellation);
}

internal sealed record AlertRecipient(string? Email, string? Phone)
{
    public override string ToString() => nameof(AlertRecipient);
}

/// <summary>All that is said outside of the portal.</summary>
internal sealed record AlertNotice(string Practice, Uri? Portal)
{
    public string Subject => $"{Practice}: an alert for you";

    public string Text => Portal is null
        ? "There is a new alert for you in Dr. Assistant. Sign in to read it."
        : $"There is a new alert for you in Dr. Assistant. Sign in to read it: {new Uri(Portal, "alerts")}";
}
