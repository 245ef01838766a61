using System.Text.Json;
using DrAssistant.Data.Import;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Bundles that nobody here wrote, where there are some: <c>DRASSISTANT_SHARED_DATA</c> names the folder above <c>fhir</c>.</summary>
public sealed class ImportingTheSharedPatients(ClinicDatabase databases, ITestOutputHelper output)
{
    private static readonly string[] Tables =
        ["patients", "encounters", "conditions", "allergies", "prescription_items", "order_items", "results", "procedures", "immunizations"];

    [Fact]
    public async Task Everything_that_has_a_place_goes_in_once()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("DRASSISTANT_SHARED_DATA") ?? "", "fhir");
        Assert.SkipUnless(Directory.Exists(folder), "DRASSISTANT_SHARED_DATA does not name a folder with FHIR bundles.");
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(new FhirImportRequest(folder));
        report.Nearest.Concat(report.LeftOut).ToList().ForEach(count => output.WriteLine($"{count.Times,6} {count.What}"));
        output.WriteLine($"{report.Taken.TotalSeconds:F2} s, {report.Notes} notes");

        Assert.Empty(report.Problems);
        var counted = await CountedAsync(folder);
        foreach (var type in counted.GroupBy(resource => resource.Type))
        {
            Assert.Equal(type.Count(), report.Types.Single(t => t.Type == type.Key).Read);
        }

        int Of(string type, Func<Resource, bool>? which = null) => counted.Where(r => r.Type == type && which?.Invoke(r) != false).DistinctBy(r => r.Id).Count();
        var expected = new long[]
        {
            Of("Patient"), Of("Encounter"), Of("Condition"), Of("AllergyIntolerance"), Of("MedicationRequest"),
            Of("DiagnosticReport") + Of("Observation", r => r.IsLaboratory && !r.IsReported), Of("Observation", r => r.IsLaboratory), Of("Procedure"), Of("Immunization"),
        };
        var stored = new List<long>();
        foreach (var table in Tables)
        {
            stored.Add(await clinic.CountAsync(table));
        }

        Assert.Equal(expected, stored);
        Assert.Equal(counted.Where(r => r.Type == "Observation" && !r.IsLaboratory).Sum(r => Math.Max(1, r.Components)), await clinic.CountAsync("observations"));
        Assert.Equal(report.Notes, await clinic.CountAsync("clinical_notes"));

        var before = await clinic.ChecksumAsync();
        var again = await clinic.ImportAsync(new FhirImportRequest(folder));
        Assert.Equal(0, again.Types.Sum(t => t.Added));
        Assert.Equal(before, await clinic.ChecksumAsync());
    }

    /// <summary>Counted the plain way: each file as a whole.</summary>
    private static async Task<List<Resource>> CountedAsync(string folder)
    {
        var all = new List<Resource>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            var resources = json.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).ToList();
            var reported = resources.Where(r => r.GetProperty("resourceType").GetString() == "DiagnosticReport")
                .SelectMany(r => r.GetProperty("result").EnumerateArray()).Select(r => r.GetProperty("reference").GetString()![9..]).ToHashSet();
            all.AddRange(resources.Select(r => new Resource(
                r.GetProperty("resourceType").GetString()!,
                r.GetProperty("id").GetString()!,
                r.TryGetProperty("category", out var category) && category.GetRawText().Contains("\"laboratory\"", StringComparison.Ordinal),
                reported.Contains(r.GetProperty("id").GetString()!),
                r.TryGetProperty("component", out var component) ? component.GetArrayLength() : 0)));
        }

        return all;
    }

    private sealed record Resource(string Type, string Id, bool IsLaboratory, bool IsReported, int Components);
}
