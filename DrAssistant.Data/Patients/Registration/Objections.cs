using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>What stands in the way of registering, saving or deactivating, with all that the person at the desk needs to go on.</summary>
internal sealed class Objections(
    IDbContextFactory<ClinicDb> clinic, AuditTrail audit, DuplicateFinder duplicates, PatientRecords records, ClinicClock clock)
{
    /// <summary>A record that is very likely the same person's and was not told apart, or one that was without saying why.</summary>
    public async Task<Refusal?> TooAlikeAsync(PatientDraft draft, CancellationToken cancellation)
    {
        // The same form sent twice may be registered by now: a person is no duplicate of themself.
        var (hits, _) = await duplicates.CompareAsync(DuplicateQuestion.Of(draft, clock.Today, draft.Id), cancellation);
        var alike = hits.Where(h => h.Likelihood is Likelihood.VeryLikely).ToList();
        if (alike.Find(h => h.Facts.Any(f => f.Words == DuplicateScore.SameAbha)) is { } owner)
        {
            return await ShownAsync(new AbhaInUse(owner), [owner], cancellation);
        }

        if (alike.Where(h => !draft.ToldApart.Contains(h.Id)).ToList() is { Count: > 0 } unanswered)
        {
            return await ShownAsync(new DuplicatesFound(unanswered), unanswered, cancellation);
        }

        return alike.Count > 0 && (PatientWriter.Reason(draft) ?? "").Length < PatientDraft.ShortestReason
            ? Refusal.Invalid("Say in a few words why this is another person.", nameof(PatientField.ToldApart))
            : null;
    }

    public async Task<Refusal?> AbhaInUseAsync(PatientDraft draft, Guid? self, CancellationToken cancellation)
    {
        if (AbhaNumber.Parse(draft[PatientField.AbhaNumber]).Value is not { } number)
        {
            return null;
        }

        var (hits, _) = await duplicates.CompareAsync(new DuplicateQuestion(null, null, false, null, null, number.Digits, self), cancellation);
        return hits is [var owner, ..] ? await ShownAsync(new AbhaInUse(owner), [owner], cancellation) : null;
    }

    /// <summary>A refusal that names other patients is a disclosure like any other.</summary>
    private async Task<Refusal> ShownAsync(Refusal refusal, IReadOnlyList<LikelyDuplicate> shown, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Create, "patient.register") { Outcome = AuditOutcome.Refused, PatientIds = [.. shown.Select(s => s.Id)] });
        await db.SaveChangesAsync(cancellation);
        return refusal;
    }

    public async Task<Refusal?> BookedAheadAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
    {
        var now = clock.Now;
        var ahead = await db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == patientId && (a.Status == AppointmentStatus.CheckedIn || a.Status == AppointmentStatus.InProgress
                || (a.EndTime > now && (a.Status == AppointmentStatus.Scheduled || a.Status == AppointmentStatus.Confirmed))))
            .OrderBy(a => a.StartTime).Select(a => a.StartTime).ToListAsync(cancellation);
        return ahead.Count == 0
            ? null
            : new BookedAhead($"This patient is booked: {string.Join(", ", ahead.Select(start => ClinicFormat.DateAndTime(start, clock)))}. Cancel these appointments first.", ahead);
    }

    public async Task<Refusal> ChangedMeanwhileAsync(Guid patientId, PatientDraft draft, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await RegistrationService.FindAsync(db, patientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        return await ChangedAsync(db, patient, draft, cancellation)
            ?? Refusal.Conflict("Someone else changed this record a moment ago. Save again.");
    }

    /// <summary>
    /// Who saved, and what: field by field, beside what stands in this form. Null where a later version has the same in every field of
    /// the form, as after a change of the status.
    /// </summary>
    public async Task<PatientChanged?> ChangedAsync(ClinicDb db, Patient patient, PatientDraft draft, CancellationToken cancellation)
    {
        var now = await records.OfAsync(db, patient, cancellation);
        var by = await db.Users.AsNoTracking().Where(u => u.Id == patient.ChangedBy).Select(u => u.FullName).SingleOrDefaultAsync(cancellation);
        var differences = Enum.GetValues<PatientField>()
            .Select(field => new FieldDifference(field, draft.Opened!.TextOf(field), now.Draft.TextOf(field), draft.TextOf(field)))
            .Where(d => d.Before != d.Theirs)
            .ToList();
        if (differences.Count == 0)
        {
            return null;
        }

        audit.Add(db, RegistrationService.Entry(AuditAction.Update, "patient.edit", patient.Id) with { Outcome = AuditOutcome.Refused });
        await db.SaveChangesAsync(cancellation);
        return new PatientChanged(
            $"{by ?? "Somebody"} saved this record at {ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(patient.UpdatedAt).DateTime))}, while you were editing it. Nothing of yours was saved yet.",
            now, differences);
    }
}
