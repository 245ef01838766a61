using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>An appointment in its column. Where several share a time they stand side by side, each in a lane.</summary>
public sealed record PlacedVisit(BookedVisit Visit, int From, int To, int Lane, int Lanes)
{
    public bool Overlaps => Lanes > 1;

    public override string ToString() => Visit.ToString();
}

/// <summary>A stretch in which the doctor does not work, and why.</summary>
/// <param name="Leave">Hatched: leave or a holiday; else outside the hours.</param>
public sealed record ShutStretch(int From, int To, string Words, bool Leave);

/// <summary>Free slots that follow one another: one line says how many, each can be chosen.</summary>
public sealed record FreeRun(int From, int To, IReadOnlyList<int> Starts);

/// <summary>Where everything of one column stands, in minutes of its day.</summary>
public sealed record ColumnLayout(IReadOnlyList<PlacedVisit> Visits, IReadOnlyList<ShutStretch> Shut, IReadOnlyList<FreeRun> Free)
{
    public static ColumnLayout Of(BookColumn column, BookScale scale, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(clock);
        var spans = column.Visits
            .Select(v => new VisitSpan(v, BookTime.MinuteOf(v.Start, column.Day, clock), BookTime.MinuteOf(v.End, column.Day, clock)))
            .ToList();

        // A cancelled visit whose time was given away again is in nobody's way; a missed one stays, for the patient may still come.
        var shown = spans.Where(s => s.Visit.Status is not AppointmentStatus.Cancelled || !spans.Exists(o => BookWords.IsLive(o.Visit) && Meet(o, s))).ToList();
        var hours = HoursOf(column, clock);
        return new ColumnLayout(Lanes(shown), ShutOf(hours, scale), FreeOf(column, hours, shown, clock));
    }

    private static bool Meet(VisitSpan one, VisitSpan other) => one.From < other.To && other.From < one.To;

    /// <summary>Side by side where they meet. The urgent one comes last and so stands at the right, as the one that was squeezed in.</summary>
    private static List<PlacedVisit> Lanes(List<VisitSpan> spans)
    {
        var placed = new List<PlacedVisit>();
        var ordered = spans.OrderBy(s => s.From).ThenBy(s => s.To).ToList();
        for (var at = 0; at < ordered.Count;)
        {
            var end = ordered[at].To;
            var next = at + 1;
            while (next < ordered.Count && ordered[next].From < end)
            {
                end = Math.Max(end, ordered[next].To);
                next++;
            }

            placed.AddRange(LanesOf(ordered[at..next]));
            at = next;
        }

        return placed;
    }

    private static IEnumerable<PlacedVisit> LanesOf(List<VisitSpan> cluster)
    {
        var ends = new List<int>();
        var lanes = new List<(VisitSpan Span, int Lane)>();
        foreach (var span in cluster.OrderBy(s => s.Visit.Type is AppointmentType.Urgent).ThenBy(s => s.From))
        {
            var lane = ends.FindIndex(end => end <= span.From);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(span.To);
            }

            ends[lane] = span.To;
            lanes.Add((span, lane));
        }

