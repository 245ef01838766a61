using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>What becomes of a doctor's appointments when the doctor leaves the practice.</summary>
internal sealed class AppointmentHandOver(TimeProvider time)
{
    /// <summary>Still to come, and nobody of them has arrived.</summary>
    public IQueryable<Appointment> Ahead(ClinicDb db, Guid doctor)
    {
        var now = time.GetUtcNow();
        return db.Appointments.Where(a => a.DoctorId == doctor && a.StartTime > now
            && (a.Status == AppointmentStatus.Scheduled || a.Status == AppointmentStatus.Confirmed));
    }

    /// <summary>All of them to a colleague, at the times that they have; refused where the colleague is taken.</summary>
    public async Task<Refusal?> MoveAsync(ClinicDb db, AuditTrail audit, OutboxWriter outbox, Guid from, Guid to, Guid? by, CancellationToken cancellation)
    {
        var ahead = await Ahead(db, from).ToListAsync(cancellation);
        var taken = await Ahead(db, from).CountAsync(
            a => a.AppointmentType != AppointmentType.Urgent && db.Appointments.Any(o => o.DoctorId == to
                && o.AppointmentType != AppointmentType.Urgent && o.Status != AppointmentStatus.Cancelled && o.Status != AppointmentStatus.NoShow
                && o.StartTime < a.EndTime && a.StartTime < o.EndTime),
            cancellation);
        if (taken > 0)
        {
            return Refusal.Invalid(
                FormattableString.Invariant($"At {taken} of these {ahead.Count} times this colleague has another patient. Choose somebody else, or leave the appointments for reception to move."),
                "AppointmentsTo");
        }

        foreach (var appointment in ahead)
        {
            Note(db, audit, outbox, appointment, "appointment.move", a => a.Move(time.GetUtcNow(), by, to, a.StartTime, a.EndTime));
        }

        await db.SaveChangesAsync(cancellation);
        return null;
    }

    public async Task CancelAsync(ClinicDb db, AuditTrail audit, OutboxWriter outbox, Guid doctor, string reason, Guid? by, CancellationToken cancellation)
    {
        foreach (var appointment in await Ahead(db, doctor).ToListAsync(cancellation))
        {
            Note(db, audit, outbox, appointment, "appointment.cancel", a => a.Cancel(time.GetUtcNow(), by, reason));
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static void Note(ClinicDb db, AuditTrail audit, OutboxWriter outbox, Appointment appointment, string what, Func<Appointment, Refusal?> act)
    {
        var (before, from) = (AppointmentFields.Of(appointment), appointment.DoctorId);
        if (act(appointment) is not null)
        {
            return;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, what)
        {
            PatientId = appointment.PatientId,
            ResourceType = "appointment",
            ResourceId = appointment.Id,
            Changes = AppointmentFields.Changes(before, appointment),
        });
        foreach (var doctor in new[] { from, appointment.DoctorId }.Distinct())
        {
            outbox.Add(db, "appointment.changed", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = doctor.ToString() });
        }
    }
}
