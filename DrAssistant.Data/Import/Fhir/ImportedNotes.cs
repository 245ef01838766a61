using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// Writes one signed note for every imported visit in which something was found or done. Notes live in the document store,
/// which shares no transaction with the tables: what has no note after a crash gets it at the next import.
/// </summary>
internal sealed class ImportedNotes(NpgsqlConnection connection, NoteStore notes, ClinicClock clock)
{
    private const string NoteType = "ClinicalNote";
    private const int VisitsAtOnce = 200;
    private const int WritesAtOnce = 8;

    public async Task<int> WriteAsync(IReadOnlyCollection<Guid> patients, CancellationToken cancellation)
    {
        var written = 0;
        foreach (var visits in (await WithoutNoteAsync(patients, cancellation)).Chunk(VisitsAtOnce))
        {
            var facts = await VisitFacts.LoadAsync(connection, [.. visits.Select(v => v.Id)], cancellation);
            var composed = visits.Select(visit => (Visit: visit, Note: NoteComposer.Compose(visit, facts.Of(visit.Id)))).Where(pair => pair.Note is not null).ToList();

            // Each note is a commit of its own in the store; side by side they share the wait for the disk.
            await Parallel.ForEachAsync(composed, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellation }, async (pair, token) =>
            {
                // False: a note is there, from an import that did not come to its end or from somebody here. It stays.
                if (await notes.TryAddAsync(pair.Note!, token))
                {
                    Interlocked.Increment(ref written);
                }
            });
            await SettleAsync([.. composed.Select(pair => (pair.Visit, pair.Note!.Id))], cancellation);
        }

        return written;
    }

    private async Task<List<NotedVisit>> WithoutNoteAsync(IReadOnlyCollection<Guid> patients, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            SELECT e.id, e.patient_id, e.doctor_id, e.start_time, coalesce(e.end_time, e.start_time), e.chief_complaint, i.source, i.resource_id
            FROM imported_resources i JOIN encounters e ON e.id = i.target_id
            WHERE i.patient_id = ANY($1) AND i.target = 'encounters' AND e.status <> 'cancelled'
              AND NOT EXISTS (SELECT 1 FROM imported_resources n
                              WHERE n.source = i.source AND n.resource_type = '{NoteType}' AND n.resource_id = i.resource_id)
            ORDER BY e.start_time, e.id
            """, connection)
        {
            Parameters = { new() { Value = patients.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(
            row => new NotedVisit(
                row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.Instant(3), row.Instant(4), row.TextOrNull(5),
                new ResourceKey(row.GetString(6), NoteType, row.GetString(7))),
            cancellation);
    }

    /// <summary>Search hears of these patients again, now that their notes can be found.</summary>
    private async Task SettleAsync(List<(NotedVisit Visit, Guid NoteId)> done, CancellationToken cancellation)
    {
        if (done.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Tables.Imported.Insert(
            [.. done.Select(d => new ImportedRow(d.Visit.NoteKey, "clinical_notes", d.NoteId, d.Visit.PatientId, null))]));
        batch.BatchCommands.Add(ImportTransaction.Owe([.. done.Select(d => d.Visit.PatientId).Distinct()], clock.Now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>An imported visit that has no note yet.</summary>
internal sealed record NotedVisit(
    Guid Id, Guid PatientId, Guid DoctorId, DateTimeOffset Start, DateTimeOffset End, string? ChiefComplaint, ResourceKey NoteKey);
