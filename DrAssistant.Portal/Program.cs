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
catch (OptionsValidationException e)
{
    // All of them at once: nobody should have to start the portal five times to hear of five settings.
    foreach (var failure in e.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }
}

return 1;
