using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Patients.Allergies;

/// <summary>
/// One change of a patient's allergies: the row, the list of names beside it, the state and its age, the audit event and what open pages are
/// told are one transaction. Two at once come one after the other: the row version of the patient lets one through, the other looks again.
/// </summary>
internal sealed class AllergyWriter(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AllergyLists lists, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    private const int Tries = 4;

    /// <summary>A change of one allergy that is there.</summary>
    public async Task<Result<AllergyList>> WriteOfAsync(Guid allergyId, Func<AllergyChart, Allergy, Result<AllergyDeed>> change, CancellationToken cancellation)
    {
        Guid? patient;
        await using (var db = await clinic.CreateDbContextAsync(cancellation))
        {
            patient = await db.Allergies.AsNoTracking().Where(a => a.Id == allergyId).Select(a => (Guid?)a.PatientId).SingleOrDefaultAsync(cancellation);
        }

        return patient is { } id
            ? await WriteAsync(id, chart => chart.Rows.Find(a => a.Id == allergyId) is { } row ? change(chart, row) : Refusal.NotFound("Allergy"), cancellation)
            : Refusal.NotFound("Allergy");
    }

    public async Task<Result<AllergyList>> WriteAsync(Guid patientId, Func<AllergyChart, Result<AllergyDeed>> change, CancellationToken cancellation)
    {
        for (var once = 1; ; once++)
        {
            try
            {
                return await TryAsync(patientId, change, cancellation);
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                if (once == Tries)
                {
                    return Refusal.Conflict("Someone else is changing this patient. Look again and try once more.");
                }
            }
        }
    }

    private async Task<Result<AllergyList>> TryAsync(Guid patientId, Func<AllergyChart, Result<AllergyDeed>> change, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Patients.SingleOrDefaultAsync(p => p.Id == patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        var chart = new AllergyChart(db, patient, await db.Allergies.Where(a => a.PatientId == patientId).ToListAsync(cancellation));
        var deed = change(chart);
        if (!deed.Succeeded)
        {
            return deed.Refusal;
        }

        if (deed.Value is { Event: not null } done)
        {
            Keep(db, chart, done);
            audit.Add(db, new AuditEntry(done.Action, done.Event)
            {
                PatientId = patientId,
                ResourceType = done.AllergyId is null ? "patient" : "allergy",
                ResourceId = done.AllergyId ?? patientId,
                Changes = done.Changes,
                Reason = done.Reason,
            });
            outbox.Add(db, "allergies.changed", done.AllergyId, patientId);
            await db.SaveChangesAsync(cancellation);
        }

        return (await lists.OfAsync(db, patientId, cancellation))!;
    }

    /// <summary>The state, its age and the list of names beside the rows. Who takes the last one away has not said that there are none.</summary>
    private void Keep(ClinicDb db, AllergyChart chart, AllergyDeed done)
    {
        var (patient, active) = (chart.Patient, chart.Active);
        patient.Allergies = active.Count == 0 ? null : [.. active.Select(a => a.Substance).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        if (done.IsAnswer)
        {
            var taken = active.Count == 0 && done.AllergyId is not null;
            patient.AllergiesStatus = taken ? AllergiesStatus.NotAsked : chart.StatusWhenAsked;
            patient.AllergiesRecordedAt = taken ? null : clock.Now;
        }

        // Written even where nothing differs: its version is what two changes at once meet at.
        patient.ChangedBy = user.Id;
        db.Entry(patient).Property(p => p.AllergiesRecordedAt).IsModified = true;
    }
}

/// <summary>What was done, for the trail; <see cref="DoneBefore"/> where there was nothing left to do.</summary>
internal sealed record AllergyDeed(AuditAction Action, string? Event, Guid? AllergyId, IReadOnlyCollection<FieldChange> Changes, string? Reason)
{
    public static AllergyDeed DoneBefore { get; } = new(AuditAction.Read, null, null, [], null);

    /// <summary>Whether it says what the patient is allergic to now; setting right what is off the list already does not.</summary>
    public bool IsAnswer { get; init; } = true;
}

/// <summary>A patient's allergies while they are being changed.</summary>
internal sealed class AllergyChart(ClinicDb db, Patient patient, List<Allergy> rows)
{
    public Patient Patient => patient;

    public List<Allergy> Rows => rows;

    public List<Allergy> Active => rows.FindAll(a => a.Status is AllergyStatus.Active);

    public AllergiesStatus StatusWhenAsked => Active.Count > 0 ? AllergiesStatus.Known : AllergiesStatus.NoneKnown;

    public void Add(Allergy row)
    {
        rows.Add(row);
        db.Allergies.Add(row);
    }
}

/// <summary>What can be revised of an allergy.</summary>
internal sealed record AllergyFacts(AllergyType Type, AllergyCategory? Category, string? Reaction, AllergySeverity? Severity)
{
    public static AllergyFacts Of(Allergy row) => new(row.Type, AllergyLists.CategoryOf(row.Category), row.Reaction, row.Severity);
}
