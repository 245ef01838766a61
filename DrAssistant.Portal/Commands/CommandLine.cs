using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>DrAssistant.Portal [COMMAND] [WORDS] [--Key=value ...]</c>: finds the command and parts its words from the settings.
/// Without a command the portal serves.
/// </summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        var settings = args[words.Length..];
        return words is not [var command, .. var rest]
            ? ServeCommand.RunAsync(settings)
            : command switch
            {
                "serve" => ServeCommand.RunAsync(settings),
                "migrate" => MigrateCommand.RunAsync(settings),
                DemoDataCommand.Name => DemoDataCommand.RunAsync(settings),
                CreateAdminCommand.Name => CreateAdminCommand.RunAsync(rest, settings),
                ImportFhirCommand.Name => ImportFhirCommand.RunAsync(rest, settings),
                "connection-string" => ConnectionStringCommand.RunAsync(rest, settings),
                _ => throw new ClinicStartupException($"There is no command \"{command}\". There are: serve (also without a command), migrate, create-admin, demo-data, import-fhir FOLDER, connection-string superuser|owner|app|worker."),
            };
    }
}
