using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Import.Fhir;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Import;

/// <summary>
/// Takes records over from another system. For the portal's commands only: it runs as the practice itself, so it is
/// not registered as a door that a page could ask for.
/// </summary>
public static class ClinicImport
{
    /// <summary>Reads HL7 FHIR R4 bundles. Reading the same files again changes nothing.</summary>
    public static async Task<Result<ImportReport>> FhirAsync(
        IServiceProvider services, FhirImportRequest request, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        var import = ActivatorUtilities.CreateInstance<FhirImport>(scope.ServiceProvider);
        return await import.RunAsync(request, progress, cancellation);
    }

    /// <summary>Reads an official list of ICD-10 codes, WHO's text file or a table with the columns code and title. The whole list or nothing.</summary>
    public static async Task<Result<CodeImportReport>> Icd10Async(IServiceProvider services, string path, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        return await ActivatorUtilities.CreateInstance<DiagnosisCodeImport>(scope.ServiceProvider).RunAsync(path, cancellation);
    }
}

/// <summary>What to read, and who may open the charts that come of it.</summary>
public sealed record FhirImportRequest(string Path)
{
    /// <summary>
    /// The system that the files come from, where their addresses do not say it themselves. Two systems that both have a
    /// <c>Patient/1</c> are told apart by it.
    /// </summary>
    public string Source { get; init; } = "fhir";

    /// <summary>
    /// User names of those who join the care team of every imported patient; null for all active doctors and nurses,
    /// because a chart without a team can be opened by nobody.
    /// </summary>
    public IReadOnlyList<string>? CareTeam { get; init; }

    /// <summary>Stands where a visit names no practitioner.</summary>
    public string UnknownPractitioner { get; init; } = "External practitioner";
}
