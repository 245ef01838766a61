using System.Collections.Frozen;
using DrAssistant.Data.Import.Fhir.Maps;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>When a type is read: what others refer to comes first.</summary>
internal enum Stage
{
    /// <summary>Of all files, before anything else: a visit in one file may name a doctor in another.</summary>
    Staff,
    Patients,
    Visits,
    Reports,
    Facts,
}

/// <summary>How a type of resource becomes rows.</summary>
/// <param name="Stage">When it is read.</param>
/// <param name="Reads">The elements that have a place here; any other is counted as left out.</param>
/// <param name="Map">Turns a resource into rows.</param>
internal sealed record ResourceMap(Stage Stage, FrozenSet<string> Reads, Action<FhirEntry, FileContext> Map)
{
    public static ResourceMap Of(Stage stage, string reads, Action<FhirEntry, FileContext> map)
        => new(stage, reads.Split(' ').ToFrozenSet(), map);
}

/// <summary>The types that have a place here. Any other is counted, and left where it is.</summary>
internal static class ResourceMaps
{
    private static readonly FrozenDictionary<string, ResourceMap> ByType = new Dictionary<string, ResourceMap>
    {
        ["Practitioner"] = ResourceMap.Of(Stage.Staff, "identifier active name telecom qualification", PractitionerMap.Map),
        ["Patient"] = ResourceMap.Of(Stage.Patients,
            "identifier active name telecom gender birthDate deceasedDateTime deceasedBoolean address contact communication", PatientMap.Map),
        ["Encounter"] = ResourceMap.Of(Stage.Visits,
            "status class type subject participant period reasonCode reasonReference", EncounterMap.Map),
        ["DiagnosticReport"] = ResourceMap.Of(Stage.Reports,
            "status category code subject encounter effectiveDateTime effectivePeriod issued result conclusion", DiagnosticReportMap.Map),
        ["Condition"] = ResourceMap.Of(Stage.Facts,
            "clinicalStatus verificationStatus code subject encounter onsetDateTime onsetPeriod abatementDateTime abatementPeriod recordedDate recorder asserter",
            ConditionMap.Map),
        ["AllergyIntolerance"] = ResourceMap.Of(Stage.Facts,
            "clinicalStatus verificationStatus category code patient onsetDateTime recordedDate recorder reaction", AllergyMap.Map),
        ["MedicationRequest"] = ResourceMap.Of(Stage.Facts,
            "status intent medicationCodeableConcept medicationReference contained subject encounter authoredOn requester dosageInstruction dispenseRequest",
            MedicationMap.Map),
        ["Observation"] = ResourceMap.Of(Stage.Facts,
            "status category code subject encounter effectiveDateTime effectivePeriod effectiveInstant issued performer interpretation referenceRange component dataAbsentReason "
            + "valueQuantity valueCodeableConcept valueString valueBoolean valueInteger valueRange valueRatio valueDateTime valueTime valuePeriod",
            ObservationMap.Map),
        ["Procedure"] = ResourceMap.Of(Stage.Facts,
            "status code subject encounter performedDateTime performedPeriod performer reasonCode reasonReference", ProcedureMap.Map),
        ["Immunization"] = ResourceMap.Of(Stage.Facts,
            "status vaccineCode patient encounter occurrenceDateTime performer", ImmunizationMap.Map),
    }.ToFrozenDictionary();

    public static ResourceMap? Of(string type) => ByType.GetValueOrDefault(type);

    public static bool IsImported(string type) => ByType.ContainsKey(type);
}
