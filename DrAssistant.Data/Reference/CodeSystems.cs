namespace DrAssistant.Data.Reference;

/// <summary>The code systems of what is taken over or made here, as FHIR names them.</summary>
internal static class CodeSystems
{
    public const string Loinc = "http://loinc.org";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10";
    public const string Cvx = "http://hl7.org/fhir/sid/cvx";

    /// <summary>Of what came without a code.</summary>
    public const string Absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    /// <summary>Ids of <c>formulary_medicines</c> and <c>order_catalogue</c>.</summary>
    public const string Formulary = "urn:dr-assistant:formulary";

    /// <summary>Ids of the groups of medicines in <c>allergy_classes.csv</c>.</summary>
    public const string AllergyClasses = "urn:dr-assistant:allergy-classes";

    public const string Catalogue = "urn:dr-assistant:order-catalogue";
}
