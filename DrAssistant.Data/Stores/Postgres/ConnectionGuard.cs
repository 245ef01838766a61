using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>Refuses connection strings that would show one person's rows to another, or patients' data to the network or a log.</summary>
internal static class ConnectionGuard
{
    /// <summary>Why the portal must not work with this string wherever it came from, in one sentence, or null.</summary>
    public static string? Refuse(string connectionString) => Refuse("The connection string of the clinic's database", connectionString, development: true);

    /// <summary>Why a string that the operator configured must not be used, in one sentence, or null.</summary>
    /// <param name="key">The configuration key to name; the string itself is never repeated.</param>
    /// <param name="connectionString">What the operator configured.</param>
    /// <param name="development">Whether the portal runs in the Development environment.</param>
    public static string? Refuse(string key, string connectionString, bool development)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return $"{key} is not an Npgsql connection string, such as \"Host=...;Database=...;Username=...;Password=...\".";
        }

        if (string.IsNullOrWhiteSpace(parts.Host) || string.IsNullOrWhiteSpace(parts.Database) || string.IsNullOrWhiteSpace(parts.Username))
        {
            return $"{key} must name Host, Database and Username.";
        }

        // Both were measured to leave one person's app.user_id on a connection that the next person gets.
        if (parts.Multiplexing || parts.NoResetOnClose)
        {
            return $"{key} must have neither Multiplexing=true nor No Reset On Close=true: with them one person can be shown another's rows.";
        }

        if (development)
        {
            return null;
        }

        if (parts.IncludeErrorDetail || parts.LogParameters)
        {
            return $"{key} must have neither Include Error Detail=true nor Log Parameters=true outside Development: they write patients' data to the log.";
        }

        return parts.SslMode < SslMode.VerifyFull && parts.Host.Split(',').Any(host => !LocalHost.Is(host.Trim()))
            ? $"{key} reaches PostgreSQL over the network and must have SSL Mode=VerifyFull (with Root Certificate=..., if its authority is your own)."
            : null;
    }
}
