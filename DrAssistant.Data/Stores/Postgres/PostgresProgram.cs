using System.ComponentModel;
using System.Diagnostics;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ProgramOutcome(int ExitCode, string Output, string Complaint)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last thing it complained about, short enough for a sentence.</summary>
    public string LastWords
    {
        get
        {
            var last = Complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
                ?? $"exit code {ExitCode}";
            return last.Length <= 300 ? last : last[..300];
        }
    }
}

/// <summary>Runs one of PostgreSQL's programs: no shell, no inherited PG… variable, a bounded wait.</summary>
internal static class PostgresProgram
{
    public static async Task<ProgramOutcome> RunAsync(
        IEnumerable<string> command, string workingFolder, TimeSpan patience, CancellationToken cancellation)
    {
        var words = command.ToList();
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        // Messages in English, and no dependence on a locale that this machine may not have.
        start.Environment["LC_ALL"] = "C";

        using var process = Start(start);
        process.StandardInput.Close();
        return await FinishAsync(process, words[0], patience, cancellation);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new ClinicStartupException($"{start.FileName} could not be started.");
        }
        catch (Win32Exception failure)
        {
            throw new ClinicStartupException($"{start.FileName} could not be started: {failure.Message}.", failure);
        }
    }

    private static async Task<ProgramOutcome> FinishAsync(Process process, string name, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProgramOutcome(process.ExitCode, await output, await complaint);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new ClinicStartupException($"{name} did not finish within {patience.TotalSeconds:0} seconds.", late);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
