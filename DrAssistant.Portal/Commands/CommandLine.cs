using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>DrAssistant.Portal [COMMAND] [WORDS] [--Key=value ...]</c>: finds the command and parts its words from the settings.
/// Without a command the portal serves.
/// </summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        var settings = args[words.Length..];
        return words is not [var command, .. var rest]
            ? ServeCommand.RunAsync(settings, stop)
            : command switch
            {
                "serve" => ServeCommand.RunAsync(settings, stop),
                "migrate" => MigrateCommand.RunAsync(settings, stop),
                DemoDataCommand.Name => DemoDataCommand.RunAsync(settings, stop),
                CreateAdminCommand.Name => CreateAdminCommand.RunAsync(rest, settings, stop),
                ImportFhirCommand.Name => ImportFhirCommand.RunAsync(rest, settings, stop),
                ImportIcd10Command.Name => ImportIcd10Command.RunAsync(rest, settings, stop),
                ReadResultsCommand.Name => ReadResultsCommand.RunAsync(rest, settings, stop),
                CheckPairsCommand.Name => CheckPairsCommand.RunAsync(rest, settings, stop),
                DraftNotesCommand.Name => DraftNotesCommand.RunAsync(rest, settings, stop),
                SettleNotesCommand.Name => SettleNotesCommand.RunAsync(settings, stop),
                RebuildSearchCommand.Name => RebuildSearchCommand.RunAsync(settings, stop),
                "connection-string" => ConnectionStringCommand.RunAsync(rest, settings, stop),
                _ => throw new ClinicStartupException($"There is no command \"{command}\". There are: serve (also without a command), migrate, create-admin, demo-data, import-fhir FOLDER, import-icd10 FILE, read-results FILE, check-pairs --in PAIRS --out FINDINGS, draft-notes --in VISITS --out NOTES, settle-notes, rebuild-search, connection-string superuser|owner|app|worker."),
            };
    }
}
