using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>A database of its own for one test class.</summary>
internal sealed class FreshDatabase
{
    private const string Template = "dr_assistant_template";
    private static readonly string Server = Environment.GetEnvironmentVariable("DRASSISTANT_TEST_POSTGRES")!;
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static bool _made;

    private readonly string _name;

    private FreshDatabase(string name) => _name = name;

    public string Owner => As("clinic_owner");

    public string App => As("clinic_app");

    public string Worker => As("clinic_worker");

    public static async Task<FreshDatabase> CreateAsync(bool migrated = true)
    {
        await Turn.WaitAsync();
        try
        {
            if (!_made)
            {
                await RunAsync("postgres", $"DROP DATABASE IF EXISTS {Template} WITH (FORCE)");
                await MakeAsync(Template, "template0");
                await DatabaseMigrator.MigrateAsync(new FreshDatabase(Template).Owner, CancellationToken.None);
                _made = true;
            }

            var name = $"t_{Guid.CreateVersion7():N}";
            await MakeAsync(name, migrated ? Template : "template0");
            return new FreshDatabase(name);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task MakeAsync(string name, string template)
    {
        await RunAsync("postgres", $"CREATE DATABASE {name} OWNER clinic_owner TEMPLATE {template}");
        await RunAsync(name, $"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO clinic_app, clinic_worker; GRANT CREATE, TEMPORARY ON DATABASE {name} TO clinic_owner; GRANT USAGE, CREATE ON SCHEMA public TO clinic_owner; GRANT USAGE ON SCHEMA public TO clinic_app, clinic_worker");
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in sql.Split(';'))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(Server) { Database = _name, Username = role }.ConnectionString;
}
