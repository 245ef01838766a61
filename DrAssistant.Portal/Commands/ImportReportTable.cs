using System.Globalization;
using DrAssistant.Data.Import;

namespace DrAssistant.Portal.Commands;

/// <summary>An import's report for a terminal.</summary>
internal static class ImportReportTable
{
    public static async Task WriteAsync(TextWriter output, ImportReport report)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(Row("", "read", "added", "unchanged", "changed", "left out", "refused"));
        foreach (var type in report.Types)
        {
            await output.WriteLineAsync(Row(type.Type, type.Read, type.Added, type.Unchanged, type.ChangedUpstream, type.LeftOut, type.Refused));
        }

        await output.WriteLineAsync(Row("Total",
            report.Types.Sum(t => t.Read), report.Types.Sum(t => t.Added), report.Types.Sum(t => t.Unchanged),
            report.Types.Sum(t => t.ChangedUpstream), report.Types.Sum(t => t.LeftOut), report.Types.Sum(t => t.Refused)));
        if (report.Types.Any(type => type.ChangedUpstream > 0))
        {
            await output.WriteLineAsync("changed: different from what was imported before; the record here was kept as it was imported.");
        }

        await ListAsync(output, "Kept as the nearest thing that has a place here:", report.Nearest);
        await ListAsync(output, "Has no place here and was left out:", report.LeftOut);
        await ProblemsAsync(output, report);
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Files} {(report.Files == 1 ? "file" : "files")}, {report.Notes} clinical notes written, {report.Taken.TotalSeconds:0.0} s"));
    }

    private static async Task ListAsync(TextWriter output, string heading, IReadOnlyList<ImportCount> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(heading);
        foreach (var (what, times) in counts)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {times,7}  {what}"));
        }
    }

    private static async Task ProblemsAsync(TextWriter output, ImportReport report)
    {
        if (report.Problems.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("Did not go in:");
        foreach (var problem in report.Problems)
        {
            await output.WriteLineAsync($"  {problem}");
        }

        if (report.FurtherProblems > 0)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  and {report.FurtherProblems} more"));
        }
    }

    private static string Row(string name, params object[] cells)
        => string.Create(CultureInfo.InvariantCulture, $"{name,-24}") + string.Concat(cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell,10}")));
}
