using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>Two steps a page: which visits and days it has, then what they hold, with the notes of the document store between them.</summary>
internal sealed class PatientTimelineService(
    SecuredBatch batch, IDbContextFactory<ClinicDb> clinic, TimelineNotes notes, TimelineDocuments documents, DocumentVault vault, ICurrentUser user, AuditTrail audit, ClinicClock clock)
    : IPatientTimeline
{
    public async Task<Result<TimelinePage>> PageAsync(
        Guid patientId, TimelineFilter filter, TimelineCursor? before, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        if (filter.Text?.Length > TimelinePlaces.LongestText)
        {
            return Refusal.Invalid($"Search for at most {TimelinePlaces.LongestText} characters.", nameof(filter.Text));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var patient = await db.Patients.Where(p => p.Id == patientId)
            .Select(p => new PatientFacts(p.Id, p.DateOfBirth, p.Gender)).SingleOrDefaultAsync(cancellation);
        if (patient is null)
        {
            return Refusal.NotFound("Patient");
        }

        var noted = await notes.MentioningAsync(patientId, filter.Text, cancellation);
        var papers = await documents.MentioningAsync(db, patientId, filter, cancellation);
        var found = await PlacesAsync(new TimelinePlaces(patientId, filter, before, noted.Visits, [.. papers.Lines.Keys], clock), patientId, cancellation);
        var shown = found.Places.Take(TimelinePlaces.APage).ToList();
        var rows = await batch.ReadAsync(new TimelineContents(patientId, shown, clock).All(), new TimelineReader(patient, vault, clock).ReadAsync, cancellation);
        var written = await notes.OfAsync(patientId, [.. shown.Where(p => p.Visit is not null).Select(p => p.Id)], cancellation);
        return new TimelinePage(
            [.. shown.Select(p => Group(p, rows, written, papers, filter.Kinds)).Where(v => filter.Kinds.Count == 0 || v.Entries.Count > 0)],
            found.Places.Count > shown.Count ? new TimelineCursor(shown[^1].At, shown[^1].Id) : null,
            found.Years.Sum(y => y.Visits),
            found.Years)
        {
            AllVisits = found.Doctors.Sum(d => d.Visits),
            Doctors = found.Doctors,
            FoundDocuments = papers.Shown,
            NotesReachable = noted.Reachable && written.Reachable,
        };
    }

    private Task<FoundPlaces> PlacesAsync(TimelinePlaces places, Guid patientId, CancellationToken cancellation) => batch.ReadAsync(
        [
            places.Doctors(), places.Years(), places.Places(),
            audit.Statement(new AuditEntry(AuditAction.Read, "timeline.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId }),
        ],
        async (reader, token) => new FoundPlaces(
            await reader.ListAsync(row => new TimelineDoctor(row.GetGuid(0), row.GetString(1), row.GetInt32(2)), token),
            await reader.ListAsync(row => new TimelineYear(row.GetInt32(0), row.GetInt32(1)), token),
            await reader.ListAsync(TimelinePlaces.PlaceOf, token)),
        cancellation);

    private static TimelineVisit Group(Place place, TimelineRows rows, WrittenNotes written, MentioningDocuments papers, IReadOnlySet<TimelineKind> kinds)
    {
        List<TimelineEntry> entries = [.. written.Entries[place.Id].Concat(rows.Entries[place.Id]).Where(e => kinds.Count == 0 || kinds.Contains(e.Kind)).Select(papers.With)];
        return place.Visit is { } visit
            ? new TimelineVisit(place.Id, place.At, Words(visit.Type), EnumText.Of(visit.Status), visit.DoctorName, visit.ChiefComplaint, entries)
            {
                HiddenInError = rows.InError.GetValueOrDefault(place.Id) + written.InError.GetValueOrDefault(place.Id),
            }
            : new TimelineVisit(place.Id, place.At, Words(entries), "", "", null, entries) { IsVisit = false };
    }

    private static string Words(EncounterType type) => type switch
    {
        EncounterType.OfficeVisit => "Visit",
        EncounterType.Telemedicine => "Video visit",
        EncounterType.Emergency => "Emergency visit",
        _ => "Home visit",
    };

    private static string Words(List<TimelineEntry> entries)
        => entries.Exists(e => e.Kind is TimelineKind.Result) ? "Results arrived"
            : entries.Exists(e => e.Kind is TimelineKind.Document) && !entries.Exists(e => e.Kind is TimelineKind.Vitals) ? "Document of this day"
            : "Measured without a visit";

    private sealed record FoundPlaces(IReadOnlyList<TimelineDoctor> Doctors, IReadOnlyList<TimelineYear> Years, IReadOnlyList<Place> Places);
}
