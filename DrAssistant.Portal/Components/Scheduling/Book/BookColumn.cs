using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>One doctor on one day: a column of the day, and one of the seven of a week.</summary>
public sealed record BookColumn(DateOnly Day, Guid DoctorId, string DoctorName, string? Specialty, IReadOnlyList<BookedVisit> Visits, DoctorHours Hours)
{
    /// <summary>Tells the columns of a page apart, also in its elements' ids.</summary>
    public string Key => FormattableString.Invariant($"{DoctorId:N}-{Day:yyyyMMdd}");

    /// <summary>Nobody can be booked without a question: no hours, or leave over all of them.</summary>
    public bool Works => Hours.Open.Any(open => !Hours.Closed.Any(closed => closed.From <= open.From && closed.To >= open.To));

    public static IReadOnlyList<BookColumn> Of(DayBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return [.. book.Doctors.Select(d => new BookColumn(book.Day, d.DoctorId, d.DoctorName, d.Specialty, d.Visits, d.Hours))];
    }

    public static IReadOnlyList<BookColumn> Of(DoctorDays days)
    {
        ArgumentNullException.ThrowIfNull(days);
        return [.. days.Days.Select(d => new BookColumn(d.Day, days.DoctorId, days.DoctorName, days.Specialty, d.Visits, d.Hours))];
    }

    public override string ToString() => $"{nameof(BookColumn)} {Key}";
}

/// <summary>An appointment with whose it is, as it stood when it was last read.</summary>
public sealed record SeenVisit(BookedVisit Visit, Guid DoctorId, string DoctorName)
{
    public static SeenVisit? Of(IEnumerable<BookColumn> columns, Guid appointmentId)
        => columns.SelectMany(c => c.Visits, (c, v) => new SeenVisit(v, c.DoctorId, c.DoctorName)).FirstOrDefault(s => s.Visit.AppointmentId == appointmentId);

    public override string ToString() => Visit.ToString();
}

/// <summary>A doctor who can be booked.</summary>
public sealed record BookDoctor(Guid Id, string Name, string? Specialty)
{
    public string ShortName => Words.Doctor(Name);
}

/// <summary>A time in a column that somebody chose, by the wall clock of the practice.</summary>
public sealed record ChosenSlot(Guid DoctorId, DateOnly Day, TimeOnly Start)
{
    public static ChosenSlot Of(FreeSlot free, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(free);
        ArgumentNullException.ThrowIfNull(clock);
        var local = clock.Local(free.Start).DateTime;
        return new ChosenSlot(free.DoctorId, DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
