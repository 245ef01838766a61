using System.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// Takes the connection from the pool of whoever is asking, and tells PostgreSQL who that is, so row-level security can answer.
/// The latter runs at every logical open; Npgsql resets the session when the connection goes back to the pool.
/// </summary>
internal sealed class UserContextInterceptor(ICurrentUser user, ClinicDataSources clinic) : DbConnectionInterceptor
{
    private const string Sql = "SELECT set_config('app.user_id', $1, false)";

    // A pool named in the options would have a model and a cache of compiled queries of its own; this way all pools share them.
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
        => InterceptionResult<DbConnection>.SuppressWithResult((user.IsSystem ? clinic.Worker : clinic.App).CreateConnection());

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.Parameters.Add(new NpgsqlParameter { Value = user.Id?.ToString() ?? "" });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The synchronous path would skip the line above and run as nobody: refuse it.
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        => throw new NotSupportedException("Use the async EF Core methods.");
}
