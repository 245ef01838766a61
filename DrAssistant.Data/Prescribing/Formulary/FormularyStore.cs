using System.Text.Json;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>
/// Keeps the formulary in memory. Whether a row has changed is asked at most every few seconds, with one short statement, so an admin's edit is known
/// to every portal soon and to the one that made it at once. Nothing in it is about a patient.
/// </summary>
internal sealed class FormularyStore(ClinicDataSources clinic, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Held? _held;

    public async ValueTask<FormularySnapshot> CurrentAsync(CancellationToken cancellation)
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

    private async Task<FormularySnapshot> AskAsync(CancellationToken cancellation)
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
        await using var ask = new NpgsqlCommand(
            "SELECT 'formulary ' || count(*) || ' ' || coalesce(sum(hashtextextended(id, xmin::text::bigint)), 0) FROM formulary_medicines", connection);
        return (string)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<FormularySnapshot> ReadAsync(NpgsqlConnection connection, string version, CancellationToken cancellation)
    {
        await using var read = new NpgsqlCommand("SELECT row_to_json(m)::text, m.updated_at FROM formulary_medicines m", connection);
        await using var rows = await read.ExecuteReaderAsync(cancellation);
        var medicines = new List<Medicine>();
        while (await rows.ReadAsync(cancellation))
        {
            medicines.Add(JsonSerializer.Deserialize<MedicineRow>(rows.GetString(0), Json)!.ToMedicine(rows.GetFieldValue<DateTimeOffset>(1)));
        }

        return new FormularySnapshot(medicines, version);
    }

    private sealed record Held(FormularySnapshot Snapshot, long AskedAt);
}
