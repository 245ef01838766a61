using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;
using Migration = DrAssistant.Data.Stores.Postgres.DatabaseMigrator.Migration;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

public sealed class MigrationTests(ClinicDatabase databases)
{
    private static readonly Migration First = new(1, "0001_first.sql", "CREATE TABLE first (id integer)");
    private static readonly Migration Second = new(2, "0002_second.sql", "CREATE TABLE second (id integer)");

    [Fact]
    public async Task An_empty_database_gets_every_file_and_a_second_start_none()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);
        var files = DatabaseMigrator.Embedded().Count;

        Assert.Equal(files, await DatabaseMigrator.MigrateAsync(database.Connections.Owner, TestContext.Current.CancellationToken));
        Assert.Equal(0, await DatabaseMigrator.MigrateAsync(database.Connections.Owner, TestContext.Current.CancellationToken));
        Assert.Equal(files, await AskAsync(database, "SELECT count(*) FROM schema_history"));
    }

    [Fact]
    public async Task A_new_file_is_applied_upon_those_that_are_there()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await MigrateAsync(database, First));
        Assert.Equal(1, await MigrateAsync(database, First, Second));
        Assert.Equal(2, await AskAsync(database, "SELECT count(*) FROM pg_tables WHERE tablename IN ('first', 'second')"));
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_stops_the_start()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);
        await MigrateAsync(database, First);

        var refused = await Assert.ThrowsAsync<ClinicStartupException>(
            () => MigrateAsync(database, First with { Sql = First.Sql + " " }, Second));

        Assert.Contains("0001_first.sql was changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await AskAsync(database, "SELECT count(*) FROM pg_tables WHERE tablename = 'second'"));
    }

    [Fact]
    public async Task A_database_that_is_newer_stops_the_start()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);
        await MigrateAsync(database, First, Second);

        var refused = await Assert.ThrowsAsync<ClinicStartupException>(() => MigrateAsync(database, First));

        Assert.Contains("0002", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_that_start_at_once_apply_each_file_once()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);

        // Slow enough that the second is there before the first is done.
        Migration[] files = [First with { Sql = "SELECT pg_sleep(0.3); " + First.Sql }, Second];
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(database, files)));

        Assert.Equal([0, 0, 0, 2], applied.Order());
    }

    [Fact]
    public async Task A_file_is_applied_whole_or_not_at_all()
    {
        await using var database = await databases.NewEmptyAsync(TestContext.Current.CancellationToken);
        var broken = Second with { Sql = Second.Sql + "; SELECT 1 / 0" };

        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync(database, First, broken));

        Assert.Equal(1, await AskAsync(database, "SELECT count(*) FROM pg_tables WHERE tablename IN ('first', 'second')"));
        Assert.Equal(1, await AskAsync(database, "SELECT count(*) FROM schema_history"));
        Assert.Equal(1, await MigrateAsync(database, First, Second));
    }

    [Fact]
    public void The_files_are_numbered_from_1_without_a_gap()
    {
        var files = Directory.GetFiles(Repository.PathOf("DrAssistant.Data/Stores/Postgres/Migrations")).Select(Path.GetFileName).ToList();

        Assert.All(files, file => Assert.Matches("^[0-9]{4}_[a-z_]+[.]sql$", file));
        Assert.Equal(files.Order(StringComparer.Ordinal), DatabaseMigrator.Embedded().Select(migration => migration.Name));
        Assert.Equal(Enumerable.Range(1, files.Count), DatabaseMigrator.Embedded().Select(migration => migration.Number));
    }

    private static Task<int> MigrateAsync(FreshClinic database, params Migration[] migrations)
        => DatabaseMigrator.MigrateAsync(database.Connections.Owner, migrations, TestContext.Current.CancellationToken);

    private static async Task<long> AskAsync(FreshClinic database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.Connections.Owner);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
