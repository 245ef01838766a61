using DrAssistant.Data.Alerts;

namespace DrAssistant.Data.Staff.Preferences;

/// <summary>
/// How a person wants to hear of an alert. The three switches are the seed's: push is what appears in the portal by itself, beside the bell.
/// The bell and the list of alerts have every alert, whatever is chosen here.
/// </summary>
public sealed record NotificationPreferences(bool Email = true, bool Push = true, bool Sms = false)
{
    /// <summary>Null: none.</summary>
    public QuietHours? QuietHours { get; init; }

    public SeverityChannels Channels { get; init; } = new();

    /// <summary>Whether an alert of this severity goes by this way at this time of the practice's day.</summary>
    public bool Reaches(AlertSeverity severity, AlertChannel channel, TimeOnly now)
    {
        if (severity is AlertSeverity.Critical && channel is AlertChannel.InApp)
        {
            // Nobody can choose not to see that a patient may be dying.
            return true;
        }

        return Wants(severity, channel) && !IsQuiet(severity, now);
    }

    /// <summary>What is critical knows no quiet hours.</summary>
    public bool IsQuiet(AlertSeverity severity, TimeOnly now) => severity is not AlertSeverity.Critical && QuietHours?.Contains(now) is true;

    /// <summary>Whether it goes by this way when no quiet hours are.</summary>
    public bool Wants(AlertSeverity severity, AlertChannel channel)
    {
        var chosen = Channels.Of(severity);
        return channel switch
        {
            AlertChannel.InApp => Push && chosen.InApp,
            AlertChannel.Email => Email && chosen.Email,
            AlertChannel.Sms => Sms && chosen.Sms,
            _ => throw new ArgumentOutOfRangeException(nameof(channel)),
        };
    }
}

public enum AlertChannel
{
    InApp,
    Email,
    Sms,
}

/// <summary>When nothing but what is critical may disturb; over midnight where the end is before the beginning.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly now) => From <= To ? now >= From && now < To : now >= From || now < To;
}

public sealed record AlertChannels(bool InApp = true, bool Email = false, bool Sms = false);

public sealed record SeverityChannels
{
    public AlertChannels Critical { get; init; } = new(Email: true, Sms: true);

    public AlertChannels High { get; init; } = new(Email: true);

    public AlertChannels Medium { get; init; } = new();

    public AlertChannels Low { get; init; } = new(InApp: false);

    public AlertChannels Of(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => Critical,
        AlertSeverity.High => High,
        AlertSeverity.Medium => Medium,
        _ => Low,
    };

    public SeverityChannels With(AlertSeverity severity, AlertChannels channels) => severity switch
    {
        AlertSeverity.Critical => this with { Critical = channels },
        AlertSeverity.High => this with { High = channels },
        AlertSeverity.Medium => this with { Medium = channels },
        _ => this with { Low = channels },
    };
}
