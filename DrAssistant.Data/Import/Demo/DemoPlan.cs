using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Demo.Charts;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Makes the whole demo practice in memory: the same people and the same plan every time, around the practice's today.</summary>
internal sealed class DemoPlan
{
    private const int DraftAgeInDays = 2;

    private readonly DemoRecord _record = new();
    private readonly DemoMoment _moment;
    private readonly DemoCalendar _calendar;
    private readonly DemoTeam _team;
    private readonly ClinicClock _clock;

    private DemoPlan(ClinicClock clock, DateTimeOffset now, DemoTeam team)
    {
        (_clock, _team) = (clock, team);
        _moment = new DemoMoment(clock, now);
        _calendar = new DemoCalendar(clock, _moment);
    }

    /// <summary>Makes it.</summary>
    /// <param name="clock">The practice's clock.</param>
    /// <param name="now">The instant around which everything lies.</param>
    /// <param name="team">The accounts.</param>
    /// <param name="mrn">The MRN of the running-th patient, registered in a year.</param>
    /// <param name="vault">Seals what identifies a patient.</param>
    public static DemoRecord Make(ClinicClock clock, DateTimeOffset now, DemoTeam team, Func<int, int, string> mrn, PatientVault vault)
    {
        var plan = new DemoPlan(clock, now, team);
        plan.SetHours();
        plan.Fill(mrn, vault);
        return plan._record;
    }

    private void SetHours()
    {
        foreach (var (panel, weekday) in DemoPanels.All.SelectMany(panel => _calendar.Weekdays.Select(weekday => (panel, weekday))))
        {
            var hours = _calendar.Hours(panel, weekday);
            _record.Hours.AddRange(hours.Stretches.Select(stretch => new HoursRow(
                Guid.CreateVersion7(), _team.Doctor(panel), (short)weekday, stretch.From, stretch.To, (short)hours.SlotMinutes, hours.Room)));
        }

        var (from, to) = _clock.DayBounds(_calendar.Leave);
        _record.Leaves.Add(new LeaveRow(Guid.CreateVersion7(), _team.Doctor(DemoPanel.Dermatology), from, to, "Family wedding"));
        _record.Holidays.Add(new HolidayRow(_calendar.Holiday, "Founders' day"));
    }

    private void Fill(Func<int, int, string> mrn, PatientVault vault)
    {
        var planner = new DemoHistories(_calendar);
        var histories = DemoPanels.All.ToDictionary(panel => panel, panel => planner.Of(panel, Slots(panel, _calendar.Yesterday), Slots(panel, _moment.Today)));
        var patients = new DemoPatients(histories.Values.SelectMany(h => h), _calendar, _moment, mrn, vault, _record);
        var charts = new DemoCharts(_record, _team, _clock, _moment);
        foreach (var history in histories.Values.SelectMany(h => h))
        {
            charts.Open(history, patients[history.Number]);
        }

        var book = new DemoBook(_calendar, _moment, _team, patients, _record);
        charts.Tell(Live(histories, book, charts));
        var ahead = new DemoAhead(_calendar, book);
        ahead.Fill(histories);
        foreach (var (panel, people) in histories)
        {
            ahead.Cancel(panel, _moment.Today, people);
            ahead.Cancel(panel, _calendar.Ahead[0], people);
        }

        book.CloseTokens();
        FillInboxes(charts);
        new DemoFavourites(_moment, _record).Keep(_team.Doctor(DemoPanels.All[0]));
    }

    private int Slots(DemoPanel panel, DateOnly day) => DemoBook.FullDay(_calendar, panel, day).Count;

    /// <summary>Everything up to now, in the book and in the rooms.</summary>
    private List<DemoSeen> Live(Dictionary<DemoPanel, IReadOnlyList<DemoHistory>> histories, DemoBook book, DemoCharts charts)
    {
        var (past, today) = (new DemoPast(_calendar, book), new DemoDay(_calendar, _moment, book, charts));
        var seen = new List<DemoSeen>();
        foreach (var (panel, people) in histories)
        {
            seen.AddRange(WithOldDraft(past.Live(panel, people)));
            seen.AddRange(today.Live(panel, [.. people.Skip(Slots(panel, _calendar.Yesterday))]));
        }

        return seen;
    }

    /// <summary>One note of some days ago was never signed.</summary>
    private List<DemoSeen> WithOldDraft(List<DemoSeen> seen)
    {
        var latest = seen.Where(s => s.Plan.Day <= _moment.Today.AddDays(-DraftAgeInDays)).MaxBy(s => s.Start)!;
        seen[seen.IndexOf(latest)] = latest with { Note = DemoNoteState.Unsigned };
        return seen;
    }

    private void FillInboxes(DemoCharts charts)
    {
        var results = charts.Orders.ToReview.ToLookup(r => r.Doctor, r => r.Result);
        var (tasks, inbox) = (new DemoTasks(_clock, _moment, _team, _record), new DemoInbox(_moment, _team, _record));
        foreach (var panel in DemoPanels.All)
        {
            var doctor = _team.Doctor(panel);
            List<OrderResult> own = [.. results[doctor]];
            var recent = _record.Encounters.Where(e => e.DoctorId == doctor).OrderByDescending(e => e.StartTime).Skip(3).Select(e => e.PatientId).Distinct().Take(2).ToList();
            tasks.ForDoctor(panel, own, recent);
            inbox.Alert(panel, own, _record.Appointments.FirstOrDefault(a => a.DoctorId == doctor && a.AppointmentType is AppointmentType.Urgent));
        }

        tasks.ForOthers([.. _record.Encounters.OrderByDescending(e => e.StartTime).Select(e => e.PatientId).Distinct().Skip(8).Take(4)]);
        inbox.TellAdmin();
    }
}
