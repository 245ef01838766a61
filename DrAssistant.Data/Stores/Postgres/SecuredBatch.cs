using DrAssistant.Data.Security;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// Several statements in one round trip and one implicit transaction, as the current user. The first command names
/// the user for this transaction only, so nothing stays on the connection when it goes back to the pool.
/// </summary>
internal sealed class SecuredBatch(ClinicDataSources clinic, ICurrentUser user)
{
    /// <summary>Runs <paramref name="commands"/>; <paramref name="read"/> starts at the first one's rows.</summary>
    /// <param name="commands">In this order.</param>
    /// <param name="read">Reads the answers.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="plannedOnce">
    /// For statements whose plan is good whatever they are asked, and that take as long to plan as to run: PostgreSQL plans them once a
    /// connection, and not each time anew in the hope of something better.
    /// </param>
    public async Task<T> ReadAsync<T>(
        IEnumerable<NpgsqlBatchCommand> commands,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation,
        bool plannedOnce = false)
    {
        var source = user.IsSystem ? clinic.Worker : clinic.App;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(WhoIsAsking(plannedOnce));
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation); // past the answer of set_config
        var answer = await read(reader, cancellation);

        // A statement after the last one read (the audit row) may still fail: its error surfaces only here.
        while (await reader.NextResultAsync(cancellation))
        {
        }

        return answer;
    }

    private NpgsqlBatchCommand WhoIsAsking(bool plannedOnce)
        => new(plannedOnce ? "SELECT set_config('app.user_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)" : "SELECT set_config('app.user_id', $1, true)")
    {
        Parameters = { new() { Value = user.Id?.ToString() ?? "" } },
    };
}
