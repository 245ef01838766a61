using DrAssistant.Data;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>create-admin USER-NAME E-MAIL FULL-NAME</c>: the first account of a practice that is not the demo practice. Prints the
/// password once; it is kept nowhere.
/// </summary>
internal static class CreateAdminCommand
{
    public const string Name = "create-admin";

    public static async Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
    {
        if (words is not [var userName, var email, _, ..])
        {
            await Console.Error.WriteLineAsync("create-admin USER-NAME E-MAIL FULL-NAME");
            return 1;
        }

        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        var made = await ClinicStartup.CreateAdminAsync(app.Services, userName, email, string.Join(' ', words[2..]));
        if (!made.Succeeded)
        {
            await Console.Error.WriteLineAsync(made.Refusal.Message);
            return 1;
        }

        Console.WriteLine($"{userName} can sign in with the password {made.Value}");
        return 0;
    }
}
