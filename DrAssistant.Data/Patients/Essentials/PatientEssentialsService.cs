using System.Data.Common;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Patients.Essentials;

internal sealed class PatientEssentialsService(SecuredBatch batch, NoteStore notes, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IPatientEssentials
{
    /// <summary>Among so many of the latest notes a signed one is found, or the last visits were not written up.</summary>
    private const int LatestNotes = 20;

    public async Task<Result<PatientEssentials>> ReadAsync(Guid patientId, Guid? encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        var today = clock.Today;
        var noted = new NpgsqlBatchCommand { Parameters = { new() { Value = patientId } } };
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, "essentials.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId }, "patients WHERE patients.id = $1");
        var read = await batch.ReadAsync(
            [
                VitalRows.Person(patientId), VitalRows.Latest(patientId), EssentialsQuery.AllergiesState(patientId), EssentialsQuery.Allergies(patientId),
                EssentialsQuery.Taken(patientId, today), EssentialsQuery.Stopped(patientId, today), EssentialsQuery.LastVisit(patientId, encounterId),
                EssentialsQuery.Results(patientId), EssentialsQuery.ResultsToReview(patientId), EssentialsQuery.Tasks(patientId, clock.Now),
                EssentialsQuery.Problems(patientId), noted,
            ],
            new EssentialsReader(patientId, clock).ReadAsync,
            cancellation);
        if (read is null)
        {
            return Refusal.NotFound("Patient");
        }

        var (reachable, last) = await LastNoteAsync(patientId, encounterId, cancellation);
        return read with { LastNote = last, NotesReachable = reachable };
    }

    /// <summary>The notes may be in a store of their own, which may be away: the rest is shown all the same, and it is said that this is missing.</summary>
    private async Task<(bool Reachable, LastNote? Note)> LastNoteAsync(Guid patientId, Guid? encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return (true, null);
        }

        try
        {
            var found = await notes.ListAsync(new DocumentQuery { PatientId = patientId, Take = LatestNotes }, cancellation);
            var last = found
                .Where(n => n.Status is NoteStatus.Signed or NoteStatus.Amended && n.EncounterId != encounterId)
                .OrderByDescending(n => n.SignedAt ?? n.UpdatedAt).FirstOrDefault();
            return (true, last is null ? null : Of(last));
        }
        catch (Exception e) when (e is DbException or UnreadableFieldException)
        {
            return (false, null);
        }
    }

    private static LastNote Of(ClinicalNote note) => new(
        note.Id, note.EncounterId, note.SignedAt ?? note.UpdatedAt, note.Status,
        [.. Said(note.Content.Assessment?.Diagnoses?.Select(Words)), .. Said([note.Content.Assessment?.ClinicalImpression])],
        [.. Said(note.Content.Plan?.Treatments), .. Said(note.Content.Plan?.Diagnostics), .. Said([note.Content.Plan?.FollowUp])]);

    private static string Words(Diagnosis diagnosis) => diagnosis.Code is { Length: > 0 } code ? $"{code} {diagnosis.Name}" : diagnosis.Name;

    private static IEnumerable<string> Said(IEnumerable<string?>? lines) => (lines ?? []).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line!);
}
