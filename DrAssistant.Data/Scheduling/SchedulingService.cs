using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

internal sealed class SchedulingService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, CalendarReader calendars, ClinicClock clock) : IScheduling
{
    private const int MostDays = 42;

    private bool SeesAll => user.Role is not StaffRole.Doctor;

    public async Task<Result<DayBook>> DayAsync(DateOnly day, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAppointments))
        {
            return Refusal.Forbidden;
        }

        var (from, to) = clock.DayBounds(day);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var visits = await BookedVisits.BetweenAsync(db, clock, from, to, doctor: null, cancellation);
        var byDoctor = visits.ToLookup(v => v.DoctorId, v => v.Visit);
        var booked = byDoctor.Select(g => g.Key).ToList();

        // A doctor who has left may still be booked: somebody must see those appointments and move them.
        var doctors = await db.Users.AsNoTracking()
            .Where(u => (u.Role == StaffRole.Doctor && u.Status == StaffStatus.Active) || booked.Contains(u.Id))
            .OrderBy(u => u.FullName).ThenBy(u => u.Id)
            .Select(u => new { u.Id, u.FullName, u.Specialty })
            .ToListAsync(cancellation);
        await NoteReadAsync(db, visits, cancellation);
        var hours = (await calendars.ReadAsync(new WhoseCalendars(), day, day, cancellation)).ToDictionary(c => c.DoctorId);
        return new DayBook(day, clock.Now, [.. doctors.Select(d => new DoctorColumn(d.Id, d.FullName, d.Specialty, [.. byDoctor[d.Id]])
        {
            Hours = hours.TryGetValue(d.Id, out var read) ? WorkingDay.Of(read, day, [.. byDoctor[d.Id]], SeesAll, clock) : DoctorHours.None,
        })]);
    }

    public async Task<Result<DoctorDays>> DaysAsync(Guid doctorId, DateOnly from, int days, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAppointments))
        {
            return Refusal.Forbidden;
        }

        if (days is < 1 or > MostDays)
        {
            return Refusal.Invalid($"The book shows 1 to {MostDays} days at once.");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == doctorId, cancellation) is not { } doctor)
        {
            return Refusal.NotFound("Doctor");
        }

        var last = from.AddDays(days - 1);
        var visits = await BookedVisits.BetweenAsync(db, clock, clock.DayBounds(from).From, clock.DayBounds(last).To, doctorId, cancellation);
        var byDay = visits.ToLookup(v => clock.DayOf(v.Visit.Start), v => v.Visit);
        await NoteReadAsync(db, visits, cancellation);
        var hours = await calendars.ReadAsync(new WhoseCalendars(doctorId), from, last, cancellation);
        return new DoctorDays(doctorId, doctor.FullName, doctor.Specialty, [.. Enumerable.Range(0, days).Select(from.AddDays).Select(day => new DoctorDayColumn(
            day, [.. byDay[day]], hours is [var read] ? WorkingDay.Of(read, day, [.. byDay[day]], SeesAll, clock) : DoctorHours.None))]);
    }

    private Task NoteReadAsync(ClinicDb db, List<(Guid DoctorId, BookedVisit Visit)> visits, CancellationToken cancellation)
    {
        audit.Add(db, new AuditEntry(AuditAction.Read, "book.read") { PatientIds = [.. visits.Select(v => v.Visit.PatientId).Distinct()] });
        return db.SaveChangesAsync(cancellation);
    }
}
