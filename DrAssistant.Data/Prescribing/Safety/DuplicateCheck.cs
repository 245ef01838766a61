namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>The same ingredient twice, or two of a class of which one is enough; in combinations too.</summary>
internal static class DuplicateCheck
{
    /// <summary>Classes of which one is enough, and the family that those which do the same belong to.</summary>
    private static readonly Dictionary<string, (string Family, SafetySeverity Severity)> Single = new(StringComparer.Ordinal)
    {
        ["nsaid"] = ("NSAID", SafetySeverity.Serious), ["nsaid-cox2"] = ("NSAID", SafetySeverity.Serious),
        ["anticoagulant-vka"] = ("anticoagulant", SafetySeverity.Serious), ["anticoagulant-doac"] = ("anticoagulant", SafetySeverity.Serious), ["heparin"] = ("anticoagulant", SafetySeverity.Serious),
        ["opioid"] = ("opioid", SafetySeverity.Serious), ["benzodiazepine"] = ("sedative", SafetySeverity.Serious), ["z-hypnotic"] = ("sedative", SafetySeverity.Serious),
        ["sulfonylurea"] = ("sulfonylurea", SafetySeverity.Serious), ["statin"] = ("statin", SafetySeverity.Serious),
        ["beta-blocker"] = ("beta blocker", SafetySeverity.Serious), ["ace-inhibitor"] = ("ACE inhibitor", SafetySeverity.Serious), ["arb"] = ("ARB", SafetySeverity.Serious),
        ["ssri"] = ("SSRI or SNRI", SafetySeverity.Serious), ["snri"] = ("SSRI or SNRI", SafetySeverity.Serious), ["tca"] = ("tricyclic", SafetySeverity.Serious),
        ["pde5-inhibitor"] = ("PDE5 inhibitor", SafetySeverity.Serious), ["corticosteroid-systemic"] = ("corticosteroid", SafetySeverity.Serious),
        ["ccb-dhp"] = ("calcium channel blocker", SafetySeverity.Moderate), ["ppi"] = ("acid blocker", SafetySeverity.Moderate), ["pcab"] = ("acid blocker", SafetySeverity.Moderate),
        ["dpp4-inhibitor"] = ("DPP-4 inhibitor", SafetySeverity.Moderate), ["sglt2-inhibitor"] = ("SGLT2 inhibitor", SafetySeverity.Moderate), ["glp1-agonist"] = ("GLP-1 agonist", SafetySeverity.Moderate),
        ["macrolide"] = ("macrolide", SafetySeverity.Moderate), ["fluoroquinolone"] = ("fluoroquinolone", SafetySeverity.Moderate), ["cephalosporin-1st"] = ("cephalosporin", SafetySeverity.Moderate),
        ["cephalosporin-2nd"] = ("cephalosporin", SafetySeverity.Moderate), ["cephalosporin-3rd"] = ("cephalosporin", SafetySeverity.Moderate), ["tetracycline"] = ("tetracycline", SafetySeverity.Moderate),
        ["nitroimidazole"] = ("nitroimidazole", SafetySeverity.Moderate), ["triptan"] = ("triptan", SafetySeverity.Moderate), ["prokinetic"] = ("prokinetic", SafetySeverity.Moderate),
        ["antihistamine-1st"] = ("antihistamine", SafetySeverity.Moderate), ["antihistamine-2nd"] = ("antihistamine", SafetySeverity.Moderate), ["muscle-relaxant"] = ("muscle relaxant", SafetySeverity.Moderate),
        ["gabapentinoid"] = ("gabapentinoid", SafetySeverity.Moderate), ["bisphosphonate"] = ("bisphosphonate", SafetySeverity.Moderate), ["methylxanthine"] = ("theophylline", SafetySeverity.Moderate),
    };

    /// <summary>Twice does little harm.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "vitamin", "vitamin-d-analogue", "mineral", "calcium", "iron", "supplement", "probiotic", "electrolyte", "emollient", "antacid", "antiflatulent", "laxative", "eye-lubricant", "nasal-saline",
    };

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        foreach (var (line, other) in scene.Pairs().Where(p => p.Other.StoppedOn is null))
        {
            var shared = line.Ingredients.Intersect(other.Ingredients, StringComparer.Ordinal).ToList();
            foreach (var ingredient in shared)
            {
                yield return SameIngredient(scene, line, other, ingredient);
            }

            var classes = from one in line.Ingredients.Except(shared, StringComparer.Ordinal)
                          from second in other.Ingredients.Except(shared, StringComparer.Ordinal)
                          where !line.IsLocal && !other.IsLocal
                          let family = FamilyOf(scene, one)
                          where family is not null && family == FamilyOf(scene, second) && !IsTold(scene, one, second)
                          select SameClass(line, other, one, second, family.Value);
            foreach (var finding in classes.DistinctBy(f => f.Title))
            {
                yield return finding;
            }
        }
    }

    private static SafetyFinding SameIngredient(SafetyScene scene, SceneMedicine line, SceneMedicine other, string ingredient)
    {
        var name = scene.Formulary.NameOf(ingredient);
        var renewed = !other.IsProposed && line.Medicine!.Id == other.Medicine!.Id;
        var severity = renewed || line.IsLocal || other.IsLocal || Harmless.Contains(scene.Formulary.Get(ingredient)?.DrugClass ?? "") ? SafetySeverity.Moderate : SafetySeverity.Serious;
        return Finding(line, other, ingredient, ingredient, severity,
            renewed ? $"{line.Name} is taken already" : $"{name} twice: {line.Name} and {other.Name}",
            renewed ? "A renewal is no second medicine; two packs at once are." : "The doses add up.",
            renewed ? "Stop the old one if this takes its place." : "Keep one of them, or add the doses up and say so.");
    }

    private static SafetyFinding SameClass(SceneMedicine line, SceneMedicine other, string one, string second, (string Family, SafetySeverity Severity) family)
        => Finding(line, other, one, second, family.Severity, $"Two of one class ({family.Family}): {line.Name} and {other.Name}",
            "They work in the same way: more harm, hardly more effect.", "Keep one of them.");

    private static SafetyFinding Finding(SceneMedicine line, SceneMedicine other, string one, string second, SafetySeverity severity, string title, string mechanism, string whatToDo) => new(
        SafetyScene.Key("duplicate", one, second, line, other), SafetyKind.Duplicate, severity, severity is SafetySeverity.Serious, line.Key, other.Key,
        title, mechanism, whatToDo, OwnRules.Source, InteractionData.Date);

    private static (string Family, SafetySeverity Severity)? FamilyOf(SafetyScene scene, string ingredient)
        => Single.TryGetValue(scene.Formulary.Get(ingredient)?.DrugClass ?? "", out var family) ? family : null;

    /// <summary>A row of the interactions says the same about the two, with more to it.</summary>
    private static bool IsTold(SafetyScene scene, string one, string second) => scene.Interactions.Between(one, second).Any(row => row.Severity <= SafetySeverity.Serious);
}
