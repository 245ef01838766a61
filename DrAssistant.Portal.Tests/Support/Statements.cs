using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>Raw statements in one transaction, undone at the end unless kept.</summary>
internal sealed class Statements : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Statements(NpgsqlConnection connection, NpgsqlTransaction transaction)
        => (_connection, _transaction) = (connection, transaction);

    public static async Task<Statements> OpenAsync(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        return new Statements(connection, await connection.BeginTransactionAsync());
    }

    /// <summary>From here on these are the statements of this person.</summary>
    public Task BecomeAsync(Guid? person) => RunAsync("SELECT set_config('app.user_id', $1, true)", person?.ToString() ?? "");

    /// <summary>Runs a statement and says how many rows it touched.</summary>
    public async Task<int> RunAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> AskAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }

    public async Task<IReadOnlyList<string[]>> RowsAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString()!)]);
        }

        return rows;
    }

    /// <summary>The SQLSTATE by which the database refuses a statement, or null when it does not; undone either way.</summary>
    public async Task<string?> RefusalOfAsync(string sql, params object[] values)
    {
        await RunAsync("SAVEPOINT attempt");
        try
        {
            await RunAsync(sql, values);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
        finally
        {
            await RunAsync("ROLLBACK TO attempt");
        }
    }

    public Task KeepAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
