using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>An installed PostgreSQL: the folder of its programs and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const string Key = "Clinic:PostgresBinaries";
    public const int OldestMajor = 15;

    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Program(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Finds programs that can run a cluster: those of the setting, else of the PATH, else of the usual folders, newest first.
    /// An existing cluster asks for the major version that made it.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(string? setting, int? made, CancellationToken cancellation)
    {
        var seen = new List<int>();
        foreach (var folder in Candidates(setting))
        {
            if (await MajorAsync(folder, cancellation) is not { } major)
            {
                continue;
            }

            if (made is null ? major >= OldestMajor : major == made)
            {
                return new PostgresBinaries(folder, major);
            }

            seen.Add(major);
        }

        throw new ClinicStartupException(Explain(setting, made, seen));
    }

    /// <summary>The folders to look in, in order. Public for its tests; it starts nothing.</summary>
    public static IEnumerable<string> Candidates(string? setting)
    {
        if (!string.IsNullOrWhiteSpace(setting))
        {
            return Complete([Path.GetFullPath(setting)]);
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted);
        string[] usual =
        [
            .. Versions("/usr/lib/postgresql", "*", "bin"),
            .. Versions("/usr", "pgsql-*", "bin"),
            .. Versions("/opt/homebrew/opt", "postgresql*", "bin"),
            .. Versions("/usr/local/opt", "postgresql*", "bin"),
            "/usr/local/pgsql/bin",
            "/usr/bin",
        ];
        return Complete(path.Concat(usual)).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Complete(IEnumerable<string> folders)
        => folders.Where(folder => Programs.All(program => File.Exists(Path.Combine(folder, program))));

    private static IEnumerable<string> Versions(string parent, string pattern, string child)
        => Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern)
                .OrderByDescending(folder => int.TryParse(Number().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, child))
            : [];

    private static async Task<int?> MajorAsync(string folder, CancellationToken cancellation)
    {
        var outcome = await PostgresProgram.RunAsync([Path.Combine(folder, "postgres"), "--version"], "/", Patience, cancellation);
        return int.TryParse(Number().Match(outcome.Output).Value, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    private static string Explain(string? setting, int? made, List<int> seen)
    {
        if (made is { } cluster)
        {
            return $"The database of this data folder was made by PostgreSQL {cluster}, which is not installed: install it (Debian, Ubuntu: apt-get install postgresql-{cluster}), or name the folder of its programs with {Key}.";
        }

        var found = (setting, seen.Count) switch
        {
            (_, > 0) => $"PostgreSQL {seen.Max()} is too old",
            ({ Length: > 0 }, _) => $"There is no PostgreSQL (postgres, initdb, pg_ctl) in {setting}",
            _ => "PostgreSQL is not installed",
        };
        return $"{found}: install version {OldestMajor} or newer (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server postgresql-contrib; macOS: brew install postgresql), name the folder of its programs with {Key}, or name a server with ConnectionStrings:Clinic.";
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
