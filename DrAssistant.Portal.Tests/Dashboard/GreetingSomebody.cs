using DrAssistant.Data.Common;
using DrAssistant.Portal.Components.Dashboard;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class GreetingSomebody
{
    [Theory]
    [InlineData("Dr. Meera Iyer", "Good morning, Dr. Iyer")]
    [InlineData("Sr. Mary Thomas", "Good morning, Sr. Mary")]
    [InlineData("Kavita Joshi", "Good morning, Kavita")]
    [InlineData("Practice administrator", "Good morning")]
    [InlineData(null, "Good morning")]
    public void is_done_as_one_would_say_it(string? name, string words) => Assert.Equal(words, Greeting.For(name, At(10, 41)));

    [Theory]
    [InlineData(11, 59, "Good morning")]
    [InlineData(12, 0, "Good afternoon")]
    [InlineData(17, 0, "Good evening")]
    public void goes_by_the_practices_clock(int hour, int minute, string words) => Assert.Equal(words, Greeting.For(null, At(hour, minute)));

    private static ClinicClock At(int hour, int minute)
        => new(new HandClock(Day.At(hour, minute)), Options.Create(new ClinicOptions { Name = "A practice", TimeZone = "Asia/Kolkata" }));
}
