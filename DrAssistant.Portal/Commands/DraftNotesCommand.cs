using System.Globalization;
using DrAssistant.Data.Drafting.Batch;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>draft-notes --in VISITS --out NOTES</c>: drafts a note for every visit of a file. It needs no database. Ends with 0 when all were written, also the
/// empty ones, and with 1 when it could not be done.
/// </summary>
internal sealed class DraftNotesCommand(Func<IConfiguration> settings, TextWriter output, TextWriter errors)
{
    public const string Name = "draft-notes";

    private const string Usage = """
        draft-notes --in VISITS.csv --out NOTES.csv [--engine extractive|model]

          --in      a table with commas and the columns encounter_id and dialogue; a line of a dialogue is a turn: [doctor] ... or Doctor: ...
          --out     where the notes are written: encounter_id, note, subjective, objective, assessment, plan, sentences (JSON, each with its places in the dialogue)
          --engine  extractive (the default) works on this machine alone; model asks the endpoint of the settings Drafting:Model
        """;

    private const string Extractive = "extractive";
    private const string Model = "model";
    private const int NotDone = 1;

    public static Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
        => new DraftNotesCommand(() => ClinicOpening.CreateBuilder(settings).Configuration, Console.Out, Console.Error).RunAsync([.. words, .. settings], stop);

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Arguments(arguments) is not { } said || said.GetValueOrDefault("--in") is not { } from || said.GetValueOrDefault("--out") is not { } to
            || said.GetValueOrDefault("--engine", Extractive) is not (Extractive or Model))
        {
            await errors.WriteLineAsync(Usage);
            return NotDone;
        }

        var result = said.GetValueOrDefault("--engine") == Model
            ? await DraftBatch.RunWithModelAsync(from, to, settings(), cancellation)
            : await DraftBatch.RunAsync(from, to, cancellation);
        if (!result.Succeeded)
        {
            await errors.WriteLineAsync(result.Refusal.Message);
            return NotDone;
        }

        var report = result.Value;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Visits} visits: {report.Sentences} sentences in {to}, {report.Removed} proposed and not supported, {report.Empty} visits with nothing to draft."));
        return 0;
    }

    /// <summary>Null when an argument is none of ours or has no value. Settings such as <c>--Drafting:Engine=…</c> are not ours.</summary>
    private static Dictionary<string, string>? Arguments(IReadOnlyList<string> arguments)
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
            if (parts[0] is not ("--in" or "--out" or "--engine") || value.Length == 0 || !said.TryAdd(parts[0], value))
            {
                return null;
            }
        }

        return said;
    }
}
