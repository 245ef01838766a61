using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>
/// What the patient must not be given, by ingredient and by group, with what cross-reacts. Membership and a high risk stop; a moderate risk warns; a low one
/// informs; a very low one stands in the detail. An intolerance is no allergy of a group.
/// </summary>
internal static class AllergyCheck
{
    private const string Source = "allergy_classes.csv: generally taught cross-reactions";

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        if (scene.Question.Allergies.Status is AllergiesStatus.NotAsked)
        {
            scene.CouldNot(null, SafetyKind.Allergy, "Nobody has asked this patient about allergies.");
        }

        var allergies = scene.Question.Allergies.Known.Select(a => (Allergy: a, Meaning: AllergyClasses.Starter.MeaningOf(a, scene.Formulary))).ToList();
        foreach (var (allergy, _) in allergies.Where(a => a.Meaning.IsNothing && a.Allergy.Category is null or AllergyCategory.Medication or AllergyCategory.Biologic))
        {
            scene.CouldNot(null, SafetyKind.Allergy, $"The allergy “{allergy.Substance}” is free text that no list knows.");
        }

        return from line in scene.Lines
               from found in allergies.Select(a => Find(scene, line, a.Allergy, a.Meaning)).OfType<SafetyFinding>()
               group found by (found.Line, found.Severity, found.Title) into same
               select same.First();
    }

    private static SafetyFinding? Find(SafetyScene scene, SceneMedicine line, SafetyAllergy allergy, AllergyMeaning meaning)
    {
        var met = line.Ingredients.Select(ingredient => (Ingredient: ingredient, Risk: RiskOf(ingredient, meaning, allergy.Type is AllergyType.Intolerance)))
            .Where(m => m.Risk is not null).OrderBy(m => m.Risk).ToList();
        if (met.Count == 0)
        {
            return null;
        }

        var (of, risk) = (met[0].Ingredient, met[0].Risk!.Value);
        var severity = SeverityOf(risk, allergy);
        var understood = meaning.ByWords ? $" (understood from “{allergy.Substance}”)" : "";
        var reaction = allergy.Reaction is { Length: > 0 } said ? $" Reaction: {said}." : "";
        return new SafetyFinding(
            $"allergy:{allergy.Code ?? allergy.Substance.ToLowerInvariant()}:{of}:{line.Key}", SafetyKind.Allergy, severity,
            severity is SafetySeverity.Contraindicated or SafetySeverity.Serious, line.Key, null,
            allergy.Type is AllergyType.Intolerance ? $"{line.Name}: does not tolerate {allergy.Substance}" : $"{line.Name}: allergic to {allergy.Substance}",
            $"{scene.Formulary.NameOf(of)} {Why(risk)}{understood}.{reaction}", WhatToDo(severity), Source, InteractionData.Date);
    }

    private static CrossRisk? RiskOf(string ingredient, AllergyMeaning meaning, bool isIntolerance)
    {
        if (meaning.Ingredients.Contains(ingredient))
        {
            return CrossRisk.Same;
        }

        var groups = meaning.Classes.Concat(meaning.Ingredients.SelectMany(AllergyClasses.Starter.Of)).ToList();
        if (groups.Exists(g => g.Members.Contains(ingredient)))
        {
            // Nausea after one member says nothing about the others, unless the group itself was named.
            return !isIntolerance || meaning.Classes.Any(g => g.Members.Contains(ingredient)) ? CrossRisk.High : null;
        }

        return isIntolerance ? null : AllergyClasses.Starter.Of(ingredient)
            .SelectMany(own => groups.Where(g => g.CrossesWith.ContainsKey(own.Id)).Select(g => (CrossRisk?)g.CrossesWith[own.Id])).Min();
    }

    private static SafetySeverity SeverityOf(CrossRisk risk, SafetyAllergy allergy) => (risk, allergy.Type) switch
    {
        (_, AllergyType.Intolerance) => SafetySeverity.Moderate,
        (CrossRisk.Same or CrossRisk.High, _) => SafetySeverity.Contraindicated,
        (CrossRisk.Moderate, _) => SafetySeverity.Serious,
        (CrossRisk.Low, _) => SafetySeverity.Moderate,
        _ => SafetySeverity.Info,
    };

    private static string Why(CrossRisk risk) => risk switch
    {
        CrossRisk.Same => "is what the allergy names",
        CrossRisk.High => "belongs to the same group, or cross-reacts with high risk",
        CrossRisk.Moderate => "cross-reacts with moderate risk",
        CrossRisk.Low => "cross-reacts with low risk",
        _ => "cross-reacts hardly ever",
    };

    private static string WhatToDo(SafetySeverity severity) => severity switch
    {
        SafetySeverity.Contraindicated => "Do not give it. Choose a medicine of another group.",
        SafetySeverity.Serious => "Avoid it after a severe reaction; otherwise only if nothing else will do, and where a reaction can be treated.",
        SafetySeverity.Moderate => "Ask what happened then, and watch the first doses.",
        _ => "Nothing to do; told for completeness.",
    };
}
