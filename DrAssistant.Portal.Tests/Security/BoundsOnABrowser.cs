using System.Net;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Tests.Security;

public sealed class BoundsOnABrowser
{
    [Fact]
    public void a_burst_of_messages_is_spent_and_refilled_steadily()
    {
        var clock = new Ticking();
        var budget = new EventBudget(clock, burst: 10, perSecond: 5);

        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
        clock.Passed += TimeSpan.FromSeconds(1);
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
        clock.Passed += TimeSpan.FromHours(1);
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));
    }

    [Fact]
    public void a_person_has_so_many_tabs_and_another_has_their_own()
    {
        var quota = new PersonalQuota(2);
        var (meera, arun) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal([true, true, false, true], new[] { meera, meera, meera, arun }.Select(quota.TryTake));
        quota.GiveBack(meera);
        Assert.True(quota.TryTake(meera));
        Assert.False(quota.TryTake(meera));
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void addresses_of_one_subscriber_share_the_limit_on_sign_ins(string one, string other, bool same)
        => Assert.Equal(same, SignInLimit.Neighbourhood(IPAddress.Parse(one)) == SignInLimit.Neighbourhood(IPAddress.Parse(other)));

    private sealed class Ticking : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
