using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>How much of each ingredient one dose and one day hold.</summary>
/// <param name="SingleMg">The largest dose of any step.</param>
/// <param name="DailyMg">The highest day of any step, or the highest week or month of a weekly or monthly medicine; null where no one said how often at most.</param>
/// <param name="IsOnce">It is given once and not again: a loading dose may be larger than a day's.</param>
internal sealed record IngredientDose(Medicine Ingredient, decimal SingleMg, decimal? DailyMg, bool IsOnce);

/// <summary>Works out milligrams from strength, amount and how often.</summary>
internal static class DoseContent
{
    private const decimal MicrogramsOfAMilligram = 1000;
    private const decimal DaysOfAWeek = 7;
    private const decimal DaysOfAMonth = 30;

    /// <summary>Empty, and a reason, where it cannot be worked out.</summary>
    public static (IReadOnlyList<IngredientDose> Doses, string? WhyNot) Of(SafetyScene scene, SceneMedicine line)
    {
        if (line is not { Medicine: { } medicine, Sig: { } sig })
        {
            return ([], line.Medicine is null ? null : $"How {line.Name} is taken is not said yet.");
        }

        var ingredients = medicine.Ingredients.Select(scene.Formulary.Get).OfType<Medicine>().ToList();
        var doses = new List<IngredientDose>();
        foreach (var step in sig.Steps)
        {
            var (perUnit, whyNot) = PerUnit(line, medicine, step.Dose.Unit);
            if (perUnit is null || perUnit.Count != ingredients.Count)
            {
                return ([], whyNot ?? $"The strength of {line.Name} does not say how much of each ingredient it holds.");
            }

            doses.AddRange(ingredients.Zip(perUnit, (of, mg) => new IngredientDose(of, step.Dose.Amount * mg, PerInterval(of.DoseInterval, step) * mg, step.Frequency.Once)));
        }

        return ([.. doses.GroupBy(d => d.Ingredient.Id, StringComparer.Ordinal).Select(Highest)], null);
    }

    private static IngredientDose Highest(IGrouping<string, IngredientDose> steps)
        => new(steps.First().Ingredient, steps.Max(s => s.SingleMg), steps.Where(s => !s.IsOnce || steps.All(o => o.IsOnce)).Max(s => s.DailyMg), steps.All(s => s.IsOnce));

    /// <summary>In doses' units: of a day on which it is taken, or of the week or month of a medicine that is limited by it.</summary>
    private static decimal? PerInterval(DoseInterval interval, SigStep step) => interval switch
    {
        DoseInterval.Week => step.AmountPerDay * Times(DaysOfAWeek, step),
        DoseInterval.Month => step.AmountPerDay * Times(DaysOfAMonth, step),
        _ => step.AmountPerDay,
    };

    private static decimal Times(decimal days, SigStep step) => step.Frequency.Once ? 1 : Math.Max(1, decimal.Round(days / step.Frequency.EveryDays));

    private static (IReadOnlyList<decimal>? Mg, string? WhyNot) PerUnit(SceneMedicine line, Medicine medicine, DoseUnit unit) => unit switch
    {
        DoseUnit.Units => (null, $"{line.Name} is dosed in units, which the formulary has no limits for."),
        _ when DoseForms.IsMass(unit) && medicine.IsCombination => (null, $"{line.Name} is a combination: write tablets or mL, so that each ingredient can be counted."),
        DoseUnit.Milligram => ([1m], null),
        DoseUnit.Microgram => ([1 / MicrogramsOfAMilligram], null),
        DoseUnit.Gram => ([1000m], null),
        DoseUnit.Drop or DoseUnit.Application => (null, $"How much {line.Name} a {DoseForms.Word(unit)} holds is not known."),
        _ => OfStrength(line, medicine, unit),
    };

    private static (IReadOnlyList<decimal>? Mg, string? WhyNot) OfStrength(SceneMedicine line, Medicine medicine, DoseUnit unit)
    {
        var text = line.Strength ?? (medicine.Strengths is [var only] ? only : null);
        if (text is null)
        {
            return (null, $"The strength of {line.Name} is not chosen.");
        }

        return Strength.Of(text) is { } strength && strength.Parts.All(p => !p.InUnits) && (unit is DoseUnit.Millilitre ? strength.Millilitres > 0 : strength.Millilitres is null || unit is DoseUnit.Injection)
            ? ([.. strength.Parts.Select(p => p.Amount / (unit is DoseUnit.Millilitre ? strength.Millilitres!.Value : 1))], null)
            : (null, $"The strength {text} of {line.Name} says no amount for {DoseForms.Word(unit, 2)}.");
    }
}
