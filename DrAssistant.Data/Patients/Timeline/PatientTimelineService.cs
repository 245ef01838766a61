using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Timeline;

internal sealed class PatientTimelineService(
    SecuredBatch batch, IDbContextFactory<ClinicDb> clinic, NoteStore notes, ICurrentUser user, AuditTrail audit, ClinicClock clock)
    : IPatientTimeline
{
    public async Task<Result<TimelinePage>> PageAsync(
        Guid patientId, TimelineFilter filter, TimelineCursor? before, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        if (filter.Text?.Length > TimelineQuery.LongestText)
        {
            return Refusal.Invalid($"Search for at most {TimelineQuery.LongestText} characters.", nameof(filter.Text));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var patient = await db.Patients.Where(p => p.Id == patientId)
            .Select(p => new PatientFacts(p.Id, p.DateOfBirth, p.Gender)).SingleOrDefaultAsync(cancellation);
        if (patient is null)
        {
            return Refusal.NotFound("Patient");
        }

        var query = new TimelineQuery(patientId, filter, before, clock.Zone.Id);
        var rows = await batch.ReadAsync(
            [
                query.Years(), query.Visits(), query.Diagnoses(), query.Medicines(), query.Orders(), query.Results(),
                query.Vitals(), query.Procedures(), query.Immunizations(),
                audit.Statement(new AuditEntry(AuditAction.Read, "timeline.read")
                {
                    PatientId = patientId, ResourceType = "patient", ResourceId = patientId,
                }),
            ],
            new TimelineReader(patient, clock).ReadAsync,
            cancellation);
        return await PageAsync(rows, patientId, filter, cancellation);
    }

    private async Task<TimelinePage> PageAsync(TimelineRows rows, Guid patientId, TimelineFilter filter, CancellationToken cancellation)
    {
        var shown = rows.Visits.Take(TimelineQuery.VisitsAPage).ToList();
        var written = await NotesAsync(patientId, shown, cancellation);
        var visits = shown
            .Select(v => new TimelineVisit(
                v.Id, v.Start, Words(v.Type), EnumText.Of(v.Status), v.DoctorName, v.ChiefComplaint,
                [.. written[v.Id].Concat(rows.Entries[v.Id]).Where(e => filter.Kinds.Count == 0 || filter.Kinds.Contains(e.Kind))]))
            .Where(v => filter.Kinds.Count == 0 || v.Entries.Count > 0)
            .ToList();
        var next = rows.Visits.Count > shown.Count ? new TimelineCursor(shown[^1].Start, shown[^1].Id) : null;
        return new TimelinePage(visits, next, rows.Years.Sum(y => y.Visits), rows.Years);
    }

    private async Task<ILookup<Guid, TimelineEntry>> NotesAsync(Guid patientId, List<VisitRow> visits, CancellationToken cancellation)
    {
        var found = await notes.ListAsync(
            new DocumentQuery { PatientId = patientId, EncounterIds = [.. visits.Select(v => v.Id)], Take = TimelineQuery.VisitsAPage }, cancellation);
        return found.ToLookup(n => n.EncounterId, n => new TimelineEntry(
            TimelineKind.Note, n.SignedAt ?? n.UpdatedAt, "Note", EnumText.Of(n.Status), [.. NoteWords.Of(n.Content).Select(line => new TimelinePart(line))]));
    }

    private static string Words(EncounterType type) => type switch
    {
        EncounterType.OfficeVisit => "Visit",
        EncounterType.Telemedicine => "Video visit",
        EncounterType.Emergency => "Emergency visit",
        _ => "Home visit",
    };
}
