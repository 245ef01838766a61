using DrAssistant.Data;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Portal.Commands;

/// <summary>Opens the clinic's database for a command, and gives up cleanly when its operator does.</summary>
internal static class ClinicOpening
{
    public static async Task<ClinicStartup> OpenAsync(WebApplicationBuilder builder)
    {
        using var loggers = LoggerFactory.Create(builder.ConfigurePortalLogging);
        using var interruption = new Interruption();
        try
        {
            return await ClinicStartup.OpenAsync(
                builder.Configuration, builder.Environment.IsDevelopment(), loggers.CreateLogger<ClinicStartup>(), interruption.Token);
        }
        catch (OperationCanceledException stopped) when (interruption.Token.IsCancellationRequested)
        {
            throw new ClinicStartupException("The start was interrupted.", stopped);
        }
    }
}
