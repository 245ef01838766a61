using DrAssistant.Portal.Components.Dashboard;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class ArrangingCards
{
    [Fact]
    public void what_was_kept_comes_back()
    {
        var kept = DayCards.Usual.Move(DayCards.Tasks, CardMove.Left).Move(DayCards.Drafts, CardMove.Up).Toggle(DayCards.Results);

        var read = DayCards.From(kept.ToLayout(), [.. kept.Hidden]);

        Assert.Equal(kept.Main, read.Main);
        Assert.Equal(kept.Side, read.Side);
        Assert.Equal(kept.Hidden, read.Hidden);
    }

    [Fact]
    public void a_card_that_is_missing_stands_at_its_usual_place()
        => Assert.Equal(["alerts", "results", "tasks", "drafts"], DayCards.From(["side:alerts", "side:tasks", "side:drafts"], []).Side);

    [Fact]
    public void a_card_of_another_version_is_left_out()
        => Assert.Equal(DayCards.Usual.ToLayout(), DayCards.From(["main:weather", "side:horoscope", "nonsense"], ["horoscope"]).ToLayout());

    [Fact]
    public void a_card_named_twice_stands_once()
        => Assert.Equal(["alerts"], DayCards.From(["main:alerts", "side:alerts", "side:alerts"], []).Main.Where(c => c == "alerts"));

    [Fact]
    public void dropping_a_card_on_another_takes_its_place()
        => Assert.Equal(["tasks", "alerts", "results", "drafts"], DayCards.Usual.MoveBefore(DayCards.Tasks, DayCards.Alerts).Side);

    [Fact]
    public void the_first_card_goes_no_higher() => Assert.Equal(DayCards.Usual.Side, DayCards.Usual.Move(DayCards.Alerts, CardMove.Up).Side);
}
