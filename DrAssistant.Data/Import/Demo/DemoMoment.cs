using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// How far today's book has come. A practice that is looked at in the evening, or at three in the night, should still show
/// patients seen, patients waiting and patients to come, and be no more than a little late. The rule:
/// <list type="number">
/// <item>A day shows all of that between 11:00 and 16:00 of its usual hours. At any other time today's hours are moved, by whole
/// half hours and for this weekday in every week (the practice has its late, or early, clinic on it), so that now lies
/// between those two. They never leave the day: to the end of the evening at most, to midnight at the earliest.</item>
/// <item>Where that does not reach (the last two hours before midnight, the first two after it), the book stands at the end of
/// that span, or at its beginning. What lies before this point is done, what lies after it is to come.</item>
/// <item>Nothing ever lies in the future. Who waits or is with the doctor came a few minutes before the real now: "waiting 22 min"
/// is true at any hour. What is done keeps the book's own times; only in the first two hours of a day all of it is drawn
/// together into the time that there was.</item>
/// </list>
/// </summary>
internal sealed class DemoMoment
{
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(11);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(16);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    private readonly DateTimeOffset _begins;

    public DemoMoment(ClinicClock clock, DateTimeOffset now)
    {
        (Now, Today) = (now, clock.DayOf(now));
        Moved = MoveBy(clock.Local(now).TimeOfDay);
        _begins = clock.DayBounds(Today).From;
        var earliest = clock.At(Today, TimeOnly.FromTimeSpan(Earliest + Moved));
        var latest = clock.At(Today, TimeOnly.FromTimeSpan(Latest + Moved));
        Book = now < earliest ? earliest : (now > latest + Step ? latest : now);
    }

    public DateTimeOffset Now { get; }

    public DateOnly Today { get; }

    /// <summary>By how much the hours of today's weekday differ from the usual ones.</summary>
    public TimeSpan Moved { get; }

    /// <summary>The point at which today's book stands.</summary>
    public DateTimeOffset Book { get; }

    /// <summary>When something that goes on now really happened.</summary>
    public DateTimeOffset GoingOn(DateTimeOffset onTheBook) => Now - ((Book - onTheBook) * Scale);

    /// <summary>When something that is over really happened.</summary>
    public DateTimeOffset Over(DateTimeOffset onTheBook) => Now >= Book ? onTheBook : GoingOn(onTheBook);

    private double Scale => Now >= Book ? 1 : (Now - _begins) / (Book - _begins);

    private static TimeSpan MoveBy(TimeSpan timeOfDay)
    {
        var wanted = timeOfDay < Earliest
            ? Math.Floor((timeOfDay - Earliest) / Step) * Step
            : (timeOfDay > Latest ? Math.Floor((timeOfDay - Latest) / Step) * Step : TimeSpan.Zero);
        var (least, most) = (-DemoHours.FirstStart.ToTimeSpan(), Floor(TimeSpan.FromHours(24) - DemoHours.LastEnd.ToTimeSpan()));
        return wanted < least ? least : (wanted > most ? most : wanted);
    }

    private static TimeSpan Floor(TimeSpan span) => Math.Floor(span / Step) * Step;
}
