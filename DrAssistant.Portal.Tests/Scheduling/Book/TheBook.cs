using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>A page of an appointment book to lay out: Thursday 05-Nov-2026, 10:41, two doctors.</summary>
internal static class TheBook
{
    public static readonly Guid Iyer = new("0193a000-0000-7000-8000-000000000001");
    public static readonly Guid Nair = new("0193a000-0000-7000-8000-000000000002");

    public static ClinicClock Clock { get; } = new(new HandClock(Day.Now), Options.Create(new ClinicOptions { Name = "A practice", TimeZone = "Asia/Kolkata" }));

    /// <summary>09:00 to 13:00 and 14:00 to 17:00, a quarter of an hour each.</summary>
    public static DoctorHours Hours(int slot = 15, IReadOnlyList<ClosedPeriod>? closed = null, int free = 12, TimeSpan? late = null, DateOnly? day = null)
    {
        var shift = (day ?? Day.Date).DayNumber - Day.Date.DayNumber;
        return new DoctorHours(
            slot,
            [
                new OpenPeriod(Day.At(9, 0).AddDays(shift), Day.At(13, 0).AddDays(shift), "Room 1"),
                new OpenPeriod(Day.At(14, 0).AddDays(shift), Day.At(17, 0).AddDays(shift), "Room 1"),
            ],
            closed ?? [], free, late);
    }

    public static BookedVisit Visit(
        string first, string last, DateTimeOffset start, int minutes = 15, AppointmentStatus status = AppointmentStatus.Scheduled,
        AppointmentType type = AppointmentType.FollowUp, string? token = null, string? reason = null)
        => new(
            Guid.CreateVersion7(), Guid.CreateVersion7(), new PersonName(first, last), Age.On(Day.Date, new DateOnly(1980, 3, 1)), Gender.Female, "SC24-004812-4",
            start, start.AddMinutes(minutes), status, type, reason, token, "Room 1", status is AppointmentStatus.CheckedIn ? Day.Now.AddMinutes(-12) : null);

    public static BookColumn Column(DoctorHours hours, params BookedVisit[] visits)
        => new(Day.Date, Iyer, "Dr. Meera Iyer", "General medicine", visits, hours);

    public static ColumnLayout Lay(BookColumn column) => ColumnLayout.Of(column, BookScale.Of([column], Clock), Clock);

    public static DayBook Of(DateOnly day, IReadOnlyList<BookedVisit> iyer, IReadOnlyList<BookedVisit>? nair = null, bool works = true) => new(day, Day.Now,
    [
        new DoctorColumn(Iyer, "Dr. Meera Iyer", "General medicine", iyer) { Hours = works ? Hours(day: day) : DoctorHours.None },
        new DoctorColumn(Nair, "Dr. Arjun Nair", "General medicine", nair ?? []) { Hours = works ? Hours(free: 9, late: TimeSpan.FromMinutes(20), day: day) : DoctorHours.None },
    ]);

    /// <summary>Days of one doctor, who sees the given patients on <see cref="Day.Date"/>.</summary>
    public static DoctorDays Days(Guid doctor, DateOnly from, int days, IReadOnlyList<BookedVisit> visits) => new(
        doctor, doctor == Nair ? "Dr. Arjun Nair" : "Dr. Meera Iyer", "General medicine",
        [.. Enumerable.Range(0, days).Select(from.AddDays).Select(day => new DoctorDayColumn(day, day == Day.Date ? visits : [], Hours(day: day)))]);

    public static FreeSlot Free(int hour, int minute, Guid? doctor = null, int days = 0)
        => new(
            doctor ?? Iyer, doctor == Nair ? "Dr. Arjun Nair" : "Dr. Meera Iyer", "General medicine",
            Day.At(hour, minute).AddDays(days), Day.At(hour, minute).AddDays(days).AddMinutes(15), "Room 1");
}
