using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters;

internal sealed class EncounterService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TimeProvider time) : IEncounters
{
    public async Task<Result<StartedEncounter>> StartAsync(Guid appointmentId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteEncounters) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Appointments.SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is not { } appointment)
        {
            return Refusal.NotFound("Appointment");
        }

        if (appointment.DoctorId != doctor)
        {
            return Refusal.Invalid("This appointment is with another doctor.");
        }

        if (await OpenOfAsync(db, appointmentId, cancellation) is { } open)
        {
            return open;
        }

        var now = time.GetUtcNow();
        if (appointment.Start(now, doctor) is { } refusal)
        {
            return refusal;
        }

        var encounter = Begin(appointment, doctor, now);
        db.Encounters.Add(encounter);
        Note(db, appointment, encounter);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await AfterALostRaceAsync(appointmentId, "Someone else changed this appointment. Reload and try again.", cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return await AfterALostRaceAsync(
                appointmentId, "This patient has a visit with you that is still open. End it first.", cancellation);
        }

        return new StartedEncounter(encounter.Id, encounter.PatientId);
    }

    // These five come with the next commits; no page asks for them yet.
    public Task<Result<StartedEncounter>> StartAdHocAsync(VisitDraft draft, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<VisitHead>> OpenAsync(Guid encounterId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<IReadOnlyList<OpenVisit>>> MineAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<VisitHead>> ReviseComplaintAsync(ComplaintChange change, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<EndedVisit>> EndAsync(VisitEnding ending, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<VisitHead>> CancelAsync(VisitCancelling cancelling, CancellationToken cancellation) => throw new NotSupportedException();

    private static Encounter Begin(Appointment appointment, Guid doctor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        AppointmentId = appointment.Id,
        DoctorId = doctor,
        PatientId = appointment.PatientId,
        EncounterType = appointment.AppointmentType is AppointmentType.Telemedicine ? EncounterType.Telemedicine : EncounterType.OfficeVisit,
        StartTime = now,
        ChiefComplaint = appointment.Reason,
    };

    private void Note(ClinicDb db, Appointment appointment, Encounter encounter)
    {
        audit.Add(db, new AuditEntry(AuditAction.Create, "encounter.start")
        {
            PatientId = encounter.PatientId,
            ResourceType = "encounter",
            ResourceId = encounter.Id,
        });
        outbox.Add(db, "appointment.changed", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = appointment.DoctorId.ToString() });
    }

    /// <summary>Two clicks, two tabs: whoever lost is led to the visit that was opened, or told what stands in the way.</summary>
    private async Task<Result<StartedEncounter>> AfterALostRaceAsync(Guid appointmentId, string otherwise, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await OpenOfAsync(db, appointmentId, cancellation) is { } open
            ? open
            : Refusal.Conflict(otherwise);
    }

    private static Task<StartedEncounter?> OpenOfAsync(ClinicDb db, Guid appointmentId, CancellationToken cancellation)
        => db.Encounters.AsNoTracking()
            .Where(e => e.AppointmentId == appointmentId && e.Status == EncounterStatus.InProgress)
            .Select(e => new StartedEncounter(e.Id, e.PatientId))
            .SingleOrDefaultAsync(cancellation);
}
