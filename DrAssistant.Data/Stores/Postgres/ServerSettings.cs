using System.Globalization;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>How the private cluster is run.</summary>
/// <param name="Binaries">The folder of PostgreSQL's programs, when they are not in a usual place.</param>
/// <param name="Durable">False only for tests, which lose their data anyway.</param>
/// <param name="Connections">How many connections the server accepts.</param>
internal sealed record EmbeddedPostgresOptions(string? Binaries = null, bool Durable = true, int Connections = 120);

/// <summary>The private cluster's settings: those an operator may tune are in its postgresql.conf, those that protect it are given at every start.</summary>
internal static class ServerSettings
{
    // Errors stay out of the server's log: their text can hold what a person typed. The portal logs them by code.
    private const string Tunable = """

        # Dr. Assistant: a small machine with a solid-state disk. Change what is below as the practice grows.
        shared_buffers = 128MB
        effective_cache_size = 1GB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        max_wal_size = 1GB
        random_page_cost = 1.1
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        datestyle = 'iso, ymd'
        logging_collector = off
        log_min_messages = log
        log_min_error_statement = panic
        log_error_verbosity = terse
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_checkpoints = off

        """;

    private const string Careless = """
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        max_wal_senders = 0
        wal_level = minimal

        """;

    public static void Append(string file, EmbeddedPostgresOptions options)
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write);
        using var writer = new StreamWriter(stream) { NewLine = "\n" };
        writer.Write(Tunable);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"max_connections = {options.Connections}"));
        if (!options.Durable)
        {
            writer.Write(Careless);
        }

        writer.Flush();
        stream.Flush(flushToDisk: true);
    }

    /// <summary>One loopback address, no socket files, salted passwords. Numbers and constants only, because pg_ctl passes them through a shell.</summary>
    public static string AtStart(int port, string clusterName) => string.Create(
        CultureInfo.InvariantCulture,
        $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c password_encryption=scram-sha-256 -c cluster_name={clusterName}");
}
