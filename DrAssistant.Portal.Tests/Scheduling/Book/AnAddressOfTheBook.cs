using DrAssistant.Portal.Components.Scheduling.Book;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

public sealed class AnAddressOfTheBook
{
    private static readonly Guid Doctor = new("0193a000-0000-7000-8000-000000000001");

    [Fact]
    public void says_view_day_and_doctor_and_is_read_back()
    {
        var address = new BookAddress(BookView.Week, new DateOnly(2026, 11, 24), Doctor);

        var text = address.On("/appointments");

        Assert.Equal("/appointments?day=2026-11-24&view=week&doctor=0193a000-0000-7000-8000-000000000001", text);
        Assert.Equal(address, BookAddress.Of($"https://clinic.example{text}"));
        Assert.Equal(address, BookAddress.Of(text));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?day=24-11-2026&view=year&doctor=Iyer")]
    [InlineData("/?day=0001-01-01")]
    [InlineData("/?day=9999-12-31")]
    public void that_cannot_be_read_asks_for_nothing(string text)
        => Assert.Equal(new BookAddress(null, null, null), BookAddress.Of(text));

    [Fact]
    public void of_a_month_shows_whole_weeks_from_monday()
    {
        Assert.Equal((new DateOnly(2026, 10, 26), 42), BookDays.Of(new DateOnly(2026, 11, 24), BookView.Month));
        Assert.Equal((new DateOnly(2027, 2, 1), 28), BookDays.Of(new DateOnly(2027, 2, 10), BookView.Month));
        Assert.Equal((new DateOnly(2026, 11, 23), 7), BookDays.Of(new DateOnly(2026, 11, 29), BookView.Week));
    }
}
