using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// Applies the numbered SQL files of this assembly in order, one transaction a file, as <c>clinic_owner</c>.
/// Forward only: a file that changed after it was applied stops the start.
/// </summary>
internal static class DatabaseMigrator
{
    // Any number will do, as long as every server of a practice uses the same one.
    private const long Lock = 7_316_520_114;

    /// <summary>Brings the schema up to date and says how many files were applied.</summary>
    /// <exception cref="ClinicStartupException">An applied file changed, or the database is newer than this build.</exception>
    public static Task<int> MigrateAsync(string ownerConnectionString, CancellationToken cancellation)
        => MigrateAsync(ownerConnectionString, Embedded(), cancellation);

    internal static async Task<int> MigrateAsync(
        string ownerConnectionString, IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({Lock})", cancellation);
        await ExecuteAsync(connection, HistoryTable, cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        RefuseWhatDiffers(migrations, applied);

        var waiting = migrations.Where(m => !applied.ContainsKey(m.Number)).ToList();
        foreach (var migration in waiting)
        {
            await ApplyAsync(connection, migration, cancellation);
        }

        return waiting.Count; // the advisory lock ends with the connection
    }

    /// <summary>The files in this assembly, in order.</summary>
    internal static IReadOnlyList<Migration> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && char.IsAsciiDigit(name[0]))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name)),
        ];
    }

    private static Migration Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }

    private static void RefuseWhatDiffers(IReadOnlyList<Migration> migrations, Dictionary<int, string> applied)
    {
        var known = migrations.ToDictionary(m => m.Number);
        foreach (var (number, checksum) in applied)
        {
            if (!known.TryGetValue(number, out var migration))
            {
                throw new ClinicStartupException($"The database has migration {number:0000}, which this version does not know: start a newer version.");
            }

            if (migration.Checksum != checksum)
            {
                throw new ClinicStartupException($"Migration {migration.Name} was changed after it was applied: restore the file and add a new one.");
            }
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, migration.Sql, cancellation);
        await using var note = new NpgsqlCommand(
            "INSERT INTO schema_history (number, name, checksum) VALUES ($1, $2, $3)", connection, transaction)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, string>();
        await using var command = new NpgsqlCommand("SELECT number, checksum FROM schema_history", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    /// <summary>A large practice's tables take minutes to change, and another portal may be doing it: no timeout, which would undo all of it.</summary>
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private const string HistoryTable = """
        CREATE TABLE IF NOT EXISTS schema_history (
            number     integer     PRIMARY KEY,
            name       text        NOT NULL,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now())
        """;

    internal sealed record Migration(int Number, string Name, string Sql)
    {
        public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
    }
}
