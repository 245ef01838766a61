using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Npgsql;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>Documents that are rows of PostgreSQL, read by four statements.</summary>
internal abstract class TableSource(ClinicDataSources clinic) : ISearchSource
{
    private const int MostOfAPatient = 5_000;

    public abstract SearchKind Kind { get; }

    /// <summary>The table whose ids the documents have.</summary>
    protected abstract string Table { get; }

    /// <summary>id, patient_id, encounter_id, doctor_id, at, is_gone, texts of the documents with the ids in $1.</summary>
    protected abstract string Documents { get; }

    /// <summary>Which rows of the table, as <c>x</c>, can be found.</summary>
    protected abstract string ToBeFound { get; }

    public async Task<IReadOnlyList<SourceDocument>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var read = Command(Documents, ids.ToArray());
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(
            row => new SourceDocument(
                row.GetGuid(0), row.GetGuid(1), row.GuidOrNull(2), row.GuidOrNull(3), row.Instant(4), row.GetBoolean(5),
                row.GetBoolean(5) ? [] : row.GetFieldValue<string[]>(6)),
            cancellation);
    }

    public async Task<IReadOnlyList<SourcePlace>> PageAsync(SourcePlace? after, int take, CancellationToken cancellation)
    {
        await using var page = Command($"SELECT id FROM {Table} WHERE id > $1 ORDER BY id LIMIT $2", after?.Id ?? Guid.Empty, take);
        await using var reader = await page.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => new SourcePlace(null, row.GetGuid(0)), cancellation);
    }

    public async Task<IReadOnlyList<Guid>> OfPatientAsync(Guid patientId, CancellationToken cancellation)
    {
        await using var list = Command($"SELECT id FROM {Table} WHERE patient_id = $1 ORDER BY id DESC LIMIT $2", patientId, MostOfAPatient);
        await using var reader = await list.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }

    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var count = Command($"SELECT count(*) FROM {Table} x WHERE {ToBeFound}");
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
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

/// <summary>Prescriptions by the medicines in them: as written, by generic name, and by every brand that is the same. A draft that was given up never was one.</summary>
internal sealed class PrescriptionSource(ClinicDataSources clinic) : TableSource(clinic)
{
    public override SearchKind Kind => SearchKind.Prescription;

    protected override string Table => "prescriptions";

    protected override string ToBeFound => "x.signed_at IS NOT NULL OR x.cancelled_at IS NULL";

    protected override string Documents => """
        SELECT p.id, p.patient_id, p.encounter_id, p.doctor_id, coalesce(p.signed_at, p.created_at), p.signed_at IS NULL AND p.cancelled_at IS NOT NULL,
            array_remove(ARRAY[p.number, p.notes] || ARRAY(
                SELECT t FROM prescription_items i LEFT JOIN formulary_medicines m ON m.id = i.medication_code,
                    unnest(ARRAY[i.medication_name, i.brand, i.strength, i.instructions, m.generic_name]::text[] || m.brand_names) AS t
                WHERE i.prescription_id = p.id ORDER BY i.position, i.id), NULL)
        FROM prescriptions p WHERE p.id = ANY ($1)
        """;
}

/// <summary>Orders by what was asked for and why, by any name that it goes by.</summary>
internal sealed class OrderSource(ClinicDataSources clinic) : TableSource(clinic)
{
    public override SearchKind Kind => SearchKind.Order;

    protected override string Table => "orders";

    protected override string ToBeFound => "true";

    protected override string Documents => """
        SELECT o.id, o.patient_id, o.encounter_id, o.doctor_id, coalesce(o.ordered_at, o.created_at), false,
            array_remove(ARRAY[o.number, o.reason, o.notes, o.referred_to]::text[] || ARRAY(
                SELECT t FROM order_items i LEFT JOIN order_catalogue c ON c.id = i.catalogue_id,
                    unnest(ARRAY[i.item_name, i.instructions, c.short_name]::text[] || c.synonyms) AS t
                WHERE i.order_id = o.id ORDER BY i.position, i.id), NULL)
        FROM orders o WHERE o.id = ANY ($1)
        """;
}

/// <summary>What came of an order: its values by their names, and what a laboratory wrote beside them.</summary>
internal sealed class ResultSource(ClinicDataSources clinic) : TableSource(clinic)
{
    public override SearchKind Kind => SearchKind.Result;

    protected override string Table => "orders";

    protected override string ToBeFound => $"EXISTS (SELECT FROM order_items i JOIN results r ON r.order_item_id = i.id WHERE i.order_id = x.id AND {Counts})";

    /// <summary>An order of which every value was taken back stays in the index as one that is gone.</summary>
    protected override string Documents => $"""
        SELECT o.id, o.patient_id, o.encounter_id, o.doctor_id, coalesce(max(r.effective_at) FILTER (WHERE {Counts}), o.created_at), NOT bool_or({Counts}),
            array_remove(array_agg(t ORDER BY i.position, r.position, r.id) FILTER (WHERE {Counts}), NULL)
        FROM orders o JOIN order_items i ON i.order_id = o.id JOIN results r ON r.order_item_id = i.id LEFT JOIN order_catalogue c ON c.id = i.catalogue_id,
            unnest(ARRAY[r.name, r.value_text, r.comment, i.item_name, c.short_name]::text[] || c.synonyms) AS t
        WHERE o.id = ANY ($1) GROUP BY o.id
        """;

    private const string Counts = "r.superseded_by IS NULL AND r.status <> 'cancelled'";
}
