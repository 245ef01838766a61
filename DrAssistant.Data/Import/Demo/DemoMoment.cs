using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// How far today's book has come. A practice that is looked at in the evening, or at three in the night, should still show
/// patients seen, patients waiting and patients to come. The rule:
/// <list type="number">
/// <item>The book stands at the real time of day, but never before 11:00 and never after 16:00. What lies before that point is
/// done, what lies after it is to come. Today is always a working day, even a Sunday.</item>
/// <item>What is going on (who waits, who is with the doctor) happened a few minutes before the real now, as it did before that
/// point of the book: "waiting 22 min" is true at any hour.</item>
/// <item>What is done keeps the book's own times once the day has come that far. Earlier in the day it is moved back together with
/// the rest, so that nothing lies in the future; shortly after midnight it is also drawn together, so that it is still today.</item>
/// </list>
/// </summary>
internal sealed class DemoMoment
{
    private static readonly TimeOnly Earliest = new(11, 0);
    private static readonly TimeOnly Latest = new(16, 0);

    /// <summary>Before the first slot: who comes early checks in then.</summary>
    private static readonly TimeOnly DayBegins = new(8, 30);

    private readonly DateTimeOffset _begins;
    private readonly DateTimeOffset _midnight;

    public DemoMoment(ClinicClock clock, DateTimeOffset now)
    {
        Now = now;
        Today = clock.DayOf(now);
        _midnight = clock.DayBounds(Today).From;
        _begins = clock.At(Today, DayBegins);
        var (earliest, latest) = (clock.At(Today, Earliest), clock.At(Today, Latest));
        Book = now < earliest ? earliest : (now > latest ? latest : now);
    }

    public DateTimeOffset Now { get; }

    public DateOnly Today { get; }

    /// <summary>The point at which today's book stands.</summary>
    public DateTimeOffset Book { get; }

    /// <summary>When something that goes on now really happened.</summary>
    public DateTimeOffset GoingOn(DateTimeOffset onTheBook) => Now - ((Book - onTheBook) * Scale);

    /// <summary>When something that is over really happened.</summary>
    public DateTimeOffset Over(DateTimeOffset onTheBook) => Now > Book ? onTheBook : GoingOn(onTheBook);

    private double Scale => Math.Min(1, (Now - _midnight) / (Book - _begins));
}
