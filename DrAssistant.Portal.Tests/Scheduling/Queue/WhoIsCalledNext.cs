using DrAssistant.Data.Scheduling.Queue;

namespace DrAssistant.Portal.Tests.Scheduling.Queue;

/// <summary>Urgent, then the longest wait; who was skipped lets exactly one pass.</summary>
public sealed class WhoIsCalledNext
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 5, 3, 30, 0, TimeSpan.Zero);

    [Fact]
    public void is_the_urgent_one_then_who_came_first_then_who_was_booked_first()
        => Assert.Equal("urgent late, early, same, later", Order(null, At("later", 9), At("same", 5, due: 30), At("early", 5), At("urgent late", 12, urgent: true)));

    [Fact]
    public void lets_one_pass_who_was_skipped_even_before_an_urgent_one()
    {
        Assert.Equal("second, first, third", Order(null, At("first", 1, skipped: 20), At("second", 2), At("third", 3)));
        Assert.Equal("calm, urgent", Order(null, At("urgent", 1, urgent: true, skipped: 20), At("calm", 2)));
    }

    [Fact]
    public void forgets_who_was_skipped_when_somebody_was_called_after()
    {
        Assert.Equal("first, third", Order(Nine.AddMinutes(21), At("first", 1, skipped: 20), At("third", 3)));
        Assert.Equal("third, first", Order(Nine.AddMinutes(19), At("first", 1, skipped: 20), At("third", 3)));
    }

    [Fact]
    public void is_the_one_who_was_skipped_where_nobody_else_waits()
    {
        Assert.Equal("first", Order(null, At("first", 1, skipped: 20)));
        Assert.Equal("first, second", Order(null, At("second", 2, skipped: 25), At("first", 1, skipped: 20)));
        Assert.Equal("", Order(null));
    }

    private static string Order(DateTimeOffset? lastCalled, params (string Name, Queued Place)[] waiting)
        => string.Join(", ", CallOrder.Of(waiting, w => w.Place, lastCalled).Select(w => w.Name));

    private static (string Name, Queued Place) At(string name, int since, bool urgent = false, int? skipped = null, int due = 0)
        => (name, new Queued(urgent, Nine.AddMinutes(since), Nine.AddMinutes(due), skipped is { } minute ? Nine.AddMinutes(minute) : null));
}
