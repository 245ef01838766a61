using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>What a line is at all: free text and unknown ids are said not to be checked, what was withdrawn is found.</summary>
internal static class MedicineCheck
{
    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        SayWhatIsNotKnown(scene);
        foreach (var line in scene.Lines)
        {
            if (line.Medicine is { IsActive: false })
            {
                yield return OwnRules.Finding(
                    SafetyKind.Medicine, "withdrawn", line, SafetySeverity.Serious, $"{line.Name} was withdrawn from the formulary", "It may no longer be prescribed here.", "Choose another medicine.");
            }

            // ISMP: methotrexate taken daily instead of weekly kills.
            if (line is { Medicine: { DoseInterval: not DoseInterval.Day } medicine, Sig.Steps: { } steps } && steps.Any(s => !s.Frequency.Once && s.Frequency.EveryDays < 7))
            {
                yield return OwnRules.Finding(
                    SafetyKind.Dose, "interval", line, SafetySeverity.Contraindicated, $"{medicine.GenericName} is taken once a {Common.EnumText.Of(medicine.DoseInterval)}, not daily",
                    "Taken daily it is an overdose that can kill.", "Write it once a week or month, and name the day.", medicine.Source);
            }
        }
    }

    private static void SayWhatIsNotKnown(SafetyScene scene)
    {
        var typed = scene.Question.Lines.Select(l => l.MedicineId).Concat(scene.Question.Active.Select(a => a.MedicineId));
        foreach (var (id, found) in typed.Zip(scene.Lines.Concat(scene.Active)))
        {
            if (found.Medicine is null)
            {
                scene.CouldNot(found.IsProposed ? found.Key : null, SafetyKind.Medicine, id is null
                    ? $"{found.Name} is free text: no check knows what it is."
                    : $"{found.Name} is not in the formulary: no check knows what it is.");
            }
        }
    }
}
