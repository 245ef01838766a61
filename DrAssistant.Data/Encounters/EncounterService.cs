using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters;

internal sealed class EncounterService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, VisitHeads heads, VisitEndings endings, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
    : IEncounters
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

        var now = clock.Now;
        if (appointment.Start(now, doctor) is { } refusal)
        {
            return refusal;
        }

        outbox.Add(db, "appointment.changed", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = doctor.ToString() });
        return await BeginAsync(db, Of(appointment, doctor, now), cancellation)
            ?? await AfterALostRaceAsync(appointment, doctor, cancellation);
    }

    public async Task<Result<StartedEncounter>> StartAdHocAsync(VisitDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteEncounters) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        var complaint = PlainText.Of(draft.ChiefComplaint);
        if (draft.PatientId is not { } patientId)
        {
            return Refusal.Invalid("Choose a patient.", nameof(draft.PatientId));
        }

        if (complaint.Length > VisitDraft.LongestComplaint || !Enum.IsDefined(draft.Type))
        {
            return TooLong(nameof(draft.ChiefComplaint));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        if (await InTheWayAsync(db, draft, patient, doctor, cancellation) is { } answer)
        {
            return answer;
        }

        var encounter = new Encounter
        {
            Id = draft.Id,
            DoctorId = doctor,
            PatientId = patientId,
            EncounterType = draft.Type,
            StartTime = clock.Now,
            ChiefComplaint = complaint.Length > 0 ? complaint : null,
        };
        return await BeginAsync(db, encounter, cancellation)
            ?? await OpenWithAsync(patientId, doctor, draft.Id, Refusal.Conflict("This visit could not be started. Reload and try again."), cancellation);
    }

    public async Task<Result<VisitHead>> OpenAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await heads.OneAsync(db, encounterId, user.Id, cancellation) is not { } head)
        {
            return Refusal.NotFound("Visit");
        }

        audit.Add(db, Entry(AuditAction.Read, "encounter.read", encounterId, head.PatientId));
        await db.SaveChangesAsync(cancellation);
        return head;
    }

    public async Task<Result<IReadOnlyList<OpenVisit>>> MineAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteEncounters) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var open = await heads.OpenAsync(db, doctor, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "encounters.read") { PatientIds = [.. open.Select(v => v.PatientId).Distinct()] });
        await db.SaveChangesAsync(cancellation);
        return open.ToList();
    }

    public async Task<Result<VisitHead>> ReviseComplaintAsync(ComplaintChange change, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteEncounters) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        var complaint = PlainText.Of(change.ChiefComplaint) is { Length: > 0 } typed ? typed : null;
        if (complaint?.Length > VisitDraft.LongestComplaint)
        {
            return TooLong(nameof(change.ChiefComplaint));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Encounters.SingleOrDefaultAsync(e => e.Id == change.EncounterId, cancellation) is not { } visit)
        {
            return Refusal.NotFound("Visit");
        }

        if (visit.DoctorId != doctor)
        {
            return Refusal.Invalid("This visit is another doctor's.");
        }

        var before = visit.ChiefComplaint;
        if (before != complaint)
        {
            if ((before ?? "") != (change.Seen ?? ""))
            {
                return Refusal.Conflict("The complaint was changed meanwhile, in another window. Reload and try again.");
            }

            if (visit.Revise(complaint) is { } refusal)
            {
                return refusal;
            }

            audit.Add(db, Entry(AuditAction.Update, "encounter.revise", visit.Id, visit.PatientId) with
            {
                Changes = [new FieldChange("chief_complaint", before, complaint)],
            });
            outbox.Add(db, "encounter.changed", visit.Id, visit.PatientId);
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("Someone else changed this visit. Reload and try again.");
        }

        return (await heads.OneAsync(db, visit.Id, doctor, cancellation))!;
    }

    public async Task<Result<EndedVisit>> EndAsync(VisitEnding ending, CancellationToken cancellation)
        => user.Can(Permissions.WriteEncounters) && user.Id is { } doctor ? await endings.EndAsync(ending, doctor, cancellation) : Refusal.Forbidden;

    public async Task<Result<VisitHead>> CancelAsync(VisitCancelling cancelling, CancellationToken cancellation)
        => user.Can(Permissions.WriteEncounters) && user.Id is { } doctor ? await endings.CancelAsync(cancelling, doctor, cancellation) : Refusal.Forbidden;

    private static Refusal TooLong(string field) => Refusal.Invalid($"A complaint has at most {VisitDraft.LongestComplaint} characters.", field);

    private static AuditEntry Entry(AuditAction action, string deed, Guid encounterId, Guid patientId)
        => new(action, deed) { PatientId = patientId, ResourceType = "encounter", ResourceId = encounterId };

    private static Encounter Of(Appointment appointment, Guid doctor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        AppointmentId = appointment.Id,
        DoctorId = doctor,
        PatientId = appointment.PatientId,
        EncounterType = appointment.AppointmentType is AppointmentType.Telemedicine ? EncounterType.Telemedicine : EncounterType.OfficeVisit,
        StartTime = now,
        ChiefComplaint = appointment.Reason,
    };

    /// <summary>Why a visit cannot begin now, or the answer where the same form was sent before; null lets it begin.</summary>
    private async Task<Result<StartedEncounter>?> InTheWayAsync(ClinicDb db, VisitDraft draft, Patient patient, Guid doctor, CancellationToken cancellation)
    {
        if (await db.Encounters.AsNoTracking().AnyAsync(e => e.Id == draft.Id && e.PatientId == patient.Id && e.DoctorId == doctor, cancellation))
        {
            return new StartedEncounter(draft.Id, patient.Id);
        }

        if (patient.DeceasedAt is not null || patient.Status is not PatientStatus.Active)
        {
            return Refusal.Invalid(
                patient.DeceasedAt is not null ? "This patient has died." : "This record is not in use any more. Open the one that is.", nameof(draft.PatientId));
        }

        if (await OpenVisitAsync(db, patient.Id, doctor, cancellation) is { } open)
        {
            // The first half of a double click may have begun it since the look above.
            return open == draft.Id ? new StartedEncounter(open, patient.Id) : StillOpen(open);
        }

        var (from, to) = clock.DayBounds(clock.Today);
        var waiting = await db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == patient.Id && a.DoctorId == doctor && a.Status == AppointmentStatus.CheckedIn && a.StartTime >= from && a.StartTime < to)
            .OrderBy(a => a.StartTime).Select(a => new { a.Id, a.StartTime }).FirstOrDefaultAsync(cancellation);
        if (waiting is null)
        {
            return null;
        }

        var time = ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(waiting.StartTime).DateTime));
        return new AppointmentIsWaiting($"This patient is waiting for the appointment with you at {time}. Start that one.", waiting.Id);
    }

    /// <summary>Writes the visit; null where somebody was faster. What was measured today and belongs to no visit yet belongs to this one.</summary>
    private async Task<Result<StartedEncounter>?> BeginAsync(ClinicDb db, Encounter encounter, CancellationToken cancellation)
    {
        db.Encounters.Add(encounter);
        audit.Add(db, Entry(AuditAction.Create, "encounter.start", encounter.Id, encounter.PatientId));
        outbox.Add(db, "encounter.changed", encounter.Id, encounter.PatientId);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.SaveChangesAsync(cancellation);
            var (from, to) = clock.DayBounds(clock.Today);
            await db.Observations
                .Where(o => o.PatientId == encounter.PatientId && o.EncounterId == null && o.Category == Observation.VitalSigns && o.EffectiveAt >= from && o.EffectiveAt < to)
                .ExecuteUpdateAsync(rows => rows.SetProperty(o => o.EncounterId, encounter.Id), cancellation);
            await transaction.CommitAsync(cancellation);
            return new StartedEncounter(encounter.Id, encounter.PatientId);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }
    }

    /// <summary>Two clicks, two tabs: whoever lost is led to the visit that was opened, or told what stands in the way.</summary>
    private async Task<Result<StartedEncounter>> AfterALostRaceAsync(Appointment appointment, Guid doctor, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await OpenOfAsync(db, appointment.Id, cancellation) is { } open
            ? open
            : await OpenWithAsync(
                appointment.PatientId, doctor, null, Refusal.Conflict("Someone else changed this appointment. Reload and try again."), cancellation);
    }

    private async Task<Result<StartedEncounter>> OpenWithAsync(
        Guid patientId, Guid doctor, Guid? wanted, Refusal otherwise, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await OpenVisitAsync(db, patientId, doctor, cancellation) switch
        {
            null => otherwise,
            { } open when open == wanted => new StartedEncounter(open, patientId),
            { } open => StillOpen(open),
        };
    }

    private static VisitStillOpen StillOpen(Guid open) => new("This patient has a visit with you that is still open. End it first.", open);

    private static Task<Guid?> OpenVisitAsync(ClinicDb db, Guid patientId, Guid doctor, CancellationToken cancellation)
        => db.Encounters.AsNoTracking()
            .Where(e => e.PatientId == patientId && e.DoctorId == doctor && e.Status == EncounterStatus.InProgress)
            .Select(e => (Guid?)e.Id).SingleOrDefaultAsync(cancellation);

    private static Task<StartedEncounter?> OpenOfAsync(ClinicDb db, Guid appointmentId, CancellationToken cancellation)
        => db.Encounters.AsNoTracking()
            .Where(e => e.AppointmentId == appointmentId && e.Status == EncounterStatus.InProgress)
            .Select(e => new StartedEncounter(e.Id, e.PatientId))
            .SingleOrDefaultAsync(cancellation);
}
