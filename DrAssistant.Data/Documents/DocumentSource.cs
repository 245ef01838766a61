using DrAssistant.Data.Common;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Npgsql;

namespace DrAssistant.Data.Documents;

/// <summary>Documents by what they are called, what is noted about them and the words in them. What was entered in error is gone from the index.</summary>
internal sealed class DocumentSource(ClinicDataSources clinic, DocumentVault vault, ClinicClock clock) : ISearchSource
{
    private const int MostOfAPatient = 5_000;

    public SearchKind Kind => SearchKind.Document;

    public async Task<IReadOnlyList<SourceDocument>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var read = Command("""
            SELECT d.id, d.patient_id, d.encounter_id, d.uploaded_by, d.document_date, d.entered_in_error_at IS NOT NULL, d.title, d.description, e.words
            FROM patient_documents d LEFT JOIN document_extracts e ON e.document_id = d.id WHERE d.id = ANY ($1) AND d.status <> 'uploading'
            """, ids.ToArray());
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(
            row => new SourceDocument(
                row.GetGuid(0), row.GetGuid(1), row.GuidOrNull(2), row.GetGuid(3), clock.DayBounds(row.Day(4)).From, row.GetBoolean(5), row.GetBoolean(5) ? [] : TextsOf(row)),
            cancellation);
    }

    public async Task<IReadOnlyList<SourcePlace>> PageAsync(SourcePlace? after, int take, CancellationToken cancellation)
    {
        await using var page = Command("SELECT id FROM patient_documents WHERE id > $1 AND status <> 'uploading' ORDER BY id LIMIT $2", after?.Id ?? Guid.Empty, take);
        await using var reader = await page.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => new SourcePlace(null, row.GetGuid(0)), cancellation);
    }

    public async Task<IReadOnlyList<Guid>> OfPatientAsync(Guid patientId, CancellationToken cancellation)
    {
        await using var list = Command("SELECT id FROM patient_documents WHERE patient_id = $1 AND status <> 'uploading' ORDER BY id DESC LIMIT $2", patientId, MostOfAPatient);
        await using var reader = await list.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }

    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var count = Command("SELECT count(*) FROM patient_documents WHERE status <> 'uploading' AND entered_in_error_at IS NULL");
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private List<string> TextsOf(NpgsqlDataReader row)
    {
        var id = row.GetGuid(0);
        string?[] texts =
        [
            vault.Title(id, row.GetFieldValue<byte[]>(6)),
            vault.Description(id, row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7)),
            vault.Words(id, row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8)),
        ];
        return [.. texts.OfType<string>()];
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = clinic.Worker.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
