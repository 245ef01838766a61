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
    public async Task<T> ReadAsync<T>(
        IEnumerable<NpgsqlBatchCommand> commands,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation)
    {
        var source = user.IsSystem ? clinic.Worker : clinic.App;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(WhoIsAsking());
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

    private NpgsqlBatchCommand WhoIsAsking() => new("SELECT set_config('app.user_id', $1, true)")
    {
        Parameters = { new() { Value = user.Id?.ToString() ?? "" } },
    };
}
