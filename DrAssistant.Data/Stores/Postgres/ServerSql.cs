using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The little SQL that runs before there is a schema.</summary>
internal static class ServerSql
{
    public static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The first column of the first row, or null.</summary>
    public static async Task<T?> AskAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellation) is T answer ? answer : default;
    }

    /// <summary>
    /// Runs a statement that cannot have parameters. The server itself puts the values in:
    /// %I quotes a name, %L a literal (the format() of PostgreSQL).
    /// </summary>
    public static async Task RunFormattedAsync(this NpgsqlConnection connection, string format, CancellationToken cancellation, params string[] values)
    {
        var statement = await connection.AskAsync<string>("SELECT format($1, VARIADIC $2::text[])", cancellation, format, values);
        await connection.RunAsync(statement!, cancellation);
    }

#pragma warning disable CA2100 // The text is a constant of the caller, or was quoted by the server.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
