using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>What every change of a calendar does besides: ask who may, take turns, audit, and tell the open books.</summary>
internal sealed class CalendarKeeping(ICurrentUser user, AuditTrail audit, OutboxWriter outbox)
{
    // Any number, the same in every portal.
    private const int Turn = 0x6361_6C65;

    /// <summary>Reception and admins keep everybody's, a doctor their own.</summary>
    public bool MayKeep(Guid doctorId) => user.Can(Permissions.WriteCalendars) && (user.Role is not StaffRole.Doctor || user.Id == doctorId);

    /// <summary>What concerns the whole practice is not a doctor's own.</summary>
    public bool MayKeepPractice => user.Can(Permissions.WriteCalendars) && user.Role is not StaffRole.Doctor;

    /// <summary>Two who replace one week at once take turns: otherwise both would stand.</summary>
    public static Task TakeTurnAsync(ClinicDb db, Guid doctorId, CancellationToken cancellation)
        => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn}, hashtext({doctorId.ToString()}))", cancellation);

    /// <summary>Writes down a change, for the save that follows.</summary>
    /// <param name="db">What saves next.</param>
    /// <param name="act">As the audit trail names it.</param>
    /// <param name="doctorId">Whose calendar; null for the practice's.</param>
    /// <param name="change">What it was and is.</param>
    /// <param name="patients">Whose appointments the answer shows.</param>
    public void Note(ClinicDb db, string act, Guid? doctorId, FieldChange change, IReadOnlyCollection<Guid>? patients = null)
    {
        var action = change switch { { Before: null } => AuditAction.Create, { After: null } => AuditAction.Delete, _ => AuditAction.Update };
        audit.Add(db, new AuditEntry(action, act)
        {
            ResourceType = doctorId is null ? "practice" : "doctor",
            ResourceId = doctorId,
            PatientIds = patients is { Count: > 0 } ? patients : null,
            Changes = [change],
        });

        // Without a user: every open book shows it, whoever's it is.
        outbox.Add(db, "appointment.calendar", doctorId);
    }
}
