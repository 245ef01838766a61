using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Tests.Staff.SignIn;

public sealed class HowLongASessionLasts
{
    [Fact]
    public void is_half_an_hour_of_idleness_and_twelve_hours_in_all_unless_it_is_set()
    {
        var usual = new SessionOptions();

        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(12), 5, TimeSpan.FromMinutes(15)), (usual.Idle, usual.Absolute, usual.FailuresUntilLocked, usual.Locked));
        Assert.True(new SessionOptionsValidator().Validate(null, usual).Succeeded);
    }

    [Fact]
    public void is_not_set_to_what_nobody_can_mean_and_every_wrong_setting_is_named()
        => Assert.Equal(
            [
                "Sessions:IdleMinutes must be a whole number from 5 to 240.",
                "Sessions:AbsoluteHours must be a whole number from 1 to 24.",
                "Sessions:FailuresUntilLocked must be a whole number from 3 to 20.",
                "Sessions:LockedMinutes must be a whole number from 1 to 1440.",
            ],
            new SessionOptionsValidator().Validate(null, new SessionOptions { IdleMinutes = 0, AbsoluteHours = 25, FailuresUntilLocked = 2, LockedMinutes = 0 }).Failures);
}
