using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>The migrations are SQL and the model is C#: what the model says of a column must be what is there.</summary>
public sealed class ModelMatchesSchemaTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    // The system column behind optimistic concurrency; information_schema does not show it.
    private const string RowVersion = "xmin";

    [Fact]
    public async Task Every_mapped_table_and_column_is_there_with_its_type_length_and_nullability()
    {
        var schema = (await ColumnsAsync()).ToDictionary(c => (c.Table, c.Name));
        var wrong = new List<string>();
        foreach (var (table, property) in Mapped())
        {
            var name = property.GetColumnName();
            if (!schema.TryGetValue((table, name), out var column))
            {
                wrong.Add($"{table}.{name} is mapped and not there.");
                continue;
            }

            Compare(wrong, $"{table}.{name} type", TypeOf(property), column.Type);
            Compare(wrong, $"{table}.{name} length", property.GetMaxLength()?.ToString(CultureInfo.InvariantCulture) ?? "", column.Length);
            Compare(wrong, $"{table}.{name} nullable", property.IsNullable, column.Nullable && !column.IsOfView);
        }

        Findings.None(wrong);
    }

    [Fact]
    public async Task Every_column_that_must_have_a_value_and_has_no_default_is_mapped()
    {
        var mapped = Mapped().Select(m => (m.Table, m.Property.GetColumnName())).ToHashSet();
        var tables = mapped.Select(m => m.Table).ToHashSet();

        var forgotten = (await ColumnsAsync())
            .Where(c => tables.Contains(c.Table) && !c.Nullable && !c.HasDefault && !mapped.Contains((c.Table, c.Name)))
            .Select(c => $"{c.Table}.{c.Name}");

        Findings.None(forgotten);
    }

    [Fact]
    public async Task Every_key_of_the_model_is_one_of_the_schema()
    {
        await using var worker = await charts.AsWorkerAsync();
        var keys = await worker.ListAsync<string>("""
            SELECT c.conrelid::regclass || ' ' || array_to_string(ARRAY(
                SELECT a.attname FROM unnest(c.conkey) k JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k ORDER BY 1), ',')
            FROM pg_constraint c WHERE c.contype = 'p' AND c.connamespace = 'public'::regnamespace
            """);

        var views = (await ColumnsAsync()).Where(c => c.IsOfView).Select(c => c.Table).ToHashSet();
        var wrong = Model().GetEntityTypes().Where(entity => !views.Contains(entity.GetTableName()!))
            .Select(entity => $"{entity.GetTableName()} {string.Join(',', entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).Order(StringComparer.Ordinal))}")
            .Except(keys);

        Findings.None(wrong);
    }

    private static void Compare<T>(List<string> wrong, string what, T model, T schema)
    {
        if (!EqualityComparer<T>.Default.Equals(model, schema))
        {
            wrong.Add($"{what}: the model says '{model}', the schema '{schema}'.");
        }
    }

    private static IEnumerable<(string Table, IProperty Property)> Mapped()
        => from entity in Model().GetEntityTypes()
           from property in entity.GetProperties()
           where property.GetColumnName() != RowVersion
           select (entity.GetTableName()!, property);

    // A type with its length is said in two columns of information_schema.
    private static string TypeOf(IProperty property)
    {
        var type = property.GetColumnType();
        return type.IndexOf('(', StringComparison.Ordinal) is var bracket and > 0 ? type[..bracket] : type;
    }

    private static IModel Model()
    {
        using var db = new ClinicDb(new DbContextOptionsBuilder<ClinicDb>().UseNpgsql("Host=nowhere").Options);
        return db.Model;
    }

    private async Task<IReadOnlyList<Column>> ColumnsAsync()
    {
        await using var owner = await charts.AsOwnerAsync();
        var rows = await owner.RowsAsync("""
            SELECT table_name, column_name,
                CASE data_type WHEN 'ARRAY' THEN format_type(a.atttypid, NULL) ELSE data_type END,
                CASE WHEN data_type = 'character varying' THEN character_maximum_length END,
                is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES',
                EXISTS (SELECT FROM pg_class v WHERE v.oid = a.attrelid AND v.relkind = 'v')
            FROM information_schema.columns
            JOIN pg_attribute a ON a.attrelid = format('%I.%I', table_schema, table_name)::regclass AND a.attname = column_name
            WHERE table_schema = 'public'
            """);
        return [.. rows.Select(r => new Column(r[0], r[1], r[2], r[3], r[4] == "True", r[5] == "True", r[6] == "True"))];
    }

    /// <summary>Of a view nothing says what may be missing, and it has no key.</summary>
    private sealed record Column(string Table, string Name, string Type, string Length, bool Nullable, bool HasDefault, bool IsOfView);
}
