using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>settle-notes</c>: takes up what the relay set aside while the store of the notes was away, and says what came of it. Ends with 0 when
/// nothing is left, otherwise with 1.
/// </summary>
internal static class SettleNotesCommand
{
    public const string Name = "settle-notes";

    /// <summary>Beside a portal that runs on the same data folder, or without one.</summary>
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        await ClinicStartup.OpenStoresAsync(app.Services, stop);
        var done = await ClinicStartup.SettleNotesAsync(app.Services, stop);
        await Console.Out.WriteLineAsync(done switch
        {
            { Parked: 0 } => "Nothing about notes was set aside.",
            { StillOwed: 0 } => string.Create(CultureInfo.InvariantCulture, $"{done.Parked:#,##0} set aside, all settled. What had not come about is in the audit trail as note.not-written."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{done.Parked:#,##0} set aside, {done.Parked - done.StillOwed:#,##0} settled; {done.StillOwed:#,##0} failed again and are tried on by the portal. Is the store of the notes there?"),
        });
        return done.StillOwed == 0 ? 0 : 1;
    }
}
