using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary><c>demo-data</c>: fills an empty database with the demo practice, also one that is not the portal's own.</summary>
internal static class DemoDataCommand
{
    public const string Name = "demo-data";

    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var builder = ClinicOpening.CreateBuilder([.. settings, "--Clinic:Demo=true"]);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        var demo = await clinic.PrepareAsync(app.Services, app.Configuration, stop);
        if (demo is null)
        {
            await Console.Error.WriteLineAsync("The database has people or patients of its own: nothing was added.");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The demo practice is there; {demo.People.Count} people can sign in to it."));
        return 0;
    }
}
