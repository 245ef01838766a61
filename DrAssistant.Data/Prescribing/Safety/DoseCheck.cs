using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Doses over the most of a day or of one time, slips of the decimal point, and what is far under the usual; all medicines with one ingredient together.</summary>
internal static class DoseCheck
{
    private const int Adult = 18;

    /// <summary>So many times over is no choice but a slip.</summary>
    private const decimal Slip = 3;
    private const decimal TenTimes = 10;

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        var totals = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var active in scene.Active.Where(a => a.StoppedOn is null && !a.IsLocal && a.Sig is not null))
        {
            Add(totals, scene, active);
        }

        var findings = new List<SafetyFinding>();
        foreach (var line in scene.Lines.Where(l => l is { Medicine: not null, IsLocal: false }))
        {
            var (doses, whyNot) = DoseContent.Of(scene, line);
            if (whyNot is not null)
            {
                scene.CouldNot(line.Key, SafetyKind.Dose, whyNot);
            }

            Add(totals, scene, line);
            findings.AddRange(doses.Select(dose => Judge(scene, line, dose, totals.GetValueOrDefault(dose.Ingredient.Id))).OfType<SafetyFinding>());
        }

        return findings;
    }

    private static void Add(Dictionary<string, decimal> totals, SafetyScene scene, SceneMedicine medicine)
    {
        foreach (var dose in DoseContent.Of(scene, medicine).Doses.Where(d => Holds(d.Ingredient, medicine)))
        {
            totals[dose.Ingredient.Id] = totals.GetValueOrDefault(dose.Ingredient.Id) + (dose.DailyMg ?? 0);
        }
    }

    /// <summary>Whether the limits of the formulary are for this way of giving it.</summary>
    private static bool Holds(Medicine ingredient, SceneMedicine line) => !ingredient.LimitsAreOral || line.IsOral;

    private static SafetyFinding? Judge(SafetyScene scene, SceneMedicine line, IngredientDose dose, decimal total)
    {
        var of = dose.Ingredient;
        if (!Holds(of, line) || of is { MaxDailyMg: null, MaxSingleMg: null })
        {
            scene.CouldNot(line.Key, SafetyKind.Dose, $"The formulary states no maximum for {of.GenericName} given this way.");
            return null;
        }

        if (dose.DailyMg is null && of.MaxDailyMg is not null)
        {
            scene.CouldNot(line.Key, SafetyKind.Dose, $"How often {line.Name} is taken at most is not said: only the single dose is checked.");
        }

        var usual = line.Medicine!.IsCombination ? null : UsualDose.Of(of.UsualDose);
        if (IsSlip(dose, usual))
        {
            return Finding(line, of, "slip", SafetySeverity.Contraindicated, $"{line.Name}: {Mg(dose.SingleMg)} at a time is many times the usual dose", "A slip of the decimal point looks like this.");
        }

        if (dose.SingleMg > of.MaxSingleMg)
        {
            return Finding(line, of, "single", SafetySeverity.Serious, $"{line.Name}: {Mg(dose.SingleMg)} of {of.GenericName} at a time is over the most of {Mg(of.MaxSingleMg.Value)}", "Harm grows beyond the largest single dose.");
        }

        return (dose.IsOnce && of.MaxSingleMg is not null ? null : Daily(line, dose, total)) ?? Under(scene, line, dose, usual);
    }

    private static bool IsSlip(IngredientDose dose, (decimal Least, decimal Most)? usual)
        => dose.SingleMg > dose.Ingredient.MaxSingleMg * Slip || (!dose.IsOnce && dose.DailyMg > dose.Ingredient.MaxDailyMg * Slip)
            || (usual is { } known && dose.SingleMg >= known.Most * TenTimes && dose.SingleMg > (dose.Ingredient.MaxSingleMg ?? 0));

    private static SafetyFinding? Daily(SceneMedicine line, IngredientDose dose, decimal total)
    {
        var (of, interval) = (dose.Ingredient, EnumText.Of(dose.Ingredient.DoseInterval));
        return dose.DailyMg > of.MaxDailyMg
            ? Finding(line, of, "daily", SafetySeverity.Serious, $"{line.Name}: {Mg(dose.DailyMg.Value)} of {of.GenericName} a {interval} is over the most of {Mg(of.MaxDailyMg.Value)}", $"Harm grows beyond the most of a {interval}.")
            : total > of.MaxDailyMg
                ? Finding(line, of, "together", SafetySeverity.Serious, $"{of.GenericName}: {Mg(total)} a {interval} together is over the most of {Mg(of.MaxDailyMg.Value)}", "Several medicines hold it, and the doses add up.")
                : null;
    }

    private static SafetyFinding? Under(SafetyScene scene, SceneMedicine line, IngredientDose dose, (decimal Least, decimal Most)? usual)
    {
        if (usual is not { } known || scene.Age is { Years: < Adult } || line.Sig!.IsTaper || dose.SingleMg * 2 >= known.Least)
        {
            return null;
        }

        var isTenth = dose.SingleMg * TenTimes <= known.Least;
        return Finding(line, dose.Ingredient, "under", isTenth ? SafetySeverity.Moderate : SafetySeverity.Info,
            $"{line.Name}: {Mg(dose.SingleMg)} at a time is {(isTenth ? "a tenth of" : "well under")} the usual dose", $"Usual: {dose.Ingredient.UsualDose}.");
    }

    private static SafetyFinding Finding(SceneMedicine line, Medicine of, string what, SafetySeverity severity, string title, string mechanism)
        => OwnRules.Finding(SafetyKind.Dose, $"{what}:{of.Id}", line, severity, title, mechanism, severity is SafetySeverity.Info or SafetySeverity.Moderate ? "Check that this is meant." : "Check dose, unit and decimal point.", of.Source);

    private static string Mg(decimal mg) => mg is > 0 and < 1 ? ClinicFormat.Amount(decimal.Round(mg * 1000, 2), "micrograms") : ClinicFormat.Amount(decimal.Round(mg, 2), "mg");
}
