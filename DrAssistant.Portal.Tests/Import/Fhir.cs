using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Invented resources, as small as FHIR allows, and bundles of them.</summary>
internal static class Fhir
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Bundle(params object[] resources) => BundleOf("transaction", resources);

    public static string BundleOf(string type, params object[] resources) => Write(new
    {
        resourceType = "Bundle",
        type,
        entry = resources.Select(resource => new { fullUrl = "urn:uuid:" + Id(resource), resource }),
    });

    public static string Write(object value) => JsonSerializer.Serialize(value, Json);

    /// <summary>The same resource with some of its elements set; null takes one out.</summary>
    public static JsonObject With(object resource, params (string Name, object? Value)[] elements)
    {
        var copy = (JsonObject)JsonNode.Parse(Write(resource))!;
        foreach (var (name, value) in elements)
        {
            if (value is null)
            {
                copy.Remove(name);
            }
            else
            {
                copy[name] = JsonNode.Parse(Write(value));
            }
        }

        return copy;
    }

    public static object Patient(string id = "p1") => new
    {
        resourceType = "Patient",
        id,
        name = new[] { new { use = "official", family = "Pawar", given = new[] { "Sunita" } } },
        gender = "female",
        birthDate = "1980-05-17",
    };

    public static object Practitioner(string id = "d1") => new
    {
        resourceType = "Practitioner",
        id,
        identifier = new[] { new { system = "http://council.example/numbers", value = "MH-1234" } },
        name = new[] { new { family = "Rao", given = new[] { "Vikram" }, prefix = new[] { "Dr." } } },
    };

    public static object Encounter(string id = "e1", string patient = "p1", string? practitioner = "d1") => new
    {
        resourceType = "Encounter",
        id,
        status = "finished",
        @class = new { code = "AMB" },
        subject = Ref(patient),
        participant = practitioner is null ? [] : new[] { new { individual = Ref(practitioner) } },
        period = new { start = "2020-03-01T09:00:00+05:30", end = "2020-03-01T09:20:00+05:30" },
        reasonCode = new[] { new { text = "Cough" } },
    };

    public static object Condition(string id = "c1") => new
    {
        resourceType = "Condition",
        id,
        clinicalStatus = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
        code = Concept("http://snomed.info/sct", "10509002", "Acute bronchitis"),
        subject = Ref("p1"),
        encounter = Ref("e1"),
        onsetDateTime = "2020-02-27T10:00:00Z",
    };

    public static object Observation(string id = "o1", string category = "vital-signs") => new
    {
        resourceType = "Observation",
        id,
        status = "final",
        category = new[] { Concept("http://terminology.hl7.org/CodeSystem/observation-category", category) },
        code = Concept("http://loinc.org", "29463-7", "Body weight"),
        subject = Ref("p1"),
        encounter = Ref("e1"),
        effectiveDateTime = "2020-03-01T03:35:00Z",
        valueQuantity = new { value = 61.5, unit = "kg", system = "http://unitsofmeasure.org", code = "kg" },
    };

    public static object Laboratory(string id, string code, string name, double value, string unit) => With(Observation(id, "laboratory"),
        ("code", Concept("http://loinc.org", code, name)),
        ("issued", "2020-03-01T12:00:00Z"),
        ("valueQuantity", new { value, unit, system = "http://unitsofmeasure.org", code = unit }));

    public static object MedicationRequest(string id = "m1") => new
    {
        resourceType = "MedicationRequest",
        id,
        status = "active",
        intent = "order",
        medicationCodeableConcept = Concept("http://www.nlm.nih.gov/research/umls/rxnorm", "308182", "Amoxicillin 250 MG Oral Capsule"),
        subject = Ref("p1"),
        encounter = Ref("e1"),
        authoredOn = "2020-03-01T03:40:00Z",
        requester = Ref("d1"),
    };

    public static object Ref(string id) => new { reference = "urn:uuid:" + id };

    public static object Concept(string system, string code, string? display = null) => new { coding = new[] { new { system, code, display } } };

    private static string Id(object resource) => (string?)JsonNode.Parse(Write(resource))!["id"] ?? Guid.CreateVersion7().ToString();
}
