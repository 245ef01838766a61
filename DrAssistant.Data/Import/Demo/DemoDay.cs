using DrAssistant.Data.Import.Demo.Charts;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Today at one doctor: seen, missed, with the doctor, waiting, to come, and one urgent.</summary>
internal sealed class DemoDay(DemoCalendar calendar, DemoMoment moment, DemoBook book, DemoCharts charts)
{
    private const int UrgentFrom = 36;

    private static readonly int[] MinutesWaited = [31, 22, 9];

    private readonly DemoDice _dice = new("today");

    /// <summary>Books the day and moves it on to where it stands; answers who has been or is being seen.</summary>
    public List<DemoSeen> Live(DemoPanel panel, IReadOnlyList<DemoHistory> coming)
    {
        var slots = DemoBook.FullDay(calendar, panel, moment.Today);
        var booked = slots.Zip(coming, (slot, history) => (History: history, Appointment: book.Book(panel, history.Number, slot, TypeOf(history.Next), ReasonOf(history.Next)))).ToList();

        // The one whose slot comes next has come early; two are late, one is inside; all before them are through.
        var next = booked.FindIndex(b => b.Appointment.StartTime >= moment.Book);
        next = next < 0 ? booked.Count - 1 : next;
        var inside = next - 3;
        var seen = new List<DemoSeen>();
        for (var place = 0; place < inside; place++)
        {
            // One early on did not come.
            if (place == 1)
            {
                var absent = booked[place].Appointment;
                absent.Miss(moment.Over(absent.EndTime), absent.CreatedBy);
            }
            else
            {
                seen.Add(Through(panel, booked[place].History, booked[place].Appointment, place, last: place == inside - 1));
            }
        }

        seen.Add(Inside(panel, booked[inside].History, booked[inside].Appointment));
        for (var waiting = 0; waiting < MinutesWaited.Length; waiting++)
        {
            var (history, appointment) = booked[inside + 1 + waiting];
            Wait(panel, history, appointment, moment.GoingOn(moment.Book.AddMinutes(-MinutesWaited[waiting])), isMeasured: waiting < 2);
        }

        foreach (var (_, appointment) in booked.Skip(inside + 1 + MinutesWaited.Length).Where((_, place) => place % 2 == 0))
        {
            appointment.Confirm(appointment.CreatedAt.AddMinutes(40), appointment.CreatedBy);
        }

        if (panel is DemoPanel.GeneralMedicine)
        {
            Urgent(panel, coming.Skip(booked.Count).First(h => h.Person.Years >= UrgentFrom), booked[next].Appointment);
        }

        return seen;
    }

    public static AppointmentType TypeOf(DemoPlannedVisit visit) => (visit.Stage > 0, visit.Story.Lasting) switch
    {
        (true, _) => AppointmentType.FollowUp,
        (_, true) => AppointmentType.InPerson,
        _ => AppointmentType.Routine,
    };

    /// <summary>A first visit is written down in the patient's words, a later one in reception's.</summary>
    public static string ReasonOf(DemoPlannedVisit visit) => visit.Stage == 0 ? visit.Visit.Complaint : visit.Story.Review;

    private DemoSeen Through(DemoPanel panel, DemoHistory history, Appointment appointment, int place, bool last)
    {
        // The day falls behind little by little, up to a quarter of an hour.
        var late = TimeSpan.FromMinutes(Math.Min(15, 2 * place));
        var length = appointment.EndTime - appointment.StartTime;
        var start = moment.Over(appointment.StartTime + late);
        var end = moment.Over(appointment.StartTime + late + (length * 0.8));
        var arrived = moment.Over(appointment.StartTime.AddMinutes(-_dice.Between(4, 14)));
        appointment.CheckIn(arrived, appointment.CreatedBy, book.NextToken(panel, moment.Today));
        appointment.Start(start, appointment.DoctorId);
        appointment.Complete(end, appointment.DoctorId);
        return new DemoSeen(history, history.Next, start, end)
        {
            Appointment = appointment,
            MeasuredAt = arrived + ((start - arrived) / 2),
            Note = last ? DemoNoteState.WithoutPlan : DemoNoteState.Signed,
        };
    }

    private DemoSeen Inside(DemoPanel panel, DemoHistory history, Appointment appointment)
    {
        var arrived = moment.GoingOn(moment.Book.AddMinutes(-34));
        var start = moment.GoingOn(moment.Book.AddMinutes(-8));
        appointment.CheckIn(arrived, appointment.CreatedBy, book.NextToken(panel, moment.Today));
        appointment.Start(start, appointment.DoctorId);
        return new DemoSeen(history, history.Next, start, null)
        {
            Appointment = appointment,
            MeasuredAt = moment.GoingOn(moment.Book.AddMinutes(-19)),
            Note = DemoNoteState.Begun,
        };
    }

    private void Wait(DemoPanel panel, DemoHistory history, Appointment appointment, DateTimeOffset arrived, bool isMeasured)
    {
        appointment.CheckIn(arrived, appointment.CreatedBy, book.NextToken(panel, moment.Today));
        if (isMeasured)
        {
            charts.Measure(history, arrived + ((moment.Now - arrived) / 3));
        }
    }

    /// <summary>Somebody who cannot wait for a slot: in between, over the one who is due.</summary>
    private void Urgent(DemoPanel panel, DemoHistory history, Appointment due)
    {
        var slot = new DemoSlot(due.StartTime, due.EndTime - due.StartTime);
        var urgent = book.Book(panel, history.Number, slot, AppointmentType.Urgent, "Chest tightness since morning");
        Wait(panel, history, urgent, moment.GoingOn(moment.Book.AddMinutes(-14)), isMeasured: true);
    }
}
