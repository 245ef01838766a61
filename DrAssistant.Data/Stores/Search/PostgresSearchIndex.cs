using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Stores.Search;

/// <summary>
/// The index in tables of PostgreSQL. People reach it through one function of the database, which looks at their care team and nowhere else; background
/// work writes it.
/// </summary>
internal sealed class PostgresSearchIndex(SecuredBatch batch, ClinicDataSources clinic) : ISearchIndex
{
    private const int DroppedAtOnce = 5_000;

    private const string Write = """
        INSERT INTO search_documents (generation, kind, id, patient_id, visit_id, doctor_id, at, version, is_gone, terms)
        SELECT $1, d.kind, d.id, d.patient_id, d.visit_id, d.doctor_id, d.at, d.version, d.is_gone, d.terms::tsvector
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) AS d (kind, id, patient_id, visit_id, doctor_id, at, version, is_gone, terms)
        ORDER BY d.kind, d.id
        ON CONFLICT (generation, kind, id) DO UPDATE SET
            patient_id = excluded.patient_id, visit_id = excluded.visit_id, doctor_id = excluded.doctor_id, at = excluded.at,
            version = excluded.version, is_gone = excluded.is_gone, terms = excluded.terms
        WHERE excluded.version > search_documents.version
        """;

    /// <summary>Its rows come with their documents.</summary>
    public Task PrepareAsync(int generation, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Its rows are lost only with the build that says where they are.</summary>
    public Task<bool> IsThereAsync(int generation, CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>One statement: all or none, and which of them was to blame is found by writing them one by one.</summary>
    public async Task<IReadOnlyList<DocumentKey>> WriteAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation)
    {
        try
        {
            await WriteAllAsync(generation, documents, cancellation);
            return [];
        }
        catch (PostgresException) when (documents.Count > 1)
        {
            var refused = new List<DocumentKey>();
            foreach (var document in documents)
            {
                refused.AddRange(await WriteAsync(generation, [document], cancellation));
            }

            return refused;
        }
        catch (PostgresException refused) when (!refused.IsTransient)
        {
            return [documents.Single().Key];
        }
    }

    public async Task<IndexAnswer> FindAsync(IndexQuestion question, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand("SELECT kind, id, patient_id, visit_id, at, total FROM search_index($1::tsquery, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
            {
                new() { Value = PostgresQuery.Of(question.Terms), NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = question.Kinds.Select(kind => EnumText.Of(kind)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                Perhaps(question.PatientId, NpgsqlDbType.Uuid),
                Perhaps(question.DoctorId, NpgsqlDbType.Uuid),
                Perhaps(question.Since?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
                Perhaps(question.Until?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
                new() { Value = question.Most },
            },
        };
        var rows = await batch.ReadAsync(
            [command],
            (reader, token) => reader.ListAsync(
                row => (Hit: new IndexHit(new DocumentKey(row.Word<SearchKind>(0), row.GetGuid(1)), row.GetGuid(2), row.GuidOrNull(3), row.Instant(4)), Total: row.GetInt64(5)), token),
            cancellation);
        return new IndexAnswer([.. rows.Select(row => row.Hit)], rows.GroupBy(row => row.Hit.Key.Kind).ToDictionary(g => g.Key, g => g.First().Total));
    }

    /// <summary>The function asks the build that is marked as live.</summary>
    public Task SwitchAsync(int generation, CancellationToken cancellation) => Task.CompletedTask;

    public Task DropAsync(int generation, CancellationToken cancellation) => RemoveAsync(clinic, generation, cancellation);

    public static async Task RemoveAsync(ClinicDataSources clinic, int generation, CancellationToken cancellation)
    {
        int gone;
        do
        {
            await using var drop = clinic.Worker.CreateCommand("""
                DELETE FROM search_documents WHERE (generation, kind, id) IN (SELECT generation, kind, id FROM search_documents WHERE generation = $1 LIMIT $2)
                """);
            drop.Parameters.Add(new NpgsqlParameter { Value = generation });
            drop.Parameters.Add(new NpgsqlParameter { Value = DroppedAtOnce });
            gone = await drop.ExecuteNonQueryAsync(cancellation);
        }
        while (gone == DroppedAtOnce);
    }

    public async Task<long> CountAsync(int generation, SearchKind kind, CancellationToken cancellation)
    {
        await using var count = Of("SELECT count(*) FROM search_documents WHERE generation = $1 AND kind = $2 AND NOT is_gone", generation, kind);
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<IReadOnlyList<Guid>> SampleAsync(int generation, SearchKind kind, int count, CancellationToken cancellation)
    {
        // From a place that nobody chose on; ids sort by time, so the newest alone would be asked otherwise.
        await using var sample = Of("""
            SELECT id FROM search_documents WHERE generation = $1 AND kind = $2 AND NOT is_gone ORDER BY hashtextextended(id::text, $3), id LIMIT $4
            """, generation, kind);
        sample.Parameters.Add(new NpgsqlParameter { Value = Random.Shared.NextInt64() });
        sample.Parameters.Add(new NpgsqlParameter { Value = count });
        await using var reader = await sample.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }

    public async Task<IReadOnlyList<DocumentKey>> DifferingAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation)
    {
        await using var differ = clinic.Worker.CreateCommand("""
            SELECT d.kind, d.id FROM unnest($2, $3, $4, $5) AS d (kind, id, patient_id, terms)
            WHERE NOT EXISTS (SELECT FROM search_documents s WHERE s.generation = $1 AND s.kind = d.kind AND s.id = d.id AND s.patient_id = d.patient_id AND s.terms = d.terms::tsvector)
            """);
        differ.Parameters.Add(new NpgsqlParameter { Value = generation });
        differ.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = documents.Select(d => EnumText.Of(d.Key.Kind)).ToArray() },
            new() { Value = documents.Select(d => d.Key.Id).ToArray() },
            new() { Value = documents.Select(d => d.PatientId).ToArray() },
            new() { Value = documents.Select(d => PostgresQuery.Vector(d.Terms)).ToArray() },
        });
        await using var reader = await differ.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => new DocumentKey(row.Word<SearchKind>(0), row.GetGuid(1)), cancellation);
    }

    private async Task WriteAllAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation)
    {
        await using var write = clinic.Worker.CreateCommand(Write);
        write.Parameters.Add(new NpgsqlParameter { Value = generation });
        write.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = documents.Select(d => EnumText.Of(d.Key.Kind)).ToArray() },
            new() { Value = documents.Select(d => d.Key.Id).ToArray() },
            new() { Value = documents.Select(d => d.PatientId).ToArray() },
            new() { Value = documents.Select(d => d.VisitId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            new() { Value = documents.Select(d => d.DoctorId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            new() { Value = documents.Select(d => d.At.ToUniversalTime()).ToArray() },
            new() { Value = documents.Select(d => d.Version).ToArray() },
            new() { Value = documents.Select(d => d.IsGone).ToArray() },
            new() { Value = documents.Select(d => PostgresQuery.Vector(d.Terms)).ToArray() },
        });
        await write.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Of(string sql, int generation, SearchKind kind)
    {
        var command = clinic.Worker.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = generation });
        command.Parameters.Add(new NpgsqlParameter { Value = EnumText.Of(kind) });
        return command;
    }

    private static NpgsqlParameter Perhaps(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
