using System.Globalization;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>check-pairs --in PAIRS --out FINDINGS</c>: a pharmacist tries a list of pairs of medicines. It needs no database. Ends with 0 when every name was
/// recognised, with 2 when some pairs were not checked because a name was not, and with 1 when it could not begin.
/// </summary>
internal sealed class CheckPairsCommand(TextWriter output, TextWriter errors)
{
    public const string Name = "check-pairs";

    private const string Usage = """
        check-pairs --in PAIRS.csv --out FINDINGS.csv

          --in   a table with commas, two names of medicines a row, generic or brand
          --out  where the findings are written: what each name was recognised as, severity, why, what to do, source
        """;

    private const int NotDone = 1;
    private const int SomeNotRecognised = 2;

    public static Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
        => new CheckPairsCommand(Console.Out, Console.Error).RunAsync([.. words, .. settings], stop);

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Files(arguments) is not { } files)
        {
            await errors.WriteLineAsync(Usage);
            return NotDone;
        }

        var result = await PairCheck.RunAsync(files.In, files.Out, cancellation);
        if (!result.Succeeded)
        {
            await errors.WriteLineAsync(result.Refusal.Message);
            return NotDone;
        }

        var report = result.Value;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Pairs} pairs: {report.Recognised} checked, {report.Pairs - report.Recognised} with a name that is not recognised; {report.Findings} findings in {files.Out}."));
        return report.Recognised == report.Pairs ? 0 : SomeNotRecognised;
    }

    /// <summary>Null when the arguments do not say both. Settings such as <c>--Clinic:DataFolder=…</c> are not ours.</summary>
    private static (string In, string Out)? Files(IReadOnlyList<string> arguments)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            if (parts[0].StartsWith("--", StringComparison.Ordinal) && parts[0].Contains(':', StringComparison.Ordinal))
            {
                continue;
            }

            var value = parts.Length == 2 ? parts[1] : i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i] : "";
            if (parts[0] is not ("--in" or "--out") || value.Length == 0 || !said.TryAdd(parts[0], value))
            {
                return null;
            }
        }

        return said.TryGetValue("--in", out var from) && said.TryGetValue("--out", out var to) ? (from, to) : null;
    }
}
