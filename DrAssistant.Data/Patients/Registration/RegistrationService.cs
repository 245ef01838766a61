using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Patients.Registration;

internal sealed class RegistrationService(
    IDbContextFactory<ClinicDb> clinic,
    ICurrentUser user,
    AuditTrail audit,
    OutboxWriter outbox,
    PatientWriter writer,
    PatientRecords records,
    DuplicateFinder duplicates,
    Objections objections,
    ClinicClock clock) : IRegistration
{
    private const string OneAbhaOnePatient = "idx_patients_abha";

    public async Task<Result<PatientRecord>> OpenAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await FindAsync(db, patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        var record = await records.OfAsync(db, patient, cancellation);
        audit.Add(db, Entry(AuditAction.Read, "patient.read", patientId));
        await db.SaveChangesAsync(cancellation);
        return record;
    }

    public async Task<Result<RegisteredPatient>> RegisterAsync(PatientDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        if (await RegisteredAsync(draft.Id, cancellation) is { } already)
        {
            return already;
        }

        var check = new PatientCheck(draft, clock.Today);
        if (check.Faults().Values.FirstOrDefault() is { } fault)
        {
            return fault;
        }

        if (!draft.Photo.IsEmpty && PhotoContent.MediaTypeOf(draft.Photo.Span).Refusal is { } noPhoto)
        {
            return noPhoto;
        }

        if (await objections.TooAlikeAsync(draft, cancellation) is { } alike)
        {
            return alike;
        }

        try
        {
            return await WriteNewAsync(draft, check.Birth!, cancellation);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The same form sent twice, or another desk with the same ABHA number, was faster.
            return await RegisteredAsync(draft.Id, cancellation) is { } first
                ? first
                : await objections.AbhaInUseAsync(draft, self: null, cancellation) ?? Refusal.Conflict("Someone else registered this person a moment ago. Look for them before you save again.");
        }
    }

    public async Task<Result<PatientRecord>> SaveAsync(Guid patientId, PatientDraft draft, uint version, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        if (draft.Id != patientId || draft.Opened is null)
        {
            return Refusal.Conflict("This form is not the one of this patient. Open the record again.");
        }

        var check = new PatientCheck(draft, clock.Today);
        if (check.Faults().Values.FirstOrDefault() is { } fault)
        {
            return fault;
        }

        if (!draft.IsAsOpened(PatientField.AbhaNumber) && await objections.AbhaInUseAsync(draft, patientId, cancellation) is { } inUse)
        {
            return inUse;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await FindAsync(db, patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        if (patient.Status is PatientStatus.Merged)
        {
            return Refusal.Conflict("This record was merged into another one. Edit that one.");
        }

        if (db.Entry(patient).Property<uint>("xmin").CurrentValue != version && await objections.ChangedAsync(db, patient, draft, cancellation) is { } changed)
        {
            return changed;
        }

        try
        {
            return await WriteChangesAsync(db, patient, draft, check.Birth!, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await objections.ChangedMeanwhileAsync(patientId, draft, cancellation);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OneAbhaOnePatient })
        {
            return await objections.AbhaInUseAsync(draft, patientId, cancellation) ?? Refusal.Conflict("This ABHA number is on another record.");
        }
    }

    public async Task<Result<PatientRecord>> DeactivateAsync(Guid patientId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason);
        if (why.Length is < PatientDraft.ShortestReason or > PatientDraft.LongestReason)
        {
            return Refusal.Invalid($"Say why, in {PatientDraft.ShortestReason} to {PatientDraft.LongestReason} characters.", nameof(reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await FindAsync(db, patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        if (await objections.BookedAheadAsync(db, patientId, cancellation) is { } booked)
        {
            return booked;
        }

        return await MoveAsync(db, patient, PatientStatus.Inactive, why, "patient.deactivate", cancellation);
    }

    public async Task<Result<PatientRecord>> ReactivateAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await FindAsync(db, patientId, cancellation) is { } patient
            ? await MoveAsync(db, patient, PatientStatus.Active, null, "patient.reactivate", cancellation)
            : Refusal.NotFound("Patient");
    }

    public async Task<Result<DuplicateAnswer>> DuplicatesAsync(DuplicateQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        return await duplicates.FindAsync(question, cancellation);
    }

    private async Task<RegisteredPatient> WriteNewAsync(PatientDraft draft, BirthDate birth, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var patient = await writer.RegisterAsync(db, draft, birth, cancellation);
        audit.Add(db, Entry(AuditAction.Create, "patient.register", patient.Id) with { Changes = Changes(draft), Reason = patient.ToldApartReason, PatientIds = patient.ToldApartFrom });
        outbox.Add(db, "patient.changed", patient.Id, patient.Id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new RegisteredPatient(
            patient.Id, new PersonName(patient.FirstName, patient.LastName), patient.Mrn!, patient.DateOfBirth,
            Age.On(clock.Today, patient.DateOfBirth, patient.DateOfBirthEstimated), patient.Gender);
    }

    private async Task<Result<PatientRecord>> WriteChangesAsync(ClinicDb db, Patient patient, PatientDraft draft, BirthDate birth, CancellationToken cancellation)
    {
        var changes = Changes(draft);
        if (changes.Count == 0)
        {
            return await records.OfAsync(db, patient, cancellation);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await writer.EditAsync(db, patient, draft, birth, cancellation);
        audit.Add(db, Entry(AuditAction.Update, "patient.edit", patient.Id) with { Changes = changes });
        outbox.Add(db, "patient.changed", patient.Id, patient.Id);
        await db.SaveChangesAsync(cancellation);
        var record = await records.OfAsync(db, patient, cancellation);
        await transaction.CommitAsync(cancellation);
        return record;
    }

    private async Task<Result<PatientRecord>> MoveAsync(
        ClinicDb db, Patient patient, PatientStatus to, string? why, string what, CancellationToken cancellation)
    {
        if (patient.Status is PatientStatus.Merged)
        {
            return Refusal.Conflict("This record was merged into another one.");
        }

        if (patient.Status != to)
        {
            var before = EnumText.Of(patient.Status);
            (patient.Status, patient.InactiveReason, patient.ChangedBy) = (to, why, user.Id);
            audit.Add(db, Entry(AuditAction.Update, what, patient.Id) with { Reason = why, Changes = [new FieldChange("status", before, EnumText.Of(to))] });
            outbox.Add(db, "patient.changed", patient.Id, patient.Id);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return Refusal.Conflict("Someone else changed this patient a moment ago. Look at the record and try again.");
            }
        }

        return await records.OfAsync(db, patient, cancellation);
    }

    private async Task<RegisteredPatient?> RegisteredAsync(Guid patientId, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.PatientNames.AsNoTracking().SingleOrDefaultAsync(n => n.PatientId == patientId, cancellation) is { } name
            ? new RegisteredPatient(
                patientId, new PersonName(name.FirstName, name.LastName), name.Mrn ?? "", name.DateOfBirth,
                Age.On(clock.Today, name.DateOfBirth, name.DateOfBirthEstimated), name.Gender)
            : null;
    }

    private static List<FieldChange> Changes(PatientDraft draft)
        => [.. draft.ChangedFields().Select(field => new FieldChange(EnumText.Of(field), draft.Opened?.TextOf(field), draft.TextOf(field)))];

    internal static Task<Patient?> FindAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
        => db.Patients.SingleOrDefaultAsync(p => p.Id == patientId, cancellation);

    internal static AuditEntry Entry(AuditAction action, string what, Guid patientId)
        => new(action, what) { PatientId = patientId, ResourceType = "patient", ResourceId = patientId };
}
