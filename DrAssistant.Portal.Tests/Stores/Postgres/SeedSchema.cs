using System.Text;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>
/// The facts of <c>SeedSchema.txt</c> as statements that make those tables, so that PostgreSQL itself says what they are
/// and both schemas are read from its catalogue in the same words.
/// </summary>
internal static class SeedSchema
{
    private static readonly IReadOnlyList<string> Lines = Read();

    public static IReadOnlyList<string> Tables { get; } =
        [.. Lines.Where(IsTable).Select(line => line["table ".Length..])];

    /// <summary>The statements, for an empty schema that is first in the search path.</summary>
    public static IEnumerable<string> Statements()
    {
        foreach (var table in Tables)
        {
            var facts = Lines.SkipWhile(line => line != $"table {table}").Skip(1).TakeWhile(line => !IsTable(line)).ToList();
            var indexes = facts.Where(fact => fact.StartsWith("index ", StringComparison.Ordinal)).ToList();
            yield return $"CREATE TABLE {table} ({string.Join(", ", facts.Except(indexes).Select(ColumnOrCheck))})";
            foreach (var index in indexes)
            {
                yield return Index(table, index);
            }
        }
    }

    private static bool IsTable(string line) => line.StartsWith("table ", StringComparison.Ordinal);

    private static string ColumnOrCheck(string fact)
    {
        var words = fact.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["check", var name, var column, .. var allowed])
        {
            return $"CONSTRAINT {name} CHECK ({column.TrimEnd(':')} IN ({string.Join(", ", allowed.Select(word => $"'{word}'"))}))";
        }

        var sql = new StringBuilder().AppendJoin(' ', words[..2]);
        for (var i = 2; i < words.Length; i++)
        {
            sql.Append(words[i] switch
            {
                "key" => " PRIMARY KEY",
                "required" => " NOT NULL",
                "unique" => " UNIQUE",
                "->" => $" REFERENCES {words[++i]} (id)",
                "default" => $" DEFAULT {words[++i]}",
                _ => throw new FormatException($"SeedSchema.txt: '{words[i]}' in '{fact}' is not understood."),
            });
        }

        return sql.ToString();
    }

    private static string Index(string table, string fact)
    {
        var colon = fact.IndexOf(':', StringComparison.Ordinal);
        var parts = fact[(colon + 1)..].Split(" when ");
        return $"CREATE {fact[..colon]} ON {table} ({parts[0]}){(parts.Length > 1 ? " WHERE " + parts[1] : "")}";
    }

    private static List<string> Read()
    {
        using var reader = new StreamReader(typeof(SeedSchema).Assembly.GetManifestResourceStream("SeedSchema.txt")!);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#')),
        ];
    }
}
