using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>Keeps the formulary in memory.</summary>
internal sealed class FormularyStore(ClinicDataSources clinic, TimeProvider time) : SnapshotStore<FormularySnapshot>(clinic, time)
{
    protected override string VersionQuery
        => "SELECT 'formulary ' || count(*) || ' ' || coalesce(sum(hashtextextended(id, xmin::text::bigint)), 0) FROM formulary_medicines";

    protected override async Task<FormularySnapshot> ReadAsync(NpgsqlConnection connection, string version, CancellationToken cancellation)
    {
        var kept = await RowsAsync<Kept>(connection, "SELECT json_build_object('row', m, 'updated_at', m.updated_at)::text FROM formulary_medicines m", cancellation);
        return new FormularySnapshot(kept.ConvertAll(k => k.Row.ToMedicine(k.UpdatedAt)), version);
    }

    private sealed record Kept(MedicineRow Row, DateTimeOffset UpdatedAt);
}
