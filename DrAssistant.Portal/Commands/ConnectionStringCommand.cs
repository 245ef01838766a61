using DrAssistant.Data;

namespace DrAssistant.Portal.Commands;

/// <summary>Prints a connection string to the private database of a portal that is running.</summary>
internal static class ConnectionStringCommand
{
    public static async Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build();
        Console.WriteLine(await ClinicStartup.ConnectionStringAsync(configuration, words is [var which] ? which : "", stop));
        return 0;
    }
}
