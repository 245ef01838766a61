using System.Globalization;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// The appointment book while it is filled: knows which slots are free and who is booked on a day already, so that what it
/// gives out keeps the rules of the real book.
/// </summary>
internal sealed class DemoBook(DemoCalendar calendar, DemoMoment moment, DemoTeam team, DemoPatients patients, DemoRecord record)
{
    private const int PercentFull = 87;
    private const int AlwaysFull = 6;

    private readonly Dictionary<(DemoPanel, DateOnly), List<DemoSlot>> _free = [];
    private readonly HashSet<(int Patient, DateOnly Day)> _booked = [];
    private readonly Dictionary<(DemoPanel, DateOnly), int> _tokens = [];
    private readonly DemoDice _dice = new("book");

    /// <summary>
    /// The slots of a full day: about one in eight stays free. The first of them never, so that the day has begun by eleven.
    /// </summary>
    public static IReadOnlyList<DemoSlot> FullDay(DemoCalendar calendar, DemoPanel panel, DateOnly day)
    {
        var dice = new DemoDice($"full day {panel}", day.DayNumber - calendar.Today.DayNumber);
        return [.. calendar.Slots(panel, day).Where((_, place) => place < AlwaysFull || dice.Chance(PercentFull))];
    }

    public bool IsBooked(int patient, DateOnly day) => _booked.Contains((patient, day));

    public Appointment Book(DemoPanel panel, int patient, DemoSlot slot, AppointmentType type, string reason)
    {
        var day = calendar.Clock.DayOf(slot.Start);
        _booked.Add((patient, day));
        FreeSlots(panel, day).RemoveAll(free => free.Start == slot.Start);
        var known = patients[patient].CreatedAt;
        var made = slot.Start.AddDays(-_dice.Between(1, 12)).AddMinutes(_dice.Between(-200, 200));
        var createdAt = Latest(known, Earliest(made, moment.Now.AddHours(-1)));
        var by = _dice.Of(team.Receptionists);
        var appointment = new Appointment
        {
            Id = Guid.CreateVersion7(),
            DoctorId = team.Doctor(panel),
            PatientId = patients[patient].Id,
            StartTime = slot.Start,
            EndTime = slot.End,
            AppointmentType = type,
            Reason = reason,
            Room = type is AppointmentType.Telemedicine ? null : calendar.Hours(panel, day.DayOfWeek).Room,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            CreatedBy = by,
            PlacedAt = createdAt,
            PlacedBy = by,
        };
        record.Appointments.Add(appointment);
        return appointment;
    }

    /// <summary>A free slot of that day, or none when nobody works or all is taken.</summary>
    public DemoSlot? AnySlot(DemoPanel panel, DateOnly day)
        => FreeSlots(panel, day) is { Count: > 0 } free ? _dice.Of(free) : null;

    /// <summary>The next token of the doctor's day: A01, A02 and so on.</summary>
    public string NextToken(DemoPanel panel, DateOnly day)
    {
        var number = _tokens[(panel, day)] = _tokens.GetValueOrDefault((panel, day)) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{panel.Letter()}{number:00}");
    }

    /// <summary>Writes down how far each day's tokens have come, once all are given.</summary>
    public void CloseTokens()
    {
        foreach (var ((panel, day), number) in _tokens)
        {
            record.Tokens.Add(new TokenRow(team.Doctor(panel), day, panel.Letter(), (short)number));
        }
    }

    private List<DemoSlot> FreeSlots(DemoPanel panel, DateOnly day)
    {
        if (!_free.TryGetValue((panel, day), out var free))
        {
            free = _free[(panel, day)] = calendar.Works(panel, day) ? [.. calendar.Slots(panel, day)] : [];
        }

        return free;
    }

    private static DateTimeOffset Earliest(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
