using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Dashboard;

internal sealed class DashboardService(
    SecuredBatch batch, IDbContextFactory<ClinicDb> clinic, NoteStore notes, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IDashboard
{
    private const int MostDrafts = 20;

    public async Task<Result<DoctorDay>> TodayAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        var day = clock.Today;
        var (from, to) = clock.DayBounds(day);
        return await batch.ReadAsync(
            [
                DoctorDayQuery.Visits(doctor, from, to),
                DoctorDayQuery.Vitals(doctor, from, to),
                DoctorDayQuery.Conditions(doctor, from, to),
                DoctorDayQuery.Tasks(doctor, from, to, clock.Now),
                DoctorDayQuery.Alerts(doctor),
                DoctorDayQuery.Results(doctor),
                DoctorDayQuery.After(doctor, to),
                audit.Statement(
                    new AuditEntry(AuditAction.Read, "dashboard.read"),
                    DoctorDayQuery.ShownPatients,
                    DoctorDayQuery.DayParameters(doctor, from, to, clock.Now)),
            ],
            (reader, token) => new DoctorDayReader(clock).ReadAsync(reader, day, token),
            cancellation);
    }

    public async Task<Result<IReadOnlyList<DraftToSign>>> DraftsToSignAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.SignNotes) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        var unsigned = await notes.ListAsync(
            new DocumentQuery { DoctorId = doctor, Status = EnumText.Of(NoteStatus.Draft), OldestFirst = true, Take = MostDrafts }, cancellation);
        var drafts = unsigned.Concat(await notes.OpenAmendmentsAsync(doctor, MostDrafts, cancellation)).ToList();
        var encounters = drafts.Select(d => d.EncounterId).ToList();

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var visits = await db.Encounters.AsNoTracking()
            .Where(e => encounters.Contains(e.Id))
            .Join(db.Patients, e => e.PatientId, p => p.Id, (e, p) => new { e.Id, e.StartTime, p.FirstName, p.LastName })
            .ToDictionaryAsync(e => e.Id, cancellation);
        var shown = drafts.Where(d => visits.ContainsKey(d.EncounterId)).OrderBy(Since).Take(MostDrafts).ToList();
        audit.Add(db, new AuditEntry(AuditAction.Read, "drafts.read") { PatientIds = [.. shown.Select(d => d.PatientId).Distinct()] });
        await db.SaveChangesAsync(cancellation);

        return shown
            .Select(d => new DraftToSign(
                d.Id, d.EncounterId, d.PatientId, new PersonName(visits[d.EncounterId].FirstName, visits[d.EncounterId].LastName),
                visits[d.EncounterId].StartTime, d.UpdatedAt, d.NoteType, Missing(d))
            {
                IsAmendment = d.IsAmendment,
                Since = Since(d),
            })
            .ToList();

        DateTimeOffset Since(ClinicalNote draft) => draft.IsAmendment ? draft.CreatedAt : visits[draft.EncounterId].StartTime;
    }

    /// <summary>The first of the four parts that says nothing yet.</summary>
    private static string? Missing(ClinicalNote note)
    {
        var content = note.Content;
        return IsEmpty(content.Subjective, new()) ? "subjective is empty"
            : IsEmpty(content.Objective, new()) ? "objective is empty"
            : IsEmpty(content.Assessment, new()) ? "assessment is empty"
            : IsEmpty(content.Plan, new()) ? "plan is empty"
            : null;
    }

    /// <summary>A part that was opened and left is as empty as one that was never opened.</summary>
    private static bool IsEmpty<T>(T? part, T blank)
        where T : class
        => part is null || part.Equals(blank);
}
