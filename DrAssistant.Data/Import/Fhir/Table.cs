using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A row on its way into a table.</summary>
internal readonly record struct Row(Table Table, object Value);

/// <summary>
/// A table that takes many rows in one statement: one array a column. COPY would be a little faster, but PostgreSQL refuses
/// it on a table with row-level security.
/// </summary>
internal abstract class Table
{
    /// <summary>True when several entries may carry the same row: the first one writes it.</summary>
    public bool Shared { get; init; }

    public abstract NpgsqlBatchCommand Insert(IReadOnlyList<object> rows);
}

internal sealed class Table<T>(string name, params Column<T>[] columns) : Table
    where T : class
{
    private readonly string _columns = string.Join(", ", columns.Select(column => column.Name));
    private readonly string _arrays = string.Join(", ", columns.Select((column, at) => $"${at + 1}::{column.SqlType}[]"));

    public override NpgsqlBatchCommand Insert(IReadOnlyList<object> rows)
    {
        var command = new NpgsqlBatchCommand(
            $"INSERT INTO {name} ({_columns}) SELECT * FROM unnest({_arrays}){(Shared ? " ON CONFLICT DO NOTHING" : "")}");
        foreach (var column in columns)
        {
            command.Parameters.Add(column.Values(rows));
        }

        return command;
    }
}

internal abstract class Column<T>(string name, string sqlType)
{
    public string Name => name;

    public string SqlType => sqlType;

    public static Column<T> Of<TValue>(string name, string sqlType, Func<T, TValue> value) => new Typed<TValue>(name, sqlType, value);

    public abstract NpgsqlParameter Values(IReadOnlyList<object> rows);

    private sealed class Typed<TValue>(string name, string sqlType, Func<T, TValue> value) : Column<T>(name, sqlType)
    {
        public override NpgsqlParameter Values(IReadOnlyList<object> rows) => new()
        {
            Value = rows.Select(row => value((T)row)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | TypeOf(SqlType),
        };

        private static NpgsqlDbType TypeOf(string sqlType) => sqlType switch
        {
            "uuid" => NpgsqlDbType.Uuid,
            "text" => NpgsqlDbType.Text,
            "bytea" => NpgsqlDbType.Bytea,
            "date" => NpgsqlDbType.Date,
            "boolean" => NpgsqlDbType.Boolean,
            "numeric" => NpgsqlDbType.Numeric,
            "integer" => NpgsqlDbType.Integer,
            "timestamptz" => NpgsqlDbType.TimestampTz,
            _ => throw new ArgumentOutOfRangeException(nameof(sqlType), sqlType, "No array of this type is written."),
        };
    }
}
