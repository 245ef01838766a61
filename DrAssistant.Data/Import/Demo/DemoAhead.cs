using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>The book of the days ahead, and what was cancelled in it.</summary>
internal sealed class DemoAhead(DemoCalendar calendar, DemoBook book)
{
    private static readonly string[] CancelReasons =
    [
        "Patient is out of town", "Feels well again", "Called: no leave from work", "Moved to another day by telephone",
        "Child has examinations", "Went to a hospital nearer home",
    ];

    private readonly DemoDice _dice = new("ahead");

    public void Fill(IReadOnlyDictionary<DemoPanel, IReadOnlyList<DemoHistory>> histories)
    {
        var queues = histories.ToDictionary(h => h.Key, h => new Queue<DemoHistory>(_dice.Shuffled(h.Value)));
        foreach (var day in calendar.Ahead)
        {
            foreach (var panel in DemoPanels.All.Where(panel => calendar.Works(panel, day)))
            {
                foreach (var slot in DemoBook.FullDay(calendar, panel, day))
                {
                    Book(panel, day, slot, queues);
                }
            }
        }
    }

    /// <summary>A few of a day did not keep their promise: somebody else may have the slot by now.</summary>
    public void Cancel(DemoPanel panel, DateOnly day, IReadOnlyList<DemoHistory> histories)
    {
        var slots = calendar.Slots(panel, day);
        var others = _dice.Shuffled(histories).Where(h => !book.IsBooked(h.Number, day)).Take(_dice.Between(1, 2)).ToList();
        foreach (var history in others)
        {
            var appointment = book.Book(panel, history.Number, _dice.Of(slots), DemoDay.TypeOf(history.Next), DemoDay.ReasonOf(history.Next));
            appointment.Cancel(SaidAt(appointment), appointment.CreatedBy, _dice.Of(CancelReasons));
        }
    }

    /// <summary>The patient rang within the hour after booking, which is never ahead of now.</summary>
    private static DateTimeOffset SaidAt(Appointment appointment) => appointment.CreatedAt.AddMinutes(40);

    private static AppointmentType AheadType(DemoHistory history) => history.IsNew ? DemoDay.TypeOf(history.Next) : AppointmentType.FollowUp;

    private void Book(DemoPanel panel, DateOnly day, DemoSlot slot, Dictionary<DemoPanel, Queue<DemoHistory>> queues)
    {
        // Some need a doctor who is not their usual one; the children's doctor sees children only.
        var from = panel is not DemoPanel.Paediatrics && _dice.Chance(8) ? _dice.Of(DemoPanels.All) : panel;
        from = from is DemoPanel.Paediatrics ? panel : from;
        var queue = queues[from];
        for (var tried = 0; tried < queue.Count; tried++)
        {
            var history = queue.Dequeue();
            queue.Enqueue(history);
            if (book.IsBooked(history.Number, day))
            {
                continue;
            }

            var byVideo = panel is DemoPanel.GeneralMedicine or DemoPanel.Cardiology && !history.IsNew && _dice.Chance(6);
            var appointment = book.Book(
                panel,
                history.Number,
                slot,
                byVideo ? AppointmentType.Telemedicine : AheadType(history),
                from == panel ? history.Next.Story.Review : "Second opinion, brings reports");
            if (_dice.Chance(35))
            {
                appointment.Confirm(SaidAt(appointment), appointment.CreatedBy);
            }

            return;
        }
    }
}
