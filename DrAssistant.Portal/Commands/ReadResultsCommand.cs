using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>read-results FILE</c>: reads a laboratory's file, HL7 v2 or FHIR. Ends with 0 when everything was filed or had come before, with 2 when something waits
/// in the work-list or was refused, and with 1 when nothing could be read or it was interrupted.
/// </summary>
internal sealed class ReadResultsCommand(IServiceProvider services, TextWriter output)
{
    public const string Name = "read-results";

    private const int NotDone = 1;
    private const int SomethingLeft = 2;

    public static async Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
    {
        if (words is not [var path])
        {
            await Console.Error.WriteLineAsync("read-results FILE\n\n  FILE   HL7 v2 messages (ORU^R01), or FHIR R4 reports: a bundle, or one bundle a line");
            return NotDone;
        }

        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        await ClinicStartup.OpenStoresAsync(app.Services, stop);
        try
        {
            return await new ReadResultsCommand(app.Services, Console.Out).RunAsync(path, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("It was interrupted. What had been read is filed; start it again, and it goes on from there.");
            return NotDone;
        }
    }

    public async Task<int> RunAsync(string path, CancellationToken cancellation)
    {
        var result = await ResultFileImport.ReadAsync(services, path, new Lines(output), cancellation);
        if (!result.Succeeded)
        {
            await output.WriteLineAsync(result.Refusal.Message);
            return NotDone;
        }

        var file = result.Value;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{file.Total} messages: {file.Filed} filed, {file.Unmatched} of which some waits in the work-list, {file.Refused} refused, {file.Repeated} had come before."));
        return file.Unmatched + file.Refused > 0 ? SomethingLeft : 0;
    }

    private sealed class Lines(TextWriter output) : IProgress<ResultFileProgress>
    {
        private const int Every = 500;

        public void Report(ResultFileProgress value)
        {
            if (value.Read % Every == 0)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Read} of {value.Total}"));
            }
        }
    }
}
