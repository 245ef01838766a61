using System.Text.Json;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Reference;

/// <summary>
/// Keeps small tables of reference data in memory. Whether a row has changed is asked at most every few seconds, with one short statement, so an admin's
/// edit is known to every portal soon and to the one that made it at once. Never for what is about a patient.
/// </summary>
/// <typeparam name="TSnapshot">All rows as they were at one moment, ready to be searched. Immutable.</typeparam>
internal abstract class SnapshotStore<TSnapshot>(ClinicDataSources clinic, TimeProvider time) : IDisposable
    where TSnapshot : class
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Held? _held;

    /// <summary>
    /// A statement that answers one text, another after each change. It is made of the rows' xmin: a time would miss what a long transaction committed late.
    /// </summary>
    protected abstract string VersionQuery { get; }

    public async ValueTask<TSnapshot> CurrentAsync(CancellationToken cancellation)
    {
        if (_held is { } held && IsFresh(held))
        {
            return held.Snapshot;
        }

        await _loading.WaitAsync(cancellation);
        try
        {
            return _held is { } other && IsFresh(other) ? other.Snapshot : await AskAsync(cancellation);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>The next question asks the database.</summary>
    public void Forget() => _held = _held is { } held ? held with { AskedAt = time.GetTimestamp() - (long)(AskedAgain.TotalSeconds * time.TimestampFrequency) } : null;

    public void Dispose()
    {
        _loading.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TSnapshot> ReadAsync(NpgsqlConnection connection, string version, CancellationToken cancellation);

    /// <summary>Reads what a statement gives as one JSON object a row.</summary>
    protected static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
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

    private bool IsFresh(Held held) => time.GetElapsedTime(held.AskedAt) < AskedAgain;

    private async Task<TSnapshot> AskAsync(CancellationToken cancellation)
    {
        var askedAt = time.GetTimestamp();
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var ask = new NpgsqlCommand(VersionQuery, connection);
        var version = (string)(await ask.ExecuteScalarAsync(cancellation))!;
        var snapshot = _held is { } known && known.Version == version ? known.Snapshot : await ReadAsync(connection, version, cancellation);
        _held = new Held(snapshot, version, askedAt);
        return snapshot;
    }

    private sealed record Held(TSnapshot Snapshot, string Version, long AskedAt);
}
