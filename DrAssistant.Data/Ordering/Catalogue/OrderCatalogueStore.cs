using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Keeps the catalogue with its ranges and sets in memory.</summary>
internal sealed class OrderCatalogueStore(ClinicDataSources clinic, TimeProvider time) : SnapshotStore<OrderCatalogue>(clinic, time)
{
    protected override string VersionQuery => """
        SELECT 'catalogue ' || count(*) || ' ' || coalesce(sum(hashtextextended(id, x)), 0)
        FROM (SELECT id, xmin::text::bigint AS x FROM order_catalogue
            UNION ALL SELECT id, xmin::text::bigint FROM reference_ranges
            UNION ALL SELECT id, xmin::text::bigint FROM order_sets) AS everything
        """;

    protected override async Task<OrderCatalogue> ReadAsync(NpgsqlConnection connection, string version, CancellationToken cancellation)
    {
        var entries = await RowsAsync<CatalogueRow>(connection, "SELECT row_to_json(c)::text FROM order_catalogue c", cancellation);
        var ranges = await RowsAsync<RangeRow>(connection, "SELECT row_to_json(r)::text FROM reference_ranges r", cancellation);
        var sets = await RowsAsync<OrderSetRow>(connection, "SELECT row_to_json(s)::text FROM order_sets s", cancellation);
        return new OrderCatalogue(entries.Select(e => e.ToEntry()), ranges, sets, version);
    }
}
