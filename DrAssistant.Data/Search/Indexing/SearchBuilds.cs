using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// Which indexes there are, and how far the one that is being built has come. It stands in PostgreSQL, wherever the index itself is. An
/// index in another store than the one that the settings name is none.
/// </summary>
internal sealed class SearchBuilds(ClinicDataSources clinic, TimeProvider time, IOptions<SearchStoreOptions> options)
{
    /// <summary>To be raised with every change of how text is taken apart: the index is then built anew at the next start.</summary>
    public const int Rules = 1;

    /// <summary>A number above all that were drawn before. It is drawn before a document is read.</summary>
    public async Task<long> NextVersionAsync(CancellationToken cancellation)
    {
        await using var next = clinic.Worker.CreateCommand("SELECT nextval('search_versions')");
        return (long)(await next.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The one that is asked and the one that is being built: whatever changes is written to both.</summary>
    public async Task<IReadOnlyList<int>> WrittenAsync(CancellationToken cancellation)
    {
        await using var open = clinic.Worker.CreateCommand("SELECT generation FROM search_builds WHERE state <> 'old' AND store = $1 ORDER BY generation");
        open.Parameters.Add(new NpgsqlParameter { Value = options.Value.Store });
        await using var reader = await open.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetInt32(0), cancellation);
    }

    /// <summary>The index that is asked; null before the first was built.</summary>
    public async Task<SearchBuild?> LiveAsync(CancellationToken cancellation) => await InAsync("live", cancellation);

    /// <summary>The build that somebody began.</summary>
    public async Task<SearchBuild?> UnfinishedAsync(CancellationToken cancellation) => await InAsync("building", cancellation);

    public async Task<SearchBuild> BeginAsync(CancellationToken cancellation)
    {
        await using var elsewhere = clinic.Worker.CreateCommand("UPDATE search_builds SET state = 'old' WHERE state = 'building' AND store <> $1");
        elsewhere.Parameters.Add(new NpgsqlParameter { Value = options.Value.Store });
        await elsewhere.ExecuteNonQueryAsync(cancellation);
        await using var begin = clinic.Worker.CreateCommand("""
            INSERT INTO search_builds (generation, rules, started_at, store) SELECT coalesce(max(generation), 0) + 1, $1, $2, $3 FROM search_builds
            """);
        begin.Parameters.Add(new NpgsqlParameter { Value = Rules });
        begin.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        begin.Parameters.Add(new NpgsqlParameter { Value = options.Value.Store });
        await begin.ExecuteNonQueryAsync(cancellation);
        return (await UnfinishedAsync(cancellation))!;
    }

    /// <summary>How far it has come.</summary>
    public async Task NoteAsync(SearchBuild build, CancellationToken cancellation)
    {
        await using var note = clinic.Worker.CreateCommand("""
            UPDATE search_builds SET kind = $2, after_at = $3, after_id = $4, written = $5, failed = $6 WHERE generation = $1 AND state = 'building'
            """);
        note.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = build.Generation },
            new() { Value = build.Kind is { } kind ? EnumText.Of(kind) : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar },
            new() { Value = (object?)build.After?.At?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            new() { Value = (object?)build.After?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
            new() { Value = build.Written },
            new() { Value = build.Failed },
        });
        await note.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The build becomes the index that is asked. The one before it is no longer written.</summary>
    public async Task SwitchAsync(int generation, CancellationToken cancellation)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var old = new NpgsqlCommand("UPDATE search_builds SET state = 'old' WHERE state = 'live'", connection, transaction);
        await old.ExecuteNonQueryAsync(cancellation);
        await using var live = new NpgsqlCommand("UPDATE search_builds SET state = 'live', finished_at = $2 WHERE generation = $1", connection, transaction)
        {
            Parameters = { new() { Value = generation }, new() { Value = time.GetUtcNow() } },
        };
        await live.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A build by other rules than these, or one that nobody wants any more.</summary>
    public async Task GiveUpAsync(int generation, CancellationToken cancellation)
    {
        await using var up = clinic.Worker.CreateCommand("UPDATE search_builds SET state = 'old' WHERE generation = $1 AND state = 'building'");
        up.Parameters.Add(new NpgsqlParameter { Value = generation });
        await up.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<int>> OldAsync(CancellationToken cancellation)
    {
        await using var old = clinic.Worker.CreateCommand("SELECT generation FROM search_builds WHERE state = 'old' ORDER BY generation DESC LIMIT 3");
        await using var reader = await old.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetInt32(0), cancellation);
    }

    private async Task<SearchBuild?> InAsync(string state, CancellationToken cancellation)
    {
        await using var find = clinic.Worker.CreateCommand("""
            SELECT generation, rules, kind, after_at, after_id, written, failed, started_at, finished_at FROM search_builds WHERE state = $1 AND store = $2
            """);
        find.Parameters.Add(new NpgsqlParameter { Value = state });
        find.Parameters.Add(new NpgsqlParameter { Value = options.Value.Store });
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        return (await reader.ListAsync(
            row => new SearchBuild(row.GetInt32(0), row.GetInt32(1))
            {
                Kind = row.WordOrNull<SearchKind>(2),
                After = row.GuidOrNull(4) is { } id ? new SourcePlace(row.InstantOrNull(3), id) : null,
                Written = row.GetInt64(5),
                Failed = row.GetInt64(6),
                StartedAt = row.Instant(7),
                FinishedAt = row.InstantOrNull(8),
            },
            cancellation)).SingleOrDefault();
    }
}

/// <summary>One building of the index.</summary>
internal sealed record SearchBuild(int Generation, int Rules)
{
    /// <summary>The kind that is being written, and after which document it goes on.</summary>
    public SearchKind? Kind { get; init; }

    public SourcePlace? After { get; init; }

    public long Written { get; init; }

    /// <summary>Left to the outbox, which tries them again and reports what never succeeds.</summary>
    public long Failed { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
