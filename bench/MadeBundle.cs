using System.Text.Json;

namespace DrAssistant.Bench;

/// <summary>An invented bundle of one patient with 4 MB of visits, values, conditions and medicines.</summary>
internal static class MadeBundle
{
    private const int Visits = 300;
    private const int ValuesAVisit = 15;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] PatientsName = ["Sunita"];
    private static readonly string[] DoctorsName = ["Vikram"];

    public static async Task<string> WriteAsync(string path)
    {
        var start = new DateTime(2000, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        var resources = new List<object>
        {
            new { resourceType = "Patient", id = "p", name = new[] { new { family = "Pawar", given = PatientsName } }, gender = "female", birthDate = "1950-05-17" },
            new { resourceType = "Practitioner", id = "d", name = new[] { new { family = "Rao", given = DoctorsName } } },
        };
        for (var visit = 0; visit < Visits; visit++)
        {
            resources.AddRange(VisitOf(visit, start.AddDays(visit * 30)));
        }

        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, new
        {
            resourceType = "Bundle",
            type = "collection",
            entry = resources.Select(resource => new { resource }),
        }, Indented);
        return path;
    }

    private static IEnumerable<object> VisitOf(int visit, DateTime at)
    {
        var subject = new { reference = "Patient/p" };
        var encounter = new { reference = $"Encounter/e{visit}" };
        yield return new
        {
            resourceType = "Encounter", id = $"e{visit}", status = "finished", @class = new { code = "AMB" }, subject,
            participant = new[] { new { individual = new { reference = "Practitioner/d" } } }, period = new { start = at, end = at.AddMinutes(20) }, reasonCode = new[] { new { text = "Review" } },
        };
        yield return new
        {
            resourceType = "Condition", id = $"c{visit}", clinicalStatus = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"),
            code = Concept("http://snomed.info/sct", "38341003", "Hypertension"), subject, encounter, onsetDateTime = at,
        };
        yield return new
        {
            resourceType = "MedicationRequest", id = $"m{visit}", status = "active", intent = "order",
            medicationCodeableConcept = Concept("http://www.nlm.nih.gov/research/umls/rxnorm", "197361", "Amlodipine 5 MG Oral Tablet"), subject, encounter, authoredOn = at,
        };
        for (var value = 0; value < ValuesAVisit; value++)
        {
            yield return new
            {
                resourceType = "Observation", id = $"o{visit}-{value}", status = "final",
                category = new[] { Concept("http://terminology.hl7.org/CodeSystem/observation-category", value % 2 == 0 ? "vital-signs" : "laboratory", "") },
                code = Concept("http://loinc.org", $"{1000 + value}-1", $"Measurement {value}"), subject, encounter, effectiveDateTime = at, issued = at,
                valueQuantity = new { value = 10.5 + value, unit = "mg/dL", system = "http://unitsofmeasure.org", code = "mg/dL" },
            };
        }
    }

    private static object Concept(string system, string code, string display) => new { coding = new[] { new { system, code, display } } };
}
