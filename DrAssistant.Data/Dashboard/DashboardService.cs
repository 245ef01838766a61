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
                DoctorDayQuery.Tasks(doctor),
                DoctorDayQuery.Alerts(doctor),
                DoctorDayQuery.Results(doctor),
                audit.Statement(
                    new AuditEntry(AuditAction.Read, "dashboard.read"),
                    DoctorDayQuery.ShownPatients,
                    DoctorDayQuery.DayParameters(doctor, from, to)),
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

        var drafts = await notes.ListAsync(
            new DocumentQuery { DoctorId = doctor, Status = EnumText.Of(NoteStatus.Draft), Take = MostDrafts }, cancellation);
        var encounters = drafts.Select(d => d.EncounterId).ToList();

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var visits = await db.Encounters.AsNoTracking()
            .Where(e => encounters.Contains(e.Id))
            .Join(db.Patients, e => e.PatientId, p => p.Id, (e, p) => new { e.Id, e.StartTime, p.FirstName, p.LastName })
            .ToDictionaryAsync(e => e.Id, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "drafts.read") { PatientIds = [.. drafts.Select(d => d.PatientId).Distinct()] });
        await db.SaveChangesAsync(cancellation);

        return drafts
            .Where(d => visits.ContainsKey(d.EncounterId))
            .OrderBy(d => d.CreatedAt)
            .Select(d => new DraftToSign(
                d.Id, d.EncounterId, d.PatientId, new PersonName(visits[d.EncounterId].FirstName, visits[d.EncounterId].LastName),
                visits[d.EncounterId].StartTime, d.UpdatedAt, d.NoteType, Missing(d)))
            .ToList();
    }

    /// <summary>The first of the four parts that says nothing yet.</summary>
    private static string? Missing(ClinicalNote note) => note.Content switch
    {
        { Subjective: null } => "subjective is empty",
        { Objective: null } => "objective is empty",
        { Assessment: null } => "assessment is empty",
        { Plan: null } => "plan is empty",
        _ => null,
    };
}
