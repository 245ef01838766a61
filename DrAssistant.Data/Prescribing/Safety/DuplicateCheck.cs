namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>The same ingredient twice.</summary>
internal static class DuplicateCheck
{
    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
        => from pair in scene.Pairs()
           where pair.Other.StoppedOn is null
           from ingredient in pair.Line.Ingredients.Intersect(pair.Other.Ingredients)
           let name = scene.Formulary.NameOf(ingredient)
           select new SafetyFinding(
               $"duplicate:{ingredient}:{pair.Line.Key}:{pair.Other.Key}", SafetyKind.Duplicate, SafetySeverity.Serious, Interrupts: true, pair.Line.Key, pair.Other.Key,
               $"{name} twice: {pair.Line.Name} and {pair.Other.Name}", "The doses add up.", "Keep one of them, or add the doses up and say so.", "Dr. Assistant rule", InteractionData.Date);
}
