using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>AllergyIntolerance: what a patient must not meet, or the statement that there is nothing.</summary>
internal static class AllergyMap
{
    /// <summary>The target of a statement that there is no allergy: it has no row of its own.</summary>
    public const string NoneKnown = "patients.allergies_status";

    // SNOMED CT: 716186003 is no known allergy; the others say it of medicines, food and the environment alone.
    private const string NoKnownAllergy = "716186003";
    private static readonly string[] NoKnownAllergyOfAKind = ["409137002", "429625007", "428607008"];

    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "patient") is not { } patientId)
        {
            return;
        }

        var coded = entry.Concept(entry.Resource.Part("code"), "code", Coded.Snomed);
        if (coded.Code == NoKnownAllergy)
        {
            entry.Becomes(NoneKnown, patientId, patientId);
            return;
        }

        if (NoKnownAllergyOfAKind.Contains(coded.Code))
        {
            entry.NoPlace = $"AllergyIntolerance ({coded.Name})";
            return;
        }

        entry.LeftOut.AddRange(entry.Resource.Items("category").Skip(1).Select(_ => "AllergyIntolerance.category (further)"));
        var allergy = new Allergy
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            Substance = coded.Name,
            Code = coded.Code,
            CodeSystem = coded.System,
            Category = entry.Fit(entry.Resource.Texts("category").FirstOrDefault(), 20, "category"),
            Type = entry.Resource.Text("type") == "intolerance" ? AllergyType.Intolerance : AllergyType.Allergy,
            Reaction = Reaction(entry),
            Severity = Severity(entry),
            Status = Status(entry),
            RecordedAt = entry.Time("recordedDate") ?? entry.Time("onsetDateTime") ?? context.Clock.Now,
            RecordedBy = context.Practitioner(entry, entry.Resource.Part("recorder")),
        };
        entry.Add(Tables.Allergies, allergy);
        entry.Becomes("allergies", allergy.Id, patientId);
    }

    private static string? Reaction(FhirEntry entry)
    {
        var manifestations = entry.Resource.Items("reaction").SelectMany(r => r.Items("manifestation"))
            .Select(m => m.Words()).OfType<string>().Distinct().ToList();
        return manifestations.Count == 0 ? null : entry.Fit(string.Join(", ", manifestations), 200, "reaction.manifestation");
    }

    /// <summary>Of several reactions, the worst.</summary>
    private static AllergySeverity? Severity(FhirEntry entry)
        => entry.Resource.Items("reaction").Select(r => r.Text("severity")).OfType<string>()
            .Select(word => (AllergySeverity?)entry.Word(word, "reaction.severity",
                ("mild", AllergySeverity.Mild), ("moderate", AllergySeverity.Moderate), ("severe", AllergySeverity.Severe)))
            .Max();

    private static AllergyStatus Status(FhirEntry entry)
    {
        switch (entry.Resource.CodeIn("verificationStatus", "allergyintolerance-verification"))
        {
            case "entered-in-error":
                return AllergyStatus.EnteredInError;
            case "refuted":
                entry.Nearest.Add("AllergyIntolerance.verificationStatus refuted: inactive");
                return AllergyStatus.Inactive;
            case "unconfirmed":
                entry.LeftOut.Add("AllergyIntolerance.verificationStatus (not confirmed)");
                break;
        }

        // Without a status it counts: an allergy too many is safer than one too few.
        return entry.Resource.Part("clinicalStatus") is null
            ? AllergyStatus.Active
            : entry.Word(entry.Resource.CodeIn("clinicalStatus", "allergyintolerance-clinical"), "clinicalStatus",
                ("active", AllergyStatus.Active), ("inactive", AllergyStatus.Inactive), ("resolved", AllergyStatus.Inactive));
    }
}
