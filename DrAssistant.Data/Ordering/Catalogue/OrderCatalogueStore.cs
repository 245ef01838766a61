using System.Text.Json;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>
/// Keeps the catalogue with its ranges and sets in memory. Whether a row has changed is asked at most every few seconds, with one short statement, so an admin's edit is known
/// to every portal soon and to the one that made it at once. Nothing in it is about a patient.
/// </summary>
internal sealed class OrderCatalogueStore(ClinicDataSources clinic, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Held? _held;

    public async ValueTask<OrderCatalogue> CurrentAsync(CancellationToken cancellation)
    {
        if (_held is { } held && time.GetElapsedTime(held.AskedAt) < AskedAgain)
        {
            return held.Snapshot;
        }

        await _loading.WaitAsync(cancellation);
        try
        {
            return _held is { } other && time.GetElapsedTime(other.AskedAt) < AskedAgain ? other.Snapshot : await AskAsync(cancellation);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>The next question asks the database.</summary>
    public void Forget() => _held = _held is { } held ? held with { AskedAt = time.GetTimestamp() - (long)(AskedAgain.TotalSeconds * time.TimestampFrequency) } : null;

    public void Dispose() => _loading.Dispose();

    private async Task<OrderCatalogue> AskAsync(CancellationToken cancellation)
    {
        var askedAt = time.GetTimestamp();
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        var version = await VersionAsync(connection, cancellation);
        var snapshot = _held?.Snapshot is { } known && known.Version == version ? known : await ReadAsync(connection, version, cancellation);
        _held = new Held(snapshot, askedAt);
        return snapshot;
    }

    /// <summary>Each change of a row gives it another xmin: a time would miss what a long transaction committed late.</summary>
    private static async Task<string> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand("""
            SELECT 'catalogue ' || count(*) || ' ' || coalesce(sum(hashtextextended(id, x)), 0)
            FROM (SELECT id, xmin::text::bigint AS x FROM order_catalogue
                UNION ALL SELECT id, xmin::text::bigint FROM reference_ranges
                UNION ALL SELECT id, xmin::text::bigint FROM order_sets) AS everything
            """, connection);
        return (string)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<OrderCatalogue> ReadAsync(NpgsqlConnection connection, string version, CancellationToken cancellation)
    {
        var entries = await RowsAsync<CatalogueRow>(connection, "SELECT row_to_json(c)::text FROM order_catalogue c", cancellation);
        var ranges = await RowsAsync<RangeRow>(connection, "SELECT row_to_json(r)::text FROM reference_ranges r", cancellation);
        var sets = await RowsAsync<OrderSetRow>(connection, "SELECT row_to_json(s)::text FROM order_sets s", cancellation);
        return new OrderCatalogue(entries.Select(e => e.ToEntry()), ranges, sets, version);
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var read = new NpgsqlCommand(sql, connection);
        await using var rows = await read.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(JsonSerializer.Deserialize<T>(rows.GetString(0), Json)!);
        }

        return found;
    }

    private sealed record Held(OrderCatalogue Snapshot, long AskedAt);
}
