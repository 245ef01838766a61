using System.Text.Json;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A concept with one code, the one that this practice works with where there are several.</summary>
internal sealed record Coded(string? Code, string? System, string Name)
{
    public const string Snomed = "http://snomed.info/sct";
    public const string Loinc = "http://loinc.org";
    public const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public const string Cvx = "http://hl7.org/fhir/sid/cvx";

    // HL7 FHIR R4, data-absent-reason: how a record says that there is a text and no code.
    public string CodeOrAbsent => Code ?? "unknown";

    public string SystemOrAbsent => System ?? (Code is null ? CodeSystems.Absent : "unknown");

    /// <summary>Null when there is neither a code nor a text.</summary>
    public static Coded? Of(JsonElement? concept, string preferredSystem)
    {
        var codings = concept.Items("coding").Where(coding => coding.Text("code") is not null).ToList();
        var chosen = codings.FindIndex(coding => coding.Text("system") == preferredSystem) is var at and >= 0
            ? codings[at]
            : codings.FirstOrDefault();
        var name = concept.Text("text") ?? chosen.Text("display") ?? concept.Words();
        return name is null ? null : new Coded(chosen.Text("code"), chosen.Text("system"), name);
    }
}
