using DrAssistant.Data;

namespace DrAssistant.Portal.Commands;

/// <summary>Opens the clinic's database for a command.</summary>
internal static class ClinicOpening
{
    /// <summary>For the portal itself, which holds the data folder as long as it runs.</summary>
    public static Task<ClinicStartup> OpenAsync(WebApplicationBuilder builder, CancellationToken stop)
        => OpenAsync(builder, ClinicStartup.OpenAsync, stop);

    /// <summary>For a command, which may work beside a running portal.</summary>
    public static Task<ClinicStartup> OpenBesideAsync(WebApplicationBuilder builder, CancellationToken stop)
        => OpenAsync(builder, ClinicStartup.OpenBesideAsync, stop);

    /// <summary>Settings lie beside the program, wherever it is called from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] settings)
        => File.Exists("appsettings.json")
            ? WebApplication.CreateBuilder(settings)
            : WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });

    private static async Task<ClinicStartup> OpenAsync(
        WebApplicationBuilder builder, Func<IConfiguration, bool, ILogger, CancellationToken, Task<ClinicStartup>> open, CancellationToken stop)
    {
        using var loggers = LoggerFactory.Create(builder.ConfigurePortalLogging);
        return await open(builder.Configuration, builder.Environment.IsDevelopment(), loggers.CreateLogger<ClinicStartup>(), stop);
    }
}
