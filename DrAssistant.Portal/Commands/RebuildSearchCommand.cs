using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>rebuild-search</c>: builds a new search index beside the one that is asked, or goes on with a build that was stopped, switches to it
/// and compares it with the stores. Ends with 0 when both sides agree, otherwise with 1.
/// </summary>
internal static class RebuildSearchCommand
{
    public const string Name = "rebuild-search";

    /// <summary>Beside a portal that runs on the same data folder, or without one.</summary>
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        await ClinicStartup.OpenStoresAsync(app.Services, stop);
        if (await ClinicStartup.RebuildSearchAsync(app.Services, new Lines(), stop) is not { } report)
        {
            await Console.Error.WriteLineAsync("A portal of this practice is building the index at this moment. Try again when it is done.");
            return 1;
        }

        foreach (var line in report.Checked)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{line.Kind,-13} {line.Kept,10:#,##0} kept {line.Found,10:#,##0} in the index, {line.Compared:#,##0} compared, {line.Differing:#,##0} of them differ"));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Written:#,##0} documents written; {report.Failed:#,##0} could not be and are tried again by the portal."));
        return report.Failed == 0 && report.Checked.All(line => line.IsRight) ? 0 : 1;
    }

    /// <summary>A line for each tenth of a kind, as it comes.</summary>
    private sealed class Lines : IProgress<ReindexProgress>
    {
        private ReindexProgress? _last;

        public void Report(ReindexProgress value)
        {
            if (_last is { } last && last.Kind == value.Kind && Tenth(last) == Tenth(value))
            {
                return;
            }

            _last = value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Kind,-13} {value.Done,10:#,##0} of {value.Total:#,##0}"));
        }

        private static long Tenth(ReindexProgress progress) => progress.Done * 10 / Math.Max(1, progress.Total);
    }
}
