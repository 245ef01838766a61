using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Medicines that kidneys must still clear, where a result says how well they do.</summary>
internal static class KidneyCheck
{
    private const int Adult = 18;
    private const decimal Weak = 60;
    private const int FreshDays = 365;

    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        var lines = scene.Lines.Where(l => l is { IsLocal: false, Medicine: { } medicine } && (medicine.RenalCaution || medicine.AvoidBelowEgfr is not null)).ToList();
        if (lines.Count == 0)
        {
            yield break;
        }

        if (EgfrOf(scene) is not { } egfr)
        {
            scene.CouldNot(null, SafetyKind.Kidney, $"No kidney function is known, and it counts for {string.Join(", ", lines.Select(l => l.Name).Distinct())}.");
            yield break;
        }

        if (scene.Person.KidneyMeasuredOn is { } on && scene.Question.Today.DayNumber - on.DayNumber > FreshDays)
        {
            scene.CouldNot(null, SafetyKind.Kidney, $"The kidney function is of {ClinicFormat.Date(on)}, more than a year ago.");
        }

        foreach (var line in lines)
        {
            if (egfr < line.Medicine!.AvoidBelowEgfr)
            {
                yield return Finding(line, SafetySeverity.Serious, egfr, $"{line.Name} is avoided below an eGFR of {ClinicFormat.Number(line.Medicine.AvoidBelowEgfr.Value)}", "Choose another medicine, or ask a nephrologist.");
            }
            else if (egfr < Weak)
            {
                yield return Finding(line, SafetySeverity.Moderate, egfr, $"{line.Name} needs caution with weak kidneys", "Lower the dose or lengthen the interval where the label says so, and check again.");
            }
        }
    }

    private static SafetyFinding Finding(SceneMedicine line, SafetySeverity severity, decimal egfr, string title, string whatToDo) => OwnRules.Finding(
        SafetyKind.Kidney, severity is SafetySeverity.Serious ? "avoid" : "caution", line, severity, title,
        $"The eGFR is {ClinicFormat.Number(decimal.Round(egfr))} mL/min/1.73 m².", whatToDo, line.Medicine!.Source);

    private static decimal? EgfrOf(SafetyScene scene) => scene.Person.Egfr
        ?? (scene.Person is { CreatinineMgDl: > 0 and var creatinine, Sex: Gender.Male or Gender.Female } && scene.Age is { Years: >= Adult and var years }
            ? CkdEpi((double)creatinine, years, scene.Person.Sex is Gender.Female) : null);

    /// <summary>CKD-EPI 2021, creatinine, without race (Inker and others, N Engl J Med 2021;385:1737).</summary>
    private static decimal CkdEpi(double creatinine, int years, bool isFemale)
    {
        var (kappa, alpha) = isFemale ? (0.7, -0.241) : (0.9, -0.302);
        var ratio = creatinine / kappa;
        return (decimal)(142 * Math.Pow(Math.Min(ratio, 1), alpha) * Math.Pow(Math.Max(ratio, 1), -1.2) * Math.Pow(0.9938, years) * (isFemale ? 1.012 : 1));
    }
}
