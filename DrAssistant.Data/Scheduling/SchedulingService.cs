using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

internal sealed class SchedulingService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IScheduling
{
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
        audit.Add(db, new AuditEntry(AuditAction.Read, "book.read") { PatientIds = [.. visits.Select(v => v.Visit.PatientId).Distinct()] });
        await db.SaveChangesAsync(cancellation);
        return new DayBook(day, clock.Now, [.. doctors.Select(d => new DoctorColumn(d.Id, d.FullName, d.Specialty, [.. byDoctor[d.Id]]))]);
    }
}