        return lanes.OrderBy(l => l.Span.From).ThenBy(l => l.Lane)
            .Select(l => new PlacedVisit(l.Span.Visit, l.Span.From, l.Span.To, l.Lane, ends.Count));
    }

    private static ColumnHours HoursOf(BookColumn column, ClinicClock clock)
    {
        (int From, int To) Minutes(DateTimeOffset from, DateTimeOffset to)
            => (BookTime.MinuteOf(from, column.Day, clock), BookTime.MinuteOf(to, column.Day, clock));

        return new ColumnHours(
            [.. column.Hours.Open.Select(o => Minutes(o.From, o.To)).OrderBy(o => o.From)],
            Joined(column.Hours.Closed.Select(c => (Minutes(c.From, c.To), c.Words)).Select(c => (c.Item1.From, c.Item1.To, c.Words))));
    }

    /// <summary>What is closed for the same reason without a break is one stretch: a colleague's full morning says so once.</summary>
    private static List<(int From, int To, string Words)> Joined(IEnumerable<(int From, int To, string Words)> closed)
    {
        var joined = new List<(int From, int To, string Words)>();
        foreach (var next in closed.OrderBy(c => c.From))
        {
            var before = joined.FindIndex(c => c.Words == next.Words && c.From <= next.From && c.To >= next.From);
            if (before < 0)
            {
                joined.Add(next);
            }
            else
            {
                joined[before] = joined[before] with { To = Math.Max(joined[before].To, next.To) };
            }
        }

        return joined;
    }

    private static List<ShutStretch> ShutOf(ColumnHours hours, BookScale scale)
    {
        var shut = new List<ShutStretch>();
        if (hours.Open.Count == 0)
        {
            shut.Add(new ShutStretch(scale.From, scale.To, hours.Closed.Count > 0 ? "" : "No hours on this day", Leave: false));
        }
        else
        {
            Add(scale.From, hours.Open[0].From, $"Starts {BookTime.Words(hours.Open[0].From)}");
            for (var at = 1; at < hours.Open.Count; at++)
            {
                Add(hours.Open[at - 1].To, hours.Open[at].From, Pause(hours.Open[at - 1].To, hours.Open[at].From));
            }

            Add(hours.Open[^1].To, scale.To, $"Ends {BookTime.Words(hours.Open[^1].To)}");
        }

        shut.AddRange(hours.Closed.Where(c => c.To > scale.From && c.From < scale.To).Select(c => Leave(c, hours, scale)));
        return shut;

        // What leave covers says so itself.
        void Add(int from, int to, string words)
        {
            foreach (var (begins, ends) in Without(from, to, hours.Closed))
            {
                shut.Add(new ShutStretch(begins, ends, words, Leave: false));
            }
        }
    }

    private static IEnumerable<(int From, int To)> Without(int from, int to, List<(int From, int To, string Words)> closed)
    {
        foreach (var away in closed.Where(c => c.From < to && c.To > from).OrderBy(c => c.From))
        {
            if (away.From > from)
            {
                yield return (from, away.From);
            }

            from = Math.Max(from, away.To);
        }

        if (from < to)
        {
            yield return (from, to);
        }
    }

    private static ShutStretch Leave((int From, int To, string Words) closed, ColumnHours hours, BookScale scale)
    {
        var (begins, ends) = hours.Open.Count > 0 ? (hours.Open[0].From, hours.Open[^1].To) : (scale.From, scale.To);
        var words = (closed.From > begins, closed.To < ends) switch
        {
            (true, true) => $"{closed.Words} {BookTime.Words(closed.From)} to {BookTime.Words(closed.To)}",
            (true, false) => $"{closed.Words} from {BookTime.Words(closed.From)}",
            (false, true) => $"{closed.Words} to {BookTime.Words(closed.To)}",
            _ => closed.Words,
        };
        return new ShutStretch(Math.Max(closed.From, scale.From), Math.Min(closed.To, scale.To), words, Leave: true);
    }

    // What lies over the middle of the day is lunch in every practice.
    private static string Pause(int from, int to) => from < 15 * 60 && to > 12 * 60 ? "Lunch" : "Break";

    private static List<FreeRun> FreeOf(BookColumn column, ColumnHours hours, List<VisitSpan> shown, ClinicClock clock)
    {
        var slot = Math.Max(1, column.Hours.SlotMinutes);
        var now = column.Day == clock.Today ? BookTime.MinuteOf(clock.Now, column.Day, clock) : column.Day < clock.Today ? int.MaxValue : -1;
        var runs = new List<FreeRun>();
        foreach (var open in hours.Open)
        {
            var starts = new List<int>();
            for (var at = FirstSlot(open.From, slot, hours); at + slot <= open.To; at += slot)
            {
                var to = at + slot;
                if (at >= now && !shown.Exists(s => s.From < to && at < s.To) && !hours.Closed.Exists(c => c.From < to && at < c.To))
                {
                    starts.Add(at);
                }
                else
                {
                    Close(starts);
                    starts = [];
                }
            }

            Close(starts);
        }

        return runs;

        void Close(List<int> starts)
        {
            if (starts.Count > 0)
            {
                runs.Add(new FreeRun(starts[0], starts[^1] + slot, starts));
            }
        }
    }

    /// <summary>Slots are counted from the beginning of the hours, also after leave: what is offered looks the same every day.</summary>
    private static int FirstSlot(int from, int slot, ColumnHours hours)
    {
        if (!hours.Closed.Exists(c => c.To == from))
        {
            return from;
        }

        var counted = hours.Open.Where(o => o.From < from).Select(o => o.From).DefaultIfEmpty(0).Max();
        return counted + ((from - counted + slot - 1) / slot * slot);
    }

    private sealed record VisitSpan(BookedVisit Visit, int From, int To);

    private sealed record ColumnHours(List<(int From, int To)> Open, List<(int From, int To, string Words)> Closed);
}
