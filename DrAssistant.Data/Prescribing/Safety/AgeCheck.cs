using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Medicines that are not for somebody so young.</summary>
internal static class AgeCheck
{
    private const decimal MonthsOfAYear = 12;

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
        => scene.Age is not { } age ? []
            : from line in scene.Lines
              let youngest = Youngest(scene, line)
              where youngest is not null && age.Months / MonthsOfAYear < youngest
              select OwnRules.Finding(
                  SafetyKind.Age, "young", line, SafetySeverity.Serious, $"{line.Name} is not for children under {Years(youngest.Value)}", $"The patient is {age.Long} old.",
                  "Choose another medicine, or say why.", line.Medicine!.Source);

    /// <summary>A combination's own, or the highest of what it is made of.</summary>
    private static decimal? Youngest(SafetyScene scene, SceneMedicine line) => line.Medicine?.MinAgeYears
        ?? (line.Medicine is { IsCombination: true } && !line.IsLocal ? line.Ingredients.Max(i => scene.Formulary.Get(i)?.MinAgeYears) : null);

    private static string Years(decimal years) => years < 2 ? $"{ClinicFormat.Number(Math.Round(years * MonthsOfAYear))} months" : $"{ClinicFormat.Number(years)} years";
}
