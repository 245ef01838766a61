using System.Globalization;
using DrAssistant.Data;
using DrAssistant.Data.Import;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// <c>import-icd10 FILE</c>: lays an official list of ICD-10 codes over the starter list, whole or not at all. Ends with 0 when it is in, otherwise with 1.
/// </summary>
internal static class ImportIcd10Command
{
    public const string Name = "import-icd10";

    private const string Usage = """
        import-icd10 FILE

          FILE  WHO's text file of codes (icd10…syst_codes.txt of the ICD-10 metadata download), or a table with
                commas and the columns code and title
        """;

    /// <summary>Beside a portal that runs on the same data folder, or without one.</summary>
    public static async Task<int> RunAsync(string[] words, string[] settings, CancellationToken stop)
    {
        if (words is not [var file])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        var builder = ClinicOpening.CreateBuilder(settings);
        builder.AddPortalLogging();
        await using var clinic = await ClinicOpening.OpenBesideAsync(builder, stop);
        clinic.AddTo(builder.Services);
        builder.Services.AddClinicData<CircuitUser>(builder.Configuration);
        await using var app = builder.Build();
        await ClinicStartup.OpenStoresAsync(app.Services, stop);
        var result = await ClinicImport.Icd10Async(app.Services, file, stop);
        if (!result.Succeeded)
        {
            await Console.Error.WriteLineAsync(result.Refusal.Message);
            return 1;
        }

        var report = result.Value;
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Read:#,##0} codes read, {report.New:#,##0} of them new; {report.Gone:#,##0} of an earlier list are offered no more."));
        return 0;
    }
}
