using System.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// Tells PostgreSQL who is asking, so row-level security can answer.
/// Runs at every logical open; Npgsql resets the session when the connection goes back to the pool.
/// </summary>
internal sealed class UserContextInterceptor(ICurrentUser user) : DbConnectionInterceptor
{
    private const string Sql = "SELECT set_config('app.user_id', $1, false)";

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
