using DrAssistant.Data.Alerts;
using DrAssistant.Data.Staff.Preferences;

namespace DrAssistant.Portal.Tests.Staff.Preferences;

public sealed class HearingOfAnAlert
{
    private static readonly TimeOnly Midnight = new(0, 30);
    private static readonly TimeOnly Noon = new(12, 0);

    [Fact]
    public void that_is_critical_cannot_be_chosen_away()
    {
        var nothing = new NotificationPreferences(Email: false, Push: false, Sms: false)
        {
            QuietHours = new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 59)),
            Channels = new SeverityChannels { Critical = new AlertChannels(InApp: false) },
        };

        Assert.True(nothing.Reaches(AlertSeverity.Critical, AlertChannel.InApp, Noon));
        Assert.False(nothing.Reaches(AlertSeverity.High, AlertChannel.InApp, Noon));
        Assert.False(nothing.Reaches(AlertSeverity.Critical, AlertChannel.Sms, Noon));
    }

    [Theory]
    [InlineData("22:00", "06:00", "21:59", true)]
    [InlineData("22:00", "06:00", "22:00", false)]
    [InlineData("22:00", "06:00", "05:59", false)]
    [InlineData("22:00", "06:00", "06:00", true)]
    [InlineData("13:00", "14:00", "13:30", false)]
    [InlineData("13:00", "14:00", "14:00", true)]
    public void keeps_quiet_hours_over_midnight_too(string from, string to, string now, bool reaches)
    {
        var preferences = new NotificationPreferences { QuietHours = new QuietHours(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)) };

        Assert.Equal(reaches, preferences.Reaches(AlertSeverity.High, AlertChannel.InApp, TimeOnly.Parse(now, null)));
    }

    [Fact]
    public void comes_by_the_ways_of_its_severity_whose_switch_is_on()
    {
        var preferences = new NotificationPreferences(Email: true, Push: true, Sms: false)
        {
            Channels = new SeverityChannels().With(AlertSeverity.Medium, new AlertChannels(InApp: false, Email: true, Sms: true)),
        };

        Assert.False(preferences.Reaches(AlertSeverity.Medium, AlertChannel.InApp, Midnight));
        Assert.True(preferences.Reaches(AlertSeverity.Medium, AlertChannel.Email, Midnight));
        Assert.False(preferences.Reaches(AlertSeverity.Medium, AlertChannel.Sms, Midnight));
        Assert.True(preferences.Reaches(AlertSeverity.High, AlertChannel.InApp, Midnight));
    }
}
