using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Fhir;
using DrAssistant.Data.Import.Fhir.Maps;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>How a FHIR dosage reads on a prescription.</summary>
public sealed class WritingASig
{
    [Theory]
    [InlineData("null", "as directed", "as directed", null, null)]
    [InlineData("""{"asNeededBoolean":true}""", "as directed", "as needed", null, null)]
    [InlineData("""{"timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":2,"unit":"tablets"}}]}""", "2 tablets", "once a day", null, null)]
    [InlineData("""{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}}""", "as directed", "twice a day", null, null)]
    [InlineData("""{"timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}}""", "as directed", "3 times a day", null, null)]
    [InlineData("""{"timing":{"repeat":{"frequency":1,"period":6,"periodUnit":"h"}},"asNeededCodeableConcept":{"text":"pain"}}""", "as directed", "every 6 hours, as needed for pain", null, null)]
    [InlineData("""{"timing":{"repeat":{"frequency":2,"period":3,"periodUnit":"wk"}}}""", "as directed", "2 times every 3 weeks", null, null)]
    [InlineData("""{"timing":{"repeat":{"period":1,"periodUnit":"wk","boundsDuration":{"value":4,"code":"wk"}}}}""", "as directed", "every week", "4 weeks", null)]
    [InlineData("""{"timing":{"code":{"text":"BD"}},"text":"after food","route":{"text":"oral"}}""", "as directed", "BD", null, "after food; route: oral")]
    [InlineData("""{"timing":{"code":{"text":"at breakfast, at noon, in the evening and at bedtime too"}}}""", "as directed", "as directed", null, "as directed, at breakfast, at noon, in the evening and at bedtime too")]
    [InlineData("""{"doseAndRate":[{"doseRange":{"low":{"value":1,"unit":"mg"},"high":{"value":2,"unit":"mg"}}}],"additionalInstruction":[{"text":"With water"}],"patientInstruction":"Finish it"}""", "1 mg to 2 mg", "as directed", null, "With water; Finish it")]
    public void Says_what_the_resource_says(string dosage, string dose, string frequency, string? duration, string? instructions)
        => Assert.Equal(new Sig(dose, frequency, duration, instructions), Sig.Of(Request(dosage)));

    [Fact]
    public void Further_steps_stand_in_the_instructions()
        => Assert.Equal(new Sig("2 mg", "once a day", null, "for a week; 1 mg, once a day"), Sig.Of(Request(
            """{"text":"for a week","doseAndRate":[{"doseQuantity":{"value":2,"unit":"mg"}}],"timing":{"repeat":{"period":1,"periodUnit":"d"}}}""",
            """{"doseAndRate":[{"doseQuantity":{"value":1,"unit":"mg"}}],"timing":{"repeat":{"period":1,"periodUnit":"d"}}}""")));

    private static FhirEntry Request(params string[] steps)
    {
        var request = new JsonObject { ["resourceType"] = "MedicationRequest", ["dosageInstruction"] = new JsonArray([.. steps.Select(step => JsonNode.Parse(step))]) };
        return new FhirEntry(0, JsonDocument.Parse(new JsonObject { ["resource"] = request }.ToJsonString()).RootElement,
            new EntryReading("fhir", new ClinicClock(new StoppedClock(ImportingClinic.Noon), Options.Create(new ClinicOptions())), System.Text.Encoding.UTF8.GetBytes));
    }
}
