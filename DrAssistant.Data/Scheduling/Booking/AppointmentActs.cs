using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>What somebody does to an appointment that is in the book.</summary>
/// <param name="Event">As the audit trail names it.</param>
/// <param name="Do">One of the appointment's verbs; a refusal means that its state does not allow it any more.</param>
internal sealed record Act(string Event, Func<Appointment, Refusal?> Do)
{
    /// <summary>Further conditions, in the words of the desk.</summary>
    public Func<Appointment, Refusal?> Unless { get; init; } = static _ => null;

    /// <summary>Where whoever moves it saw it.</summary>
    public (DateTimeOffset Start, Guid Doctor)? Seen { get; init; }

    /// <summary>What did not happen where the time is taken; null for what takes no time.</summary>
    public string? Nothing { get; init; }
}

/// <summary>Does it: loads, asks the verb, audits, tells, and saves, with a sentence for every way in which somebody else was faster.</summary>
internal sealed class AppointmentActs(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, Overtaken words, LostSlot lost, ClinicClock clock)
{
    // Any number, the same in every portal.
    private const long Turn = 0x626F_6F6B;

    public async Task<Result<BookedVisit>> DoAsync(Guid appointmentId, Act act, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (act.Nothing is not null)
        {
            // Two that move into each other's way at once would wait for each other until one is shot as a deadlock: they take
            // turns. Such acts are few, and short.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellation);
        }

        if (await db.Appointments.SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is not { } appointment)
        {
            return Refusal.NotFound("Appointment");
        }

        if (user.Role is StaffRole.Doctor && appointment.DoctorId != user.Id)
        {
            return Refusal.Invalid("This appointment is with another doctor.");
        }

        var (before, from) = (AppointmentFields.Of(appointment), appointment.DoctorId);
        if (await RefusedAsync(db, appointment, act, cancellation) is { } refusal)
        {
            return refusal;
        }

        Note(db, appointment, act, before, from);
        return await SaveAsync(db, appointment, act, cancellation);
    }

    private async Task<Refusal?> RefusedAsync(ClinicDb db, Appointment appointment, Act act, CancellationToken cancellation)
    {
        if (act.Unless(appointment) is { } unless)
        {
            return unless;
        }

        if (appointment.IsAhead && act.Seen is { } seen && seen != (appointment.StartTime, appointment.DoctorId))
        {
            return await words.MovedAsync(db, appointment, seen.Doctor, cancellation);
        }

        return act.Do(appointment) is null ? null : await words.ByAsync(db, appointment, cancellation);
    }

    private void Note(ClinicDb db, Appointment appointment, Act act, IReadOnlyList<(string Field, string? Value)> before, Guid from)
    {
        audit.Add(db, new AuditEntry(AuditAction.Update, act.Event)
        {
            PatientId = appointment.PatientId,
            ResourceType = "appointment",
            ResourceId = appointment.Id,
            Changes = AppointmentFields.Changes(before, appointment),
        });
        var was = DateTimeOffset.Parse(before.First(f => f.Field == "start_time").Value!, System.Globalization.CultureInfo.InvariantCulture);
        var upset = act.Event is "appointment.cancel" or "appointment.move" && (clock.DayOf(was) == clock.Today || clock.DayOf(appointment.StartTime) == clock.Today);
        foreach (var doctor in new[] { from, appointment.DoctorId }.Distinct())
        {
            if (upset && doctor != user.Id)
            {
                outbox.Add(db, "appointment.upset", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = doctor.ToString(), ["was"] = was.ToString("O") });
            }

            outbox.Add(db, "appointment.changed", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = doctor.ToString() });
        }
    }

    private async Task<Result<BookedVisit>> SaveAsync(ClinicDb db, Appointment appointment, Act act, CancellationToken cancellation)
    {
        try
        {
            // The constraint decides. This look only spares what visibly stands there a collision: a check-in of that very
            // visit and the collision would wait for each other.
            if (act.Nothing is not null && !appointment.Overlaps && await LostSlot.InTheWay(db, appointment).AnyAsync(cancellation))
            {
                return await LostAsync(db, appointment, act, cancellation);
            }

            await db.SaveChangesAsync(cancellation);
            await db.Database.CommitTransactionAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await OvertakenAsync(appointment, act, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            return await LostAsync(db, appointment, act, cancellation);
        }

        return await BookedVisits.OneAsync(db, clock, appointment.Id, cancellation) is { } visit ? visit : Refusal.NotFound("Appointment");
    }

    private async Task<Result<BookedVisit>> LostAsync(ClinicDb db, Appointment appointment, Act act, CancellationToken cancellation)
    {
        await db.Database.RollbackTransactionAsync(cancellation);
        return await lost.TellAsync(appointment, act.Event, act.Nothing!, cancellation);
    }

    /// <summary>Somebody else's act was committed between our reading and our writing.</summary>
    private async Task<Result<BookedVisit>> OvertakenAsync(Appointment tried, Act act, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == tried.Id, cancellation) is not { } now)
        {
            return Refusal.NotFound("Appointment");
        }

        return await RefusedAsync(db, now, act, cancellation)
            ?? Refusal.Conflict("Somebody else changed this appointment a moment ago. Look at it again.");
    }
}
