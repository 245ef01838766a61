using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The parts of PostgreSQL that the schema stands on. All are trusted: the database's owner may create them.</summary>
internal static class ClinicExtensions
{
    /// <summary>Exclusion constraints against double booking; search for misspelt names.</summary>
    private static readonly string[] Needed = ["btree_gist", "pg_trgm"];

    /// <summary>Better matching of names where they can be had.</summary>
    private static readonly string[] Welcome = ["unaccent", "fuzzystrmatch"];

    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var present = await connection.AskAsync<string[]>("SELECT array_agg(extname::text) FROM pg_extension", cancellation) ?? [];
        var available = await connection.AskAsync<string[]>("SELECT array_agg(name::text) FROM pg_available_extensions", cancellation) ?? [];
        foreach (var extension in Needed.Except(present).Except(available))
        {
            throw new ClinicStartupException($"This PostgreSQL lacks the extension {extension}: install its contrib package (Fedora, Red Hat: dnf install postgresql-contrib).");
        }

        foreach (var extension in Needed.Concat(Welcome.Intersect(available)).Except(present))
        {
            await connection.RunFormattedAsync("CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA public", cancellation, extension);
        }
    }
}
