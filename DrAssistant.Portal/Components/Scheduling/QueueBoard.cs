using DrAssistant.Data.Scheduling;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>Who stands where, of the doctors that are looked at: the same facts as the book, in the order of the waiting room.</summary>
public sealed class QueueBoard(DayBook book, Guid? doctor, DateTimeOffset now)
{
    private readonly IReadOnlyList<QueueEntry> _all = [.. book.Doctors
        .Where(d => doctor is null || d.DoctorId == doctor)
        .SelectMany(d => Entries(d))];

    public DayBook Book => book;

    public IReadOnlyList<QueueEntry> Arrived => [.. At(QueuePlace.Arrived).OrderBy(e => e.Visit.ArrivedAt)];

    public IReadOnlyList<QueueEntry> Expected => [.. At(QueuePlace.Expected).OrderBy(e => e.Visit.Start)];

    /// <summary>Urgent, then the longest wait. Of one doctor alone it is the very order in which they are called.</summary>
    public IReadOnlyList<QueueEntry> Waiting => doctor is not null
        ? [.. At(QueuePlace.Waiting).OrderBy(e => e.Turn)]
        : [.. At(QueuePlace.Waiting).OrderByDescending(e => e.Visit.Type is AppointmentType.Urgent).ThenBy(e => e.Visit.CheckedInAt)];

    public IReadOnlyList<QueueEntry> WithNurse => [.. At(QueuePlace.WithNurse).OrderBy(e => e.Visit.NurseSince)];

    public IReadOnlyList<QueueEntry> Done => [.. At(QueuePlace.Done).OrderByDescending(e => e.Visit.EndedAt ?? e.Visit.Start)];

    public IReadOnlyList<QueueEntry> Missed => [.. _all.Where(e => e.Visit.Status is AppointmentStatus.NoShow).OrderBy(e => e.Visit.Start)];

    /// <summary>A room for each doctor who works at this hour, or whom somebody waits for.</summary>
    public IReadOnlyList<QueueRoom> Rooms => [.. book.Doctors
        .Where(d => doctor is null || d.DoctorId == doctor)
        .Select(d => new QueueRoom(d, now))
        .Where(r => r.IsOpen)
        .OrderBy(r => r.Name ?? "~", StringComparer.CurrentCultureIgnoreCase)];

    public TimeSpan? Average
    {
        get
        {
            var waits = Waits.ToList();
            return waits.Count == 0 ? null : TimeSpan.FromTicks((long)waits.Average(w => w.Waited.Ticks));
        }
    }

    public (TimeSpan Waited, string? Token)? Longest => Waits.OrderByDescending(w => w.Waited).Select(w => ((TimeSpan, string?)?)w).FirstOrDefault();

    /// <summary>Whom "call next" means where no doctor is chosen: the first of those who wait for a doctor who has called nobody.</summary>
    public Guid? Foremost => Waiting.FirstOrDefault(e => e.IsNext && Rooms.Any(r => r.Doctor.DoctorId == e.Doctor.DoctorId && r.Called is null))?.Doctor.DoctorId;

    public bool NobodyCame => _all.All(e => e.Visit.Place is QueuePlace.Expected or QueuePlace.NotComing);

    public static int InHouse(DoctorColumn doctor) => doctor.Visits.Count(v => v.Place is not (QueuePlace.Expected or QueuePlace.Done or QueuePlace.NotComing));

    // The clock runs from check-in and goes on over the nurse.
    private IEnumerable<(TimeSpan Waited, string? Token)> Waits => _all
        .Where(e => e.Visit is { Place: QueuePlace.Waiting or QueuePlace.WithNurse, CheckedInAt: not null })
        .Select(e => (now - e.Visit.CheckedInAt!.Value, e.Visit.Token));

    private IEnumerable<QueueEntry> At(QueuePlace place) => _all.Where(e => e.Visit.Place == place);

    private static IEnumerable<QueueEntry> Entries(DoctorColumn doctor)
    {
        var line = doctor.Line.Select((visit, turn) => (visit.AppointmentId, turn)).ToDictionary(v => v.AppointmentId, v => v.turn);
        return doctor.Visits.Select(v => new QueueEntry(v, doctor, line.TryGetValue(v.AppointmentId, out var turn) ? turn : null));
    }
}

/// <summary>Somebody on the board.</summary>
/// <param name="Turn">Place among those who can be called; 0 is next.</param>
public sealed record QueueEntry(BookedVisit Visit, DoctorColumn Doctor, int? Turn)
{
    public bool IsNext => Turn == 0;
}

/// <summary>A doctor's room: who is in it, who is on the way to it, who comes next.</summary>
public sealed class QueueRoom(DoctorColumn doctor, DateTimeOffset now)
{
    /// <summary>How long one waits for somebody who was called.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public DoctorColumn Doctor => doctor;

    public BookedVisit? Inside => doctor.Visits.FirstOrDefault(v => v.Place is QueuePlace.WithDoctor);

    public BookedVisit? Called => doctor.Visits.FirstOrDefault(v => v.Place is QueuePlace.Called);

    public BookedVisit? Next => doctor.Line.Count == 0 ? null : doctor.Line[0];

    public bool IsUnanswered => Called?.CalledAt is { } at && now - at >= Patience;

    public string? Name => Called?.Room ?? Inside?.Room
        ?? (doctor.Hours.Open.FirstOrDefault(o => o.From <= now && now < o.To) ?? (doctor.Hours.Open.Count == 0 ? null : doctor.Hours.Open[0]))?.Room;

    public bool IsOpen => Inside is not null || Called is not null || Next is not null || doctor.Hours.Open.Any(o => o.From <= now && now < o.To);
}
