using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The clinic's database, ready to be migrated. Disposing stops the private cluster, if it is one.</summary>
internal sealed class ProvisionedClinic(ClinicConnections connections, EmbeddedPostgres? cluster) : IAsyncDisposable
{
    public ClinicConnections Connections => connections;

    public bool IsPrivate => cluster is not null;

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>
/// Finds the clinic's database or makes it. Without ConnectionStrings:Clinic it is the portal's private cluster.
/// With it: a login that may create roles is the administrator's, and the portal makes its three roles with it;
/// a plain login is the app's, and the owner's and the worker's must be there as well.
/// </summary>
internal sealed class ClinicDatabaseProvisioner(IConfiguration configuration, bool development, ILogger logger)
{
    private const string ClinicKey = "ConnectionStrings:Clinic";
    private const string OwnerKey = "ConnectionStrings:ClinicOwner";
    private const string WorkerKey = "ConnectionStrings:ClinicWorker";
    private const int OldestVersion = PostgresBinaries.OldestMajor * 10_000;

    public async Task<ProvisionedClinic> ProvisionAsync(DataFolder folder, CancellationToken cancellation)
    {
        try
        {
            return Read(ClinicKey) is { } clinic
                ? new ProvisionedClinic(await UseServerAsync(clinic, folder, cancellation), cluster: null)
                : await StartPrivateAsync(folder, cancellation);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new ClinicStartupException($"The data folder {folder.Path} cannot be used ({failure.Message}).", failure);
        }
    }

    private async Task<ProvisionedClinic> StartPrivateAsync(DataFolder folder, CancellationToken cancellation)
    {
        var options = new EmbeddedPostgresOptions(configuration[PostgresBinaries.Key]);
        var postgres = await EmbeddedPostgres.StartAsync(folder, options, logger, cancellation);
        try
        {
            var connections = await ClinicRoles.EnsureAsync(postgres.SuperuserConnectionString, ClinicPasswords.Of(folder), cancellation);
            return new ProvisionedClinic(connections, postgres);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    private async Task<ClinicConnections> UseServerAsync(string clinic, DataFolder folder, CancellationToken cancellation)
    {
        var (owner, worker) = (Read(OwnerKey), Read(WorkerKey));
        var login = await AskLoginAsync(ClinicKey, clinic, cancellation);
        if (owner is null && worker is null && login.MayCreateRoles)
        {
            return await MakeRolesAsync(clinic, folder, cancellation);
        }

        if ((owner is null ? OwnerKey : worker is null ? WorkerKey : null) is { } missing)
        {
            throw new ClinicStartupException($"{missing} is missing: the login of {ClinicKey} may not create roles, so {OwnerKey} (migrations) and {WorkerKey} (background work) must be given too.");
        }

        var ownerLogin = await AskLoginAsync(OwnerKey, owner!, cancellation);
        var workerLogin = await AskLoginAsync(WorkerKey, worker!, cancellation);
        if (login.PassesPolicies || workerLogin.PassesPolicies)
        {
            throw new ClinicStartupException($"The login of {(login.PassesPolicies ? ClinicKey : WorkerKey)} is a superuser's or has BYPASSRLS, and would see every patient: use a plain one.");
        }

        if (new[] { login.Name, ownerLogin.Name, workerLogin.Name }.Distinct().Count() < 3)
        {
            throw new ClinicStartupException($"{ClinicKey}, {OwnerKey} and {WorkerKey} must use three different logins: whoever owns the tables could lift their protection.");
        }

        await PrepareAsync(owner!, cancellation);
        return new ClinicConnections(Superuser: null, owner!, clinic, worker!);
    }

    private static async Task<ClinicConnections> MakeRolesAsync(string admin, DataFolder folder, CancellationToken cancellation)
    {
        try
        {
            return await ClinicRoles.EnsureAsync(admin, ClinicPasswords.Of(folder), cancellation);
        }
        catch (PostgresException refused)
        {
            throw new ClinicStartupException($"The login of {ClinicKey} could not prepare the clinic's roles and database: {refused.MessageText}.", refused);
        }
    }

    private static async Task PrepareAsync(string owner, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(owner);
            await connection.OpenAsync(cancellation);
            await ClinicExtensions.EnsureAsync(connection, cancellation);
        }
        catch (PostgresException refused)
        {
            throw new ClinicStartupException($"The login of {OwnerKey} could not prepare the database: {refused.MessageText}.", refused);
        }
    }

    private async Task<Login> AskLoginAsync(string key, string connectionString, CancellationToken cancellation)
    {
        if (ConnectionGuard.Refuse(key, connectionString, development) is { } refusal)
        {
            throw new ClinicStartupException(refusal);
        }

        try
        {
            await using var connection = await OpenAsync(connectionString, cancellation);
            if (await connection.AskAsync<int>("SELECT current_setting('server_version_num')::int", cancellation) < OldestVersion)
            {
                throw new ClinicStartupException($"{key} names PostgreSQL {connection.ServerVersion}, and the portal needs {PostgresBinaries.OldestMajor} or newer.");
            }

            return new Login(
                (await connection.AskAsync<string>("SELECT current_user::text", cancellation))!,
                await connection.AskAsync<bool>("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user", cancellation),
                await connection.AskAsync<bool>("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", cancellation));
        }
        catch (PostgresException refused)
        {
            throw new ClinicStartupException($"PostgreSQL refused the login of {key}: {refused.MessageText}.", refused);
        }
        catch (NpgsqlException unreachable)
        {
            throw new ClinicStartupException($"The PostgreSQL of {key} cannot be reached: {(unreachable.InnerException ?? unreachable).Message}.", unreachable);
        }
    }

    /// <summary>An administrator may name a database that the portal is still to make.</summary>
    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await connection.DisposeAsync();
            connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Database = "postgres" }.ConnectionString);
            await connection.OpenAsync(cancellation);
            return connection;
        }
    }

    private string? Read(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key];

    private sealed record Login(string Name, bool MayCreateRoles, bool PassesPolicies);
}
