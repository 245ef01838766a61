namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Two medicines that should not meet, ingredient by ingredient. What one product is made of is not held against itself.</summary>
internal static class InteractionCheck
{
    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        foreach (var (line, other) in scene.Pairs())
        {
            var rows = from one in line.Ingredients
                       from second in other.Ingredients
                       from row in scene.Interactions.Between(one, second)
                       orderby row.Severity, row.Interrupts ? 0 : 1
                       select new SafetyFinding(
                           $"interaction:{one}:{second}:{line.Key}:{other.Key}", SafetyKind.Interaction, row.Severity, row.Interrupts, line.Key, other.Key,
                           $"{line.Name} with {other.Name}", row.Mechanism, row.WhatToDo, row.Source, InteractionData.Date);
            if (rows.ToList() is [var first, .. var rest])
            {
                yield return first with { Others = rest };
            }
        }
    }
}
