using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>
/// Where notes are kept in another store than the visits, they follow their visits: after a merge to the record that stays, and
/// after its undoing back. The visits say whose a note is, so it does not matter how often this runs or in what order.
/// </summary>
internal sealed class NotesFollowMerges(ClinicDataSources clinic, IDocumentFiling? filing = null) : IOutboxHandler
{
    private const int VisitsAtOnce = 1_000;

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { "patient.changed" };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (filing is null || message.PatientId is not { } patientId)
        {
            return;
        }

        foreach (var visits in (await VisitsAsync(patientId, cancellation)).Chunk(VisitsAtOnce))
        {
            await filing.FileAsync(patientId, visits, cancellation);
        }
    }

    /// <summary>None for somebody who was never part of a merge: there is nothing to follow.</summary>
    private async Task<List<Guid>> VisitsAsync(Guid patientId, CancellationToken cancellation)
    {
        await using var ask = clinic.Worker.CreateCommand("""
            SELECT e.id FROM encounters e WHERE e.patient_id = $1
                AND EXISTS (SELECT FROM patient_merges m WHERE $1 IN (m.survivor_id, m.merged_id) AND m.status IN ('approved', 'undone'))
            """);
        ask.Parameters.Add(new NpgsqlParameter { Value = patientId });
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }
}
