using System.Globalization;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The server process of one cluster, as its postmaster.pid and the system's process table know it.</summary>
internal sealed record Postmaster(int Pid, int Port)
{
    private const string ProcessTable = "/proc";

    /// <summary>The living server of a cluster, or null. A dead or unfinished process does not count.</summary>
    public static Postmaster? Running(string cluster)
        => Read(cluster) is { } noted && IsServerOf(noted.Pid, cluster) ? noted : null;

    /// <summary>Whether processes of a server that was killed are still at work on its memory; PostgreSQL waits for them, and so do we.</summary>
    public static bool LeftWorkersBehind(string clusterName)
        => Directory.Exists(ProcessTable)
            && Directory.EnumerateDirectories(ProcessTable)
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
                .Any(pid => pid > 0 && CommandOf(pid) is [{ } title, ..] && title.StartsWith($"postgres: {clusterName}:", StringComparison.Ordinal));

    /// <summary>
    /// Removes a postmaster.pid whose number now belongs to a process that is no PostgreSQL, or to one that has ended and
    /// was not collected: PostgreSQL only sees that the number is taken and would refuse to start. In every other case the
    /// file stays, for PostgreSQL uses it to protect the data from a second server.
    /// </summary>
    public static void ForgetStranger(string cluster, string clusterName)
    {
        if (Directory.Exists(ProcessTable)
            && Read(cluster) is { } noted
            && Directory.Exists(Path.Combine(ProcessTable, noted.Pid.ToString(CultureInfo.InvariantCulture)))
            && !IsPostgres(CommandOf(noted.Pid))
            && !LeftWorkersBehind(clusterName))
        {
            File.Delete(PidFile(cluster));
        }
    }

    private static Postmaster? Read(string cluster)
    {
        try
        {
            // Process id, data folder, start time, port, socket folder, address, memory key, state: a line each, the later ones not yet there at first.
            var lines = File.ReadAllLines(PidFile(cluster));
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) && pid > 0
                ? new Postmaster(pid, lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0)
                : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsServerOf(int pid, string cluster)
    {
        if (!Directory.Exists(ProcessTable))
        {
            return ElsewhereIsPostgres(pid);
        }

        var command = CommandOf(pid);
        return IsPostgres(command) && Array.IndexOf(command, "-D") is var flag and > 0 && command.ElementAtOrDefault(flag + 1) == cluster;
    }

    private static bool IsPostgres(string[] command)
        => command is [{ } program, ..]
            && (Path.GetFileName(program) == "postgres" || program.StartsWith("postgres:", StringComparison.Ordinal));

    /// <summary>The words that started a process. Empty for a process that has ended, and readable whoever its user is.</summary>
    private static string[] CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"{ProcessTable}/{pid.ToString(CultureInfo.InvariantCulture)}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>macOS has no process table in files, and does not hand numbers out again soon.</summary>
    private static bool ElsewhereIsPostgres(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
