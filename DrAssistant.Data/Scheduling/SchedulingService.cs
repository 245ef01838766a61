using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

internal sealed class SchedulingService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TokenCounter tokens, CalendarReader calendars,
    ClinicClock clock) : IScheduling
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

    public async Task<Result<string>> CheckInAsync(Guid appointmentId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Appointments.SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is not { } appointment)
        {
            return Refusal.NotFound("Appointment");
        }

        if (user.Role is StaffRole.Doctor && appointment.DoctorId != user.Id)
        {
            return Refusal.Invalid("This appointment is with another doctor.");
        }

        if (GivenTo(appointment) is { } given)
        {
            return given; // a second click, or the other desk was faster
        }

        var before = EnumText.Of(appointment.Status);
        if (appointment.CheckIn(clock.Now, user.Id, await tokens.NextAsync(db, appointment.DoctorId, appointment.StartTime, cancellation)) is { } refusal)
        {
            return refusal;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "appointment.check-in")
        {
            PatientId = appointment.PatientId,
            ResourceType = "appointment",
            ResourceId = appointmentId,
            Changes = [new FieldChange("status", before, EnumText.Of(appointment.Status)), new FieldChange("token", null, appointment.Token)],
        });
        outbox.Add(db, "appointment.changed", appointmentId, appointment.PatientId, new Dictionary<string, string> { ["user"] = appointment.DoctorId.ToString() });
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await AfterALostRaceAsync(appointmentId, cancellation);
        }

        return appointment.Token!;
    }

    private Task NoteReadAsync(ClinicDb db, List<(Guid DoctorId, BookedVisit Visit)> visits, CancellationToken cancellation)
    {
        audit.Add(db, new AuditEntry(AuditAction.Read, "book.read") { PatientIds = [.. visits.Select(v => v.Visit.PatientId).Distinct()] });
        return db.SaveChangesAsync(cancellation);
    }

    private static string? GivenTo(Appointment appointment) => appointment.Status is AppointmentStatus.CheckedIn ? appointment.Token : null;

    /// <summary>Two desks, one patient: whoever lost says the token that was given.</summary>
    private async Task<Result<string>> AfterALostRaceAsync(Guid appointmentId, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is { } now && GivenTo(now) is { } given
            ? given
            : Refusal.Conflict("Someone else changed this appointment. Reload and try again.");
    }
}
