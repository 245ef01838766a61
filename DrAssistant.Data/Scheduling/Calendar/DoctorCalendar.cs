using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>A stretch of one weekday in which a doctor works, on the practice's clock.</summary>
internal sealed record WeekStretch(DayOfWeek Weekday, TimeOnly From, TimeOnly To, int SlotMinutes, string? Room);

/// <summary>A time from an instant to another one that no longer belongs to it.</summary>
internal sealed record Period(DateTimeOffset From, DateTimeOffset To)
{
    public bool Overlaps(Period other) => From < other.To && other.From < To;

    public bool Contains(Period other) => From <= other.From && other.To <= To;
}

/// <summary>A stretch of the week on one day: where its slots begin, and the room.</summary>
internal sealed record DayStretch(Period Time, int SlotMinutes, string? Room);

/// <summary>
/// When one doctor works, and what of it is free: hours minus leave and holidays, minus what is booked. It asks no store, so that
/// its rules can be read and tried by themselves.
/// </summary>
internal sealed class DoctorCalendar(
    ClinicClock clock, IReadOnlyList<WeekStretch> week, IReadOnlyList<Period> leave, IReadOnlyDictionary<DateOnly, string> holidays)
{
    private static readonly TimeSpan NotWorthSaying = TimeSpan.FromMinutes(1);

    /// <summary>The hours alone.</summary>
    public DoctorCalendar WithoutLeave() => new(clock, week, [], new Dictionary<DateOnly, string>());

    /// <summary>The hours of a weekday as they stand on the door.</summary>
    public IReadOnlyList<WeekStretch> WeekOn(DayOfWeek weekday) => [.. week.Where(w => w.Weekday == weekday).OrderBy(w => w.From)];

    /// <summary>The hours of the day, whatever leave says. A stretch that a clock change swallows is none.</summary>
    public IReadOnlyList<DayStretch> HoursOn(DateOnly day)
        => [.. WeekOn(day.DayOfWeek)
            .Select(w => new DayStretch(new Period(clock.At(day, w.From), clock.At(day, w.To)), w.SlotMinutes, w.Room))
            .Where(s => s.Time.From < s.Time.To)];

    /// <summary>What the doctor is there for: the hours without leave; nothing on a holiday.</summary>
    public IReadOnlyList<OpenPeriod> OpenOn(DateOnly day)
        => [.. from stretch in HoursOn(day)
               where !holidays.ContainsKey(day)
               from open in Without(stretch.Time, leave)
               select new OpenPeriod(open.From, open.To, stretch.Room)];

    /// <summary>Leave and the holiday of a day, in the words of the book, cut to the day.</summary>
    public IReadOnlyList<ClosedPeriod> ClosedOn(DateOnly day)
    {
        var (from, to) = clock.DayBounds(day);
        return holidays.TryGetValue(day, out var name)
            ? [new ClosedPeriod(from, to, name)]
            : [.. leave.Where(l => l.Overlaps(new Period(from, to))).OrderBy(l => l.From)
                .Select(l => new ClosedPeriod(l.From < from ? from : l.From, l.To > to ? to : l.To, "On leave"))];
    }

    public string? HolidayOn(DateOnly day) => holidays.GetValueOrDefault(day);

    /// <summary>The leave that falls into a time, or null.</summary>
    public Period? LeaveIn(Period time) => leave.FirstOrDefault(l => l.Overlaps(time));

    /// <summary>Length of a slot on this day: that of its first stretch.</summary>
    public int SlotMinutesOn(DateOnly day) => HoursOn(day) is [var first, ..] ? first.SlotMinutes : VisitLength.Usual;

    /// <summary>
    /// The free starts of a day for a visit of some length, from an instant on. They lie on the grid of the stretch, counted from its
    /// beginning, also after leave: what is offered looks the same every day. A visit may be longer than a slot and then needs the
    /// next ones too; it never runs into a break, into leave, or into what is booked even in part.
    /// </summary>
    /// <param name="booked">
    /// What is taken, in any order. Urgent visits are not in it: they are squeezed in over others by the book's own rule, the
    /// constraint does not count them, and what they cost shows as lateness. If they took slots away, one of them between
    /// two slots would close both.
    /// </param>
    public IEnumerable<(Period Time, string? Room)> FreeOn(DateOnly day, int minutes, IReadOnlyList<Period> booked, DateTimeOffset from)
    {
        var open = OpenOn(day);
        var length = TimeSpan.FromMinutes(minutes);
        foreach (var stretch in HoursOn(day))
        {
            for (var start = stretch.Time.From; start + length <= stretch.Time.To; start = start.AddMinutes(stretch.SlotMinutes))
            {
                var time = new Period(start, start + length);
                if (start >= from && open.Any(o => new Period(o.From, o.To).Contains(time)) && !booked.Any(b => b.Overlaps(time)))
                {
                    yield return (time, stretch.Room);
                }
            }
        }
    }

    /// <summary>The same over several days, soonest first.</summary>
    public IEnumerable<(Period Time, string? Room)> FreeFrom(DateTimeOffset from, DateOnly lastDay, int minutes, IReadOnlyList<Period> booked)
    {
        for (var day = clock.DayOf(from); day <= lastDay; day = day.AddDays(1))
        {
            foreach (var free in FreeOn(day, minutes, booked, from))
            {
                yield return free;
            }
        }
    }

    /// <summary>How far a doctor is behind the book: how long the first booked of those who wait has been due, without the urgent ones.</summary>
    public static TimeSpan? Lateness(IEnumerable<DateTimeOffset> startsOfThoseWaiting, DateTimeOffset now)
        => startsOfThoseWaiting.Select(s => (DateTimeOffset?)s).Min() is { } due && now - due > NotWorthSaying ? now - due : null;

    private static IEnumerable<Period> Without(Period time, IReadOnlyList<Period> leave)
    {
        var begins = time.From;
        foreach (var away in leave.Where(l => l.Overlaps(time)).OrderBy(l => l.From))
        {
            if (begins < away.From)
            {
                yield return new Period(begins, away.From);
            }

            begins = away.To > begins ? away.To : begins;
        }

        if (begins < time.To)
        {
            yield return new Period(begins, time.To);
        }
    }
}
