using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Import;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>import-fhir FOLDER</c>: takes over HL7 FHIR R4 bundles. Ends with 0 when everything went in, with 2 when something is
/// reported that did not, and with 1 when it could not
/// begin or was interrupted.
/// </summary>
internal sealed class ImportFhirCommand(IServiceProvider services, TextWriter output)
{
    public const string Name = "import-fhir";

    private const string Usage = """
        import-fhir FOLDER [--care-team=all|none|user1,user2] [--source=NAME] [--unknown-practitioner=NAME]

          FOLDER                  a folder of HL7 FHIR R4 bundles (.json), with its subfolders, or a single file
          --care-team             who may open the imported charts; all active doctors and nurses unless you say otherwise
          --source                the system the files come from, where two systems use the same ids
          --unknown-practitioner  the name that stands where a visit names no practitioner
        """;

    private const int NotDone = 1;
    private const int SomethingReported = 2;

    /// <summary>As <c>DrAssistant.Portal import-fhir …</c>: beside a portal that runs on the same data folder, or without one.</summary>
    public static async Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
    {
        if (Request([.. words, .. settings]) is null)
        {
            await Console.Error.WriteLineAsync(Usage);
            return NotDone;
        }

        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        await ClinicStartup.OpenStoresAsync(app.Services, stop);
        try
        {
            return await new ImportFhirCommand(app.Services, Console.Out).RunAsync([.. words, .. settings], stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("The import was interrupted. What had been read is in; start it again, and it goes on from there.");
            return NotDone;
        }
    }

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (Request(arguments) is not { } request)
        {
            await output.WriteLineAsync(Usage);
            return NotDone;
        }

        var result = await ClinicImport.FhirAsync(services, request, new Lines(output), cancellation);
        if (!result.Succeeded)
        {
            await output.WriteLineAsync(result.Refusal.Message);
            return NotDone;
        }

        await ImportReportTable.WriteAsync(output, result.Value);
        return result.Value.EverythingWentIn ? 0 : SomethingReported;
    }

    /// <summary>Null when the arguments say nothing that can be done. Settings such as <c>--Clinic:DataFolder=…</c> are not ours.</summary>
    internal static FhirImportRequest? Request(IReadOnlyList<string> arguments)
    {
        FhirImportRequest? request = null;
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                if (request is not null)
                {
                    return null;
                }

                request = new FhirImportRequest(argument);
                continue;
            }

            var parts = argument[2..].Split('=', 2);
            if (parts[0].Contains(':', StringComparison.Ordinal))
            {
                continue;
            }

            if (parts.Length != 2 || parts[1].Length == 0 || parts[0] is not ("care-team" or "source" or "unknown-practitioner") || !options.TryAdd(parts[0], parts[1]))
            {
                return null;
            }
        }

        return request is null ? null : request with
        {
            Source = options.GetValueOrDefault("source", request.Source),
            UnknownPractitioner = options.GetValueOrDefault("unknown-practitioner", request.UnknownPractitioner),
            CareTeam = options.GetValueOrDefault("care-team", "all") switch
            {
                "all" => null,
                "none" => [],
                var names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            },
        };
    }

    /// <summary>A line a file. Reports come one after the other, so what is written stays in order.</summary>
    private sealed class Lines(TextWriter output) : IProgress<ImportProgress>
    {
        private readonly bool _canRewrite = !Console.IsOutputRedirected && ReferenceEquals(output, Console.Out);

        public void Report(ImportProgress value)
        {
            var perSecond = value.Taken > TimeSpan.Zero ? value.Entries / value.Taken.TotalSeconds : 0;
            var line = string.Create(CultureInfo.InvariantCulture,
                $"[{value.FileNumber}/{value.Files}] {value.File}: {value.Entries} entries, {value.Taken.TotalSeconds:0.0} s, {perSecond:0} a second");
            if (value.FileDone)
            {
                output.WriteLine(_canRewrite ? "\r" + line : line);
            }
            else if (_canRewrite)
            {
                output.Write("\r" + line);
            }
        }
    }
}
