using DrAssistant.Data.Import.Demo.Charts;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>The book of the days behind: yesterday full, eight weeks before it thin, and visits from before the book began.</summary>
internal sealed class DemoPast(DemoCalendar calendar, DemoBook book)
{
    private readonly DemoDice _dice = new("past");

    /// <summary>Books the visits that were and answers that they took place, but for the few who did not come yesterday.</summary>
    public List<DemoSeen> Live(DemoPanel panel, IReadOnlyList<DemoHistory> histories)
    {
        var yesterday = new Queue<DemoSlot>(DemoBook.FullDay(calendar, panel, calendar.Yesterday));
        var (seen, missed) = (new List<DemoSeen>(), new List<(DemoHistory History, DemoPlannedVisit Visit)>());
        foreach (var history in histories)
        {
            foreach (var visit in history.Past)
            {
                var slot = visit.Day == calendar.Yesterday && yesterday.TryDequeue(out var full) ? full : book.AnySlot(panel, visit.Day);
                if (slot is null || book.IsBooked(history.Number, visit.Day))
                {
                    continue;
                }

                if (visit.Day == calendar.Yesterday && !visit.ForInbox && _dice.Chance(7))
                {
                    var absent = Booked(panel, history, visit, slot);
                    absent.Miss(slot.End, absent.CreatedBy);
                    missed.Add((history, visit));
                }
                else
                {
                    seen.Add(Took(panel, history, visit, slot));
                }
            }
        }

        // What did not take place is no history.
        missed.ForEach(m => m.History.Past.Remove(m.Visit));
        return seen;
    }

    private Appointment Booked(DemoPanel panel, DemoHistory history, DemoPlannedVisit visit, DemoSlot slot)
        => book.Book(panel, history.Number, slot, DemoDay.TypeOf(visit), DemoDay.ReasonOf(visit));

    private DemoSeen Took(DemoPanel panel, DemoHistory history, DemoPlannedVisit visit, DemoSlot slot)
    {
        var start = slot.Start.AddMinutes(_dice.Between(0, 5));
        var end = start + (slot.Length * (_dice.Between(50, 80) / 100.0));
        var arrived = slot.Start.AddMinutes(-_dice.Between(3, 18));
        Appointment? appointment = null;
        if (visit.Day >= calendar.Back[^1])
        {
            appointment = Booked(panel, history, visit, slot);
            appointment.CheckIn(arrived, appointment.CreatedBy, book.NextToken(panel, visit.Day));
            appointment.Start(start, appointment.DoctorId);
            appointment.Complete(end, appointment.DoctorId);
        }

        return new DemoSeen(history, visit, start, end) { Appointment = appointment, MeasuredAt = arrived + ((start - arrived) / 2) };
    }
}
