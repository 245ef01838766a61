using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Two medicines that should not meet, ingredient by ingredient. What one product is made of is not held against itself.</summary>
internal static class InteractionCheck
{
    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        foreach (var (line, other) in scene.Pairs())
        {
            var found = from one in line.Ingredients
                        from second in other.Ingredients
                        where Washout.StillWorks(second, other.StoppedOn, scene.Question.Today)
                        from row in scene.Interactions.Between(one, second)
                        let finding = Finding(scene, (line, one), (other, second), row)
                        orderby finding.Severity, finding.Interrupts ? 0 : 1, finding.Key, row.A, row.B
                        select finding;
            if (found.ToList() is [var first, .. var rest])
            {
                yield return first with { Others = rest };
            }
        }
    }

    private static SafetyFinding Finding(SafetyScene scene, (SceneMedicine Of, string Ingredient) line, (SceneMedicine Of, string Ingredient) other, InteractionRow row)
    {
        var isLocal = IsLowered(scene, line) || IsLowered(scene, other);
        var stopped = other.Of.StoppedOn is { } last && last <= scene.Question.Today ? $" (stopped {ClinicFormat.Date(last)})" : "";
        return new SafetyFinding(
            SafetyScene.Key("interaction", line.Ingredient, other.Ingredient, line.Of, other.Of), SafetyKind.Interaction,
            isLocal ? SafetySeverity.Info : row.Severity, row.Interrupts && !isLocal, line.Of.Key, other.Of.Key,
            $"{Named(scene, line)} with {Named(scene, other)}{stopped}", isLocal ? $"{row.Mechanism}. Little of a local form reaches the blood" : row.Mechanism,
            row.WhatToDo, row.Source, InteractionData.Date);
    }

    /// <summary>
    /// A local form of what is also swallowed. Where a row names what is only ever local (timolol eye drops, miconazole gel beside warfarin), the row means it.
    /// </summary>
    private static bool IsLowered(SafetyScene scene, (SceneMedicine Of, string Ingredient) medicine)
        => medicine.Of.IsLocal && !(scene.Formulary.Get(medicine.Ingredient) is { } row && new SceneMedicine("", "", row, null, null, null, null, null, IsProposed: false).IsLocal);

    private static string Named(SafetyScene scene, (SceneMedicine Of, string Ingredient) medicine)
        => medicine.Of.Medicine is { IsCombination: true } ? $"{medicine.Of.Name} ({scene.Formulary.NameOf(medicine.Ingredient)})" : medicine.Of.Name;
}
