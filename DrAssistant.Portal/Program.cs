using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Commands;
using Microsoft.Extensions.Options;

using var interruption = new Interruption();
try
{
    return await CommandLine.RunAsync(args, interruption.Token);
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted before it was done; nothing was left running.");
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
