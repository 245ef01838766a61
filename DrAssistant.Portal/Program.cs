using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Commands;
using Microsoft.Extensions.Options;

try
{
    return await CommandLine.RunAsync(args);
}
catch (ClinicStartupException e)
{
    await Console.Error.WriteLineAsync(e.Message);
}
catch (Exception e) when (SettingsAtFault(e) is [_, ..] failures)
{
    // All of them at once: nobody should have to start the portal five times to hear of five settings.
    foreach (var failure in failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }
}

return 1;

static string[] SettingsAtFault(Exception e) => e switch
{
    OptionsValidationException one => [.. one.Failures],
    AggregateException several => [.. several.InnerExceptions.SelectMany(SettingsAtFault)],
    _ => [],
};
