using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Commands;

/// <summary>Serves the portal until it is stopped, on a database that it has found or started and brought up to date.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.AddPortal();

        // Declared after the database, so gone before it: connections are closed first.
        await using var app = builder.Build();

        // The host would check the settings when it starts, after the first wrong one has failed somewhere on the way.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePortal();
        var demo = await clinic.PrepareAsync(app.Services, app.Configuration, stop);
        await StartAsync(app, stop);
        Welcome(app.Urls, demo);

        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    private static void Welcome(IEnumerable<string> addresses, DemoSignIns? demo)
    {
        foreach (var address in addresses)
        {
            Console.WriteLine($"Dr. Assistant is open at {address}");
        }

        if (demo is null)
        {
            return;
        }

        Console.WriteLine($"Demo practice. Everybody's password is: {demo.Password ?? "as it was changed to"}");
        foreach (var person in demo.People)
        {
            Console.WriteLine($"  {person.UserName,-18} {person.Role,-13} {person.FullName}");
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new ClinicStartupException($"Another program already listens on {string.Join(", ", app.Urls)}: stop it, or choose another address with --urls.", taken);
        }
    }
}
