using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Doses of a child by weight. Without a weight nothing is checked, and that is said.</summary>
internal static class ChildDoseCheck
{
    private const int Adult = 18;
    private const int Grown = 12;
    private const decimal GrownKg = 40;
    private const decimal Slip = 3;

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        if (scene.Age is null)
        {
            scene.CouldNot(null, SafetyKind.Age, "No date of birth is known.");
        }

        var lines = scene.Lines.Where(l => l is { Medicine: not null, Sig: not null, IsLocal: false }).ToList();
        if (scene.Age is not { Years: < Adult } age || lines.Count == 0)
        {
            yield break;
        }

        if (scene.Person.WeightKg is not { } weight || weight <= 0)
        {
            scene.CouldNot(null, SafetyKind.ChildDose, "Weight: none is known, and a child's dose goes by it.");
            yield break;
        }

        SayThatItIsOld(scene, age.Months);
        foreach (var line in lines)
        {
            foreach (var dose in DoseContent.Of(scene, line).Doses)
            {
                if (Judge(scene, line, dose, weight) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>An infant outgrows a weight in weeks.</summary>
    private static void SayThatItIsOld(SafetyScene scene, int months)
    {
        var days = months switch { < 24 => 60, < 144 => 180, _ => 365 };
        if (scene.Person.WeighedOn is not { } on || scene.Question.Today.DayNumber - on.DayNumber > days)
        {
            scene.CouldNot(null, SafetyKind.ChildDose, scene.Person.WeighedOn is { } day
                ? $"Weight: it is of {ClinicFormat.Date(day)}. Weigh the child again."
                : "Weight: when it was taken is not known. Weigh the child again.");
        }
    }

    private static SafetyFinding? Judge(SafetyScene scene, SceneMedicine line, IngredientDose dose, decimal weight)
    {
        var of = dose.Ingredient;
        if (of is { ChildUsualMgPerKgDay: null, ChildMaxMgPerKgDay: null } || (of.LimitsAreOral && !line.IsOral))
        {
            scene.CouldNot(line.Key, SafetyKind.ChildDose, $"No dose by weight is stated for {of.GenericName}.");
            return null;
        }

        if (dose.DailyMg is not { } daily)
        {
            return null;
        }

        var perKg = daily / weight;
        return perKg > of.ChildMaxMgPerKgDay
            ? Finding(line, dose, perKg > of.ChildMaxMgPerKgDay * Slip ? SafetySeverity.Contraindicated : SafetySeverity.Serious, "over",
                $"{PerKg(perKg)} of {of.GenericName} is over the most of {PerKg(of.ChildMaxMgPerKgDay.Value)} for a child", weight)
            : perKg * 2 < of.ChildUsualMgPerKgDay && scene.Age is { Years: < Grown } && weight < GrownKg && !dose.IsOnce && !line.Sig!.IsTaper
                ? Finding(line, dose, SafetySeverity.Info, "under", $"{PerKg(perKg)} of {of.GenericName} is well under the usual {PerKg(of.ChildUsualMgPerKgDay.Value)} for a child", weight)
                : null;
    }

    private static SafetyFinding Finding(SceneMedicine line, IngredientDose dose, SafetySeverity severity, string what, string title, decimal weight) => OwnRules.Finding(
        SafetyKind.ChildDose, $"{what}:{dose.Ingredient.Id}", line, severity, $"{line.Name}: {title}",
        $"At {ClinicFormat.Amount(weight, "kg")}.", severity is SafetySeverity.Info ? "Check that this is meant." : "Work the dose out again from the weight.", dose.Ingredient.Source);

    private static string PerKg(decimal mg) => ClinicFormat.Amount(decimal.Round(mg, 2), "mg/kg a day");
}
