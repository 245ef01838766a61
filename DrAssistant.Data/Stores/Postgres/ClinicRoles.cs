using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The clinic's database and the three roles that use it. May run at every start and by two portals at once:
/// what is there and right stays as it is.
/// </summary>
internal static class ClinicRoles
{
    public const string Owner = "clinic_owner";
    public const string App = "clinic_app";
    public const string Worker = "clinic_worker";
    public const string PrivateDatabase = "clinic";

    private const string Maintenance = "postgres";

    // Any number, the same in every portal: two that start together take turns.
    private const long Turn = 0x4472_4173_7374_0001;

    /// <summary>Makes what is missing in the database that the administrator's string names, and says how to connect.</summary>
    public static async Task<ClinicConnections> EnsureAsync(
        string admin, ClinicPasswords passwords, CancellationToken cancellation)
    {
        var database = new NpgsqlConnectionStringBuilder(admin).Database!;
        var clinic = ClinicConnections.From(admin, passwords);

        await using var server = await OpenServerAsync(admin, cancellation);
        await server.RunAsync("SELECT pg_advisory_lock($1)", cancellation, Turn);
        await EnsureRoleAsync(server, Owner, clinic.Owner, cancellation);
        await EnsureRoleAsync(server, App, clinic.App, cancellation);
        await EnsureRoleAsync(server, Worker, clinic.Worker, cancellation);
        await EnsureDatabaseAsync(server, database, cancellation);
        await GrantAsync(admin, cancellation);
        return clinic;
    }

    /// <summary>
    /// Lets the three roles, and nobody else, into a database of the server. One that was copied from a template needs it
    /// too, for PostgreSQL does not copy who may connect.
    /// </summary>
    public static async Task LetInAsync(NpgsqlConnection server, string database, CancellationToken cancellation)
    {
        await server.RunFormattedAsync("REVOKE ALL ON DATABASE %I FROM PUBLIC", cancellation, database);
        await server.RunFormattedAsync("GRANT CONNECT ON DATABASE %I TO %I, %I, %I", cancellation, database, Owner, App, Worker);
        await server.RunFormattedAsync("GRANT CREATE, TEMPORARY ON DATABASE %I TO %I", cancellation, database, Owner);
    }

    /// <summary>Lets the three roles into the database that the administrator's string names, and into its schema.</summary>
    private static async Task GrantAsync(string admin, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(Unpooled(admin));
        await connection.OpenAsync(cancellation);
        await LetInAsync(connection, connection.Database, cancellation);
        await connection.RunFormattedAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC", cancellation);
        await connection.RunFormattedAsync("GRANT USAGE, CREATE ON SCHEMA public TO %I", cancellation, Owner);
        await connection.RunFormattedAsync("GRANT USAGE ON SCHEMA public TO %I, %I", cancellation, App, Worker);
        await ClinicExtensions.EnsureAsync(connection, cancellation);
    }

    /// <summary>A connection to the server for work on roles and databases; the clinic's own database may not be there yet.</summary>
    private static async Task<NpgsqlConnection> OpenServerAsync(string admin, CancellationToken cancellation)
    {
        var named = Unpooled(admin);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(named) { Database = Maintenance }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch (PostgresException closed) when (closed.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            await connection.DisposeAsync();
            connection = new NpgsqlConnection(named);
            await connection.OpenAsync(cancellation);
            return connection;
        }
    }

    private static async Task EnsureRoleAsync(NpgsqlConnection server, string role, string login, CancellationToken cancellation)
    {
        var tooStrong = await server.AskAsync<bool?>(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = $1", cancellation, role);
        var password = new NpgsqlConnectionStringBuilder(login).Password!;
        switch (tooStrong)
        {
            case null:
                await server.RunFormattedAsync("CREATE ROLE %I LOGIN PASSWORD %L", cancellation, role, ScramVerifier.Of(password));
                break;
            case true:
                throw new ClinicStartupException($"The role {role} has rights that would let it past row-level security: take SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB and REPLICATION from it (ALTER ROLE), or name another server.");
            case false when !await MayLogInAsync(login, cancellation):
                await RefuseWhileInUseAsync(server, role, cancellation);
                await server.RunFormattedAsync("ALTER ROLE %I LOGIN PASSWORD %L", cancellation, role, ScramVerifier.Of(password));
                break;
        }
    }

    private static async Task<bool> MayLogInAsync(string login, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled(login));
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (PostgresException refused)
        {
            // Any other refusal (no such database yet, no right to connect to it yet) comes after the password was accepted.
            return refused.SqlState is not (PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification);
        }
    }

    /// <summary>A new password would lock out another portal that works with the role.</summary>
    private static async Task RefuseWhileInUseAsync(NpgsqlConnection server, string role, CancellationToken cancellation)
    {
        if (await server.AskAsync<bool?>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = $1)", cancellation, role) is true)
        {
            throw new ClinicStartupException($"Another portal is at work on this server with the role {role} and a password that this data folder does not have: copy that portal's secrets folder here, or give logins of your own in ConnectionStrings:Clinic, ConnectionStrings:ClinicOwner and ConnectionStrings:ClinicWorker.");
        }
    }

    private static async Task EnsureDatabaseAsync(NpgsqlConnection server, string database, CancellationToken cancellation)
    {
        if (await server.AskAsync<bool?>("SELECT true FROM pg_database WHERE datname = $1", cancellation, database) is true)
        {
            return;
        }

        if (await server.AskAsync<bool?>("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", cancellation) is not true)
        {
            // Only a member of a role may give it a database.
            await server.RunFormattedAsync("GRANT %I TO CURRENT_USER", cancellation, Owner);
        }

        await server.RunFormattedAsync("CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING 'UTF8'", cancellation, database, Owner);
    }

    private static string Unpooled(string connectionString)
        => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
