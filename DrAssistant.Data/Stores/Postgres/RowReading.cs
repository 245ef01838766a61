using DrAssistant.Data.Common;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>Columns of the row in hand. A row is in memory once it was read, so none of these waits.</summary>
internal static class RowReading
{
    public static Guid? GuidOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static decimal? NumberOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static DateOnly Day(this NpgsqlDataReader row, int column) => row.GetFieldValue<DateOnly>(column);

    public static TEnum Word<TEnum>(this NpgsqlDataReader row, int column)
        where TEnum : struct, Enum
        => EnumText.Parse<TEnum>(row.GetString(column));

    public static TEnum? WordOrNull<TEnum>(this NpgsqlDataReader row, int column)
        where TEnum : struct, Enum
        => row.IsDBNull(column) ? null : row.Word<TEnum>(column);

    /// <summary>All rows of the current result, then on to the next one.</summary>
    public static async Task<List<T>> ListAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        await reader.NextResultAsync(cancellation);
        return rows;
    }
}
