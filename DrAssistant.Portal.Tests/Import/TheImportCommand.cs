using DrAssistant.Portal.Commands;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary><c>import-fhir FOLDER</c> at a terminal.</summary>
public sealed class TheImportCommand(ClinicDatabase databases)
{
    [Fact]
    public async Task Prints_files_totals_and_what_did_not_go_in_and_ends_with_2()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("one.json", Fhir.Bundle(Fhir.Patient(), Fhir.Encounter(), Fhir.Condition(), new { resourceType = "Claim", id = "k" }));
        await clinic.WriteAsync("two.json", Fhir.Bundle(Fhir.With(Fhir.Condition("c2"), ("code", null))));
        var (code, text) = await RunAsync(clinic, clinic.Folder, "--care-team=none", "--Clinic:DataFolder=elsewhere");

        Assert.Equal(2, code);
        Assert.Contains("[1/2] one.json: 3 entries", text, StringComparison.Ordinal);
        Assert.Contains("Condition                        2         1         0         0         0         1", text, StringComparison.Ordinal);
        Assert.Contains("Total                            5", text, StringComparison.Ordinal);
        Assert.Contains("two.json: entry[0] Condition/c2: code says nothing", text, StringComparison.Ordinal);
        Assert.Contains("2 files, 1 clinical notes written", text, StringComparison.Ordinal);
        Assert.Equal(0, await clinic.CountAsync("care_team WHERE reason = 'import'"));
    }

    [Fact]
    public async Task Ends_with_0_when_everything_went_in_and_with_1_when_it_cannot_begin()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("one.json", Fhir.Bundle(Fhir.Patient()));

        Assert.Equal(0, (await RunAsync(clinic, Path.Combine(clinic.Folder, "one.json"))).Code);
        Assert.Equal(1, (await RunAsync(clinic, "no-such-folder")).Code);
        Assert.Equal(1, (await RunAsync(clinic)).Code);
        Assert.Equal(1, (await RunAsync(clinic, clinic.Folder, "--unheard-of=1")).Code);
        Assert.Equal(1, (await RunAsync(clinic, clinic.Folder, "--source=")).Code);
    }

    private static async Task<(int Code, string Text)> RunAsync(ImportingClinic clinic, params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await new ImportFhirCommand(clinic.Services, output).RunAsync(arguments, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
