using DrAssistant.Data;
using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Portal.Commands;

/// <summary>Opens the clinic's database for a command, and gives up cleanly when its operator does.</summary>
internal static class ClinicOpening
{
    /// <summary>For the portal itself, which holds the data folder as long as it runs.</summary>
    public static Task<ClinicStartup> OpenAsync(WebApplicationBuilder builder) => OpenAsync(builder, ClinicStartup.OpenAsync);

    /// <summary>For a command, which may work beside a running portal.</summary>
    public static Task<ClinicStartup> OpenBesideAsync(WebApplicationBuilder builder) => OpenAsync(builder, ClinicStartup.OpenBesideAsync);

    /// <summary>Settings lie beside the program, wherever it is called from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] settings)
        => File.Exists("appsettings.json")
            ? WebApplication.CreateBuilder(settings)
            : WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });

    /// <summary>Loads what the database must hold before the first request.</summary>
    public static Task<DemoSignIns?> PrepareAsync(ClinicStartup clinic, WebApplication app)
        => UnlessInterruptedAsync(stop => clinic.PrepareAsync(app.Services, app.Configuration, stop));

    private static async Task<ClinicStartup> OpenAsync(
        WebApplicationBuilder builder, Func<IConfiguration, bool, ILogger, CancellationToken, Task<ClinicStartup>> open)
    {
        using var loggers = LoggerFactory.Create(builder.ConfigurePortalLogging);
        var logger = loggers.CreateLogger<ClinicStartup>();
        return await UnlessInterruptedAsync(stop => open(builder.Configuration, builder.Environment.IsDevelopment(), logger, stop));
    }

    private static async Task<T> UnlessInterruptedAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        using var interruption = new Interruption();
        try
        {
            return await work(interruption.Token);
        }
        catch (OperationCanceledException stopped) when (interruption.Token.IsCancellationRequested)
        {
            throw new ClinicStartupException("The start was interrupted.", stopped);
        }
    }
}
