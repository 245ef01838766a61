using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The ways into the clinic's database: the owner migrates, the app serves people under row-level security, the worker
/// does background work under its own policies. The superuser's is there only for a private cluster or an admin's string.
/// </summary>
internal sealed record ClinicConnections(string? Superuser, string Owner, string App, string Worker)
{
    /// <summary>A connection string to the private cluster. It listens on loopback, so there is nothing to encrypt.</summary>
    public static string Loopback(int port, string database, string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = user,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        ApplicationName = "Dr. Assistant",
    }.ConnectionString;

    /// <summary>The three roles' strings, made from an administrator's: same server, same database, their own passwords.</summary>
    public static ClinicConnections From(string admin, ClinicPasswords passwords)
    {
        return new ClinicConnections(
            admin,
            As(ClinicRoles.Owner, passwords.Owner, poolSize: 10),
            As(ClinicRoles.App, passwords.App, poolSize: 60),
            As(ClinicRoles.Worker, passwords.Worker, poolSize: 20));

        string As(string role, string password, int poolSize) => new NpgsqlConnectionStringBuilder(admin)
        {
            Username = role,
            Password = password,
            MaxPoolSize = poolSize,
        }.ConnectionString;
    }

    /// <summary>Passwords must not reach a log by way of this record.</summary>
    public override string ToString() => nameof(ClinicConnections);
}

/// <summary>The generated passwords of the three roles.</summary>
internal sealed record ClinicPasswords(string Owner, string App, string Worker)
{
    /// <summary>Those that a data folder keeps, made when they are first asked for.</summary>
    public static ClinicPasswords Of(DataFolder folder)
        => new(folder.Secret(SecretOf(ClinicRoles.Owner)), folder.Secret(SecretOf(ClinicRoles.App)), folder.Secret(SecretOf(ClinicRoles.Worker)));

    public static string SecretOf(string role) => role.Replace('_', '-');

    /// <summary>Passwords must not reach a log by way of this record.</summary>
    public override string ToString() => nameof(ClinicPasswords);
}
