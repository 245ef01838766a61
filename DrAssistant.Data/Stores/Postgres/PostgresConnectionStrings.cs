using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>What the command <c>connection-string</c> prints: a way into the private cluster of a portal that is running.</summary>
internal static class PostgresConnectionStrings
{
    /// <summary>One line, or a sentence in a <see cref="ClinicStartupException"/>. Does not take the data folder from the portal.</summary>
    /// <param name="dataFolder">The setting Clinic:DataFolder, or null for the default folder.</param>
    /// <param name="which">superuser, owner, app or worker.</param>
    /// <param name="cancellation">Stops waiting for the server.</param>
    public static async Task<string> ReadRunningAsync(string? dataFolder, string which, CancellationToken cancellation)
    {
        var (role, secret) = which switch
        {
            "superuser" => (ClusterFolder.Superuser, ClusterFolder.SuperuserSecret),
            "owner" => (ClinicRoles.Owner, ClinicPasswords.SecretOf(ClinicRoles.Owner)),
            "app" => (ClinicRoles.App, ClinicPasswords.SecretOf(ClinicRoles.App)),
            "worker" => (ClinicRoles.Worker, ClinicPasswords.SecretOf(ClinicRoles.Worker)),
            _ => throw new ClinicStartupException("Say which connection string: superuser, owner, app or worker."),
        };

        using var folder = DataFolder.Look(dataFolder);
        try
        {
            if (Postmaster.Running(ClusterFolder.Of(folder).Data) is { Port: > 0 } running && folder.ReadSecret(secret) is { } password)
            {
                var connectionString = ClinicConnections.Loopback(running.Port, ClinicRoles.PrivateDatabase, role, password);
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
                await connection.OpenAsync(cancellation);
                return connectionString;
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or UnauthorizedAccessException)
        {
            throw new ClinicStartupException($"The private PostgreSQL of {folder.Path} cannot be reached: {failure.Message}.", failure);
        }

        throw new ClinicStartupException($"The private PostgreSQL of {folder.Path} is not running: start the portal with {DataFolder.Key}={folder.Path} first.");
    }
}
