using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>The page about the data model says what is so.</summary>
public sealed class DataModelTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Absent = "—";

    [Fact]
    public async Task Every_difference_from_the_seed_is_listed_with_its_reason()
    {
        var document = await DataModelDocument.ReadAsync(TestContext.Current.CancellationToken);
        var rows = document.RowsOf("What", "In the seed", "Here", "Why").ToList();
        var listed = rows.SelectMany(row => DataModelDocument.Names(row[0]).Select(name => Line(name, Said(row[1]), Said(row[2])))).ToList();

        var found = (await DifferencesAsync()).ToList();

        Findings.None(found.Except(listed).Select(line => $"not listed: {line}"));
        Findings.None(listed.Except(found).Select(line => $"listed, and not so: {line}"));
        Assert.Equal(listed.Distinct().Count(), listed.Count);
        Assert.All(rows, row => Assert.True(row[3].Length > 8, $"{row[0]} has no reason."));
    }

    [Fact]
    public async Task The_comparison_covers_all_ten_tables_of_the_seed_as_they_were_written()
    {
        var seed = await SeedAsync();

        Assert.Equal(
            ["alerts", "appointments", "encounters", "order_items", "orders", "patients", "prescription_items", "prescriptions", "tasks", "users"],
            SeedSchema.Tables.Order());

        // Counted in the seed itself: columns, CHECKs, indexes. A line lost from the facts would hide a difference.
        Assert.Equal(124, seed.Count(fact => !fact.Value.Contains('(', StringComparison.Ordinal) || IsColumn(fact.Value)));
        Assert.Equal(14, seed.Count(fact => fact.Value.StartsWith("CHECK", StringComparison.Ordinal)));
        Assert.Equal(33, seed.Count(fact => fact.Value.StartsWith("index", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_table_that_the_seed_only_implies_is_listed_with_its_reason()
    {
        var document = await DataModelDocument.ReadAsync(TestContext.Current.CancellationToken);
        var rows = document.RowsOf("Table", "Why").ToList();
        await using var owner = await charts.AsOwnerAsync();
        var there = await owner.ListAsync<string>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");

        Assert.Equal(there.Except(SeedSchema.Tables).Order(), rows.SelectMany(row => DataModelDocument.Names(row[0])).Order());
        Assert.All(rows, row => Assert.NotEmpty(row[1]));
    }

    [Fact]
    public async Task Every_column_that_is_not_in_clear_is_listed()
    {
        var document = await DataModelDocument.ReadAsync(TestContext.Current.CancellationToken);
        var listed = document.RowsOf("Column", "Kind", "What").ToLookup(row => row[1] == "ciphertext within", row => DataModelDocument.Names(row[0]).Single());
        await using var owner = await charts.AsOwnerAsync();
        const string OfType = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = $1";

        Assert.Equal((await owner.ListAsync<string>(OfType, "bytea")).Order(), listed[false].Order());
        Assert.Empty(listed[true].Except(await owner.ListAsync<string>(OfType, "jsonb")));
    }

    private static bool IsColumn(string definition) => definition.StartsWith("varchar(", StringComparison.Ordinal)
        || definition.Contains("default now()", StringComparison.Ordinal);

    private static string? Said(string cell) => cell == Absent ? null : DataModelDocument.Names(cell).Single();

    private static string Line(string name, string? seed, string? here) => $"{name}: {seed ?? Absent} -> {here ?? Absent}";

    private async Task<IEnumerable<string>> DifferencesAsync()
    {
        await using var owner = await charts.AsOwnerAsync();
        var here = await Catalogue.ReadAsync(owner, "public", SeedSchema.Tables);
        var seed = await SeedAsync();
        return from name in here.Keys.Union(seed.Keys)
               let was = seed.GetValueOrDefault(name)
               let isNow = here.GetValueOrDefault(name)
               where was != isNow
               select Line(name, was, isNow);
    }

    /// <summary>The seed's tables, made for the length of a transaction.</summary>
    private async Task<Dictionary<string, string>> SeedAsync()
    {
        await using var owner = await charts.AsOwnerAsync();
        await owner.RunAsync("CREATE SCHEMA seed");
        await owner.RunAsync("SET LOCAL search_path = seed");
        foreach (var statement in SeedSchema.Statements())
        {
            await owner.RunAsync(statement);
        }

        return await Catalogue.ReadAsync(owner, "seed", SeedSchema.Tables);
    }
}
