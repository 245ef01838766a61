using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// Many rows of one table in one statement, sent as JSON and taken apart by PostgreSQL. COPY would be the usual way, but it is
/// refused under row-level security. Properties are columns by their snake_case names; what a row does not have keeps its default.
/// </summary>
internal static class BulkWrite
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new ByteaConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutChildren } },
    };

    public static Task InsertAsync<T>(NpgsqlConnection connection, string table, IReadOnlyCollection<T> rows, CancellationToken cancellation)
        => RunAsync(connection, table, rows, conflict: "", cancellation);

    /// <summary>Rows whose <paramref name="key"/> is there already are brought up to date; with <paramref name="only"/> those alone that meet it.</summary>
    public static Task UpsertAsync<T>(
        NpgsqlConnection connection, string table, string key, IReadOnlyCollection<T> rows, CancellationToken cancellation, string? only = null)
    {
        var changed = Columns<T>().Where(column => column != key).Select(column => $"{column} = excluded.{column}");
        return RunAsync(connection, table, rows, $" ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", changed)}{(only is null ? "" : $" WHERE {only}")}", cancellation);
    }

    private static async Task RunAsync<T>(
        NpgsqlConnection connection, string table, IReadOnlyCollection<T> rows, string conflict, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var columns = string.Join(", ", Columns<T>());
        await using var insert = new NpgsqlCommand(
            $"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, $1){conflict}", connection);
        insert.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.SerializeToUtf8Bytes(rows, Json), NpgsqlDbType = NpgsqlDbType.Json });
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<string> Columns<T>() => Json.GetTypeInfo(typeof(T)).Properties.Where(property => property.Get is not null).Select(property => property.Name);

    /// <summary>The items of an order or a prescription are rows of another table; what is marked as ignored is no column and has no getter here.</summary>
    private static void LeaveOutChildren(JsonTypeInfo type)
    {
        foreach (var child in type.Properties.Where(p => IsListOfRows(p.PropertyType) || p.Get is null).ToList())
        {
            type.Properties.Remove(child);
        }
    }

    private static bool IsListOfRows(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
            && type.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string);

    private sealed class ByteaConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => throw new NotSupportedException("Rows are only written this way.");

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
            => writer.WriteStringValue($@"\x{Convert.ToHexStringLower(value)}");
    }
}
