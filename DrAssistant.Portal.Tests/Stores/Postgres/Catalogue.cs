using System.Text.RegularExpressions;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>What PostgreSQL says of the tables of one schema: every column, constraint and index, in short words.</summary>
internal static partial class Catalogue
{
    private const string Sql = """
        WITH wanted AS (SELECT oid, relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relname = ANY ($2))
        SELECT relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
                'default ' || pg_get_expr(adbin, adrelid))
            FROM wanted JOIN pg_attribute ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT relname || '.' || conname, pg_get_constraintdef(pg_constraint.oid, true) FROM wanted JOIN pg_constraint ON conrelid = wanted.oid
            WHERE contype IN ('c', 'f', 'p', 'u', 'x')
        UNION ALL
        SELECT t.relname || '.' || i.relname, pg_get_indexdef(indexrelid, 0, true)
            FROM wanted t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
            WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = t.oid)
        """;

    /// <summary>From <c>table.name</c> to what it is.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(Statements statements, string schema, IReadOnlyList<string> tables)
    {
        // Names are shown without their schema only when it is on the path.
        await statements.RunAsync("SELECT set_config('search_path', $1, true)", schema == "public" ? schema : $"{schema}, public");
        var rows = await statements.RowsAsync(Sql, schema, tables.ToArray());
        return rows.ToDictionary(row => row[0], row => Short(row[1], schema));
    }

    private static string Short(string definition, string schema)
    {
        var text = definition
            .Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal)
            .Replace("timestamp without time zone", "timestamp", StringComparison.Ordinal)
            .Replace("character varying", "varchar", StringComparison.Ordinal)
            .Replace("::varchar", "", StringComparison.Ordinal)
            .Replace("::text[]", "", StringComparison.Ordinal)
            .Replace("::text", "", StringComparison.Ordinal)
            .Replace($" ON {schema}.", " ON ", StringComparison.Ordinal);
        text = Index().Replace(text, "${unique}index ${what}").Replace("UNIQUE index", "unique index", StringComparison.Ordinal)
            .Replace("index btree ", "index ", StringComparison.Ordinal);
        return NoneOf().Replace(OneOf().Replace(text, " IN (${words})"), " NOT IN (${words})");
    }

    [GeneratedRegex(@"^CREATE (?<unique>UNIQUE )?INDEX \w+ ON \w+ USING (?<what>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Index();

    [GeneratedRegex(@" = ANY \(ARRAY\[(?<words>[^\]]*)\]\)", RegexOptions.NonBacktracking)]
    private static partial Regex OneOf();

    [GeneratedRegex(@" <> ALL \(ARRAY\[(?<words>[^\]]*)\]\)", RegexOptions.NonBacktracking)]
    private static partial Regex NoneOf();
}
