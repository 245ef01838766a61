using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>Reads what a calendar's page shows.</summary>
internal sealed class CalendarViews(CalendarKeeping keeping, ClinicClock clock)
{
    public async Task<Result<DoctorCalendarView>> OfDoctorAsync(ClinicDb db, Guid doctorId, CancellationToken cancellation)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == doctorId && u.Role == StaffRole.Doctor, cancellation) is not { } doctor)
        {
            return Refusal.NotFound("Doctor");
        }

        // Why somebody is away is for those who keep the calendar.
        var (now, mayKnow) = (clock.Now, keeping.MayKeep(doctorId));
        var week = await db.WorkingHours.AsNoTracking().Where(h => h.DoctorId == doctorId).OrderBy(h => h.Weekday).ThenBy(h => h.StartTime).ToListAsync(cancellation);
        var leave = await db.DoctorLeave.AsNoTracking().Where(l => l.DoctorId == doctorId && l.ToTime > now).OrderBy(l => l.FromTime)
            .Select(l => new LeaveView(l.Id, l.FromTime, l.ToTime, mayKnow ? l.Reason : null)).ToListAsync(cancellation);
        return new DoctorCalendarView(doctorId, doctor.FullName, doctor.Specialty, week.ConvertAll(h => new HoursDraft
        {
            Weekday = h.Weekday,
            From = h.StartTime,
            To = h.EndTime,
            SlotMinutes = h.SlotMinutes,
            Room = h.Room,
        }), leave)
        {
            MayKeep = mayKnow,
            WeekVersion = VersionOf(week),
        };
    }

    /// <summary>A week is replaced whole, and its rows' ids rise with time.</summary>
    public static Guid VersionOf(IEnumerable<WorkingHours> week) => week.Select(h => h.Id).DefaultIfEmpty().Max();

    public async Task<PracticeCalendarView> OfPracticeAsync(ClinicDb db, CancellationToken cancellation)
    {
        var today = clock.Today;
        var holidays = await db.PracticeHolidays.AsNoTracking().Where(h => h.Day >= today).OrderBy(h => h.Day).Select(h => new Holiday(h.Day, h.Name)).ToListAsync(cancellation);
        var set = await db.VisitLengths.AsNoTracking().ToDictionaryAsync(l => l.AppointmentType, l => (int)l.Minutes, cancellation);
        return new PracticeCalendarView(holidays, Enum.GetValues<AppointmentType>().ToDictionary(type => type, type => set.GetValueOrDefault(type, VisitLength.Usual)))
        {
            Doctors = await db.Users.AsNoTracking().Where(u => u.Role == StaffRole.Doctor && u.Status == StaffStatus.Active).OrderBy(u => u.FullName)
                .Select(u => new CalendarDoctor(u.Id, u.FullName, u.Specialty)).ToListAsync(cancellation),
            MayKeep = keeping.MayKeepPractice,
        };
    }
}
