using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Medicines that harm an unborn child, where the patient is pregnant or could be and nobody asked.</summary>
internal static class PregnancyCheck
{
    public static IEnumerable<SafetyFinding> Find(SafetyScene scene)
    {
        var person = scene.Person;
        if (person.Pregnancy is PregnancyState.NotPregnant || person.Sex is Gender.Male || scene.Age is { Years: < PregnancyFacts.Youngest })
        {
            yield break;
        }

        foreach (var line in scene.Lines.Where(l => l.Medicine is not null))
        {
            var advice = AdviceOf(scene, line);
            if (person.Pregnancy is PregnancyState.NotKnown)
            {
                if (advice is PregnancyAdvice.Avoid && scene.Age is null or { Years: <= PregnancyFacts.Oldest })
                {
                    scene.CouldNot(line.Key, SafetyKind.Pregnancy, $"Nobody has said whether the patient is pregnant; {line.Name} is avoided in pregnancy.");
                }
            }
            else if (advice is PregnancyAdvice.Unknown)
            {
                scene.CouldNot(line.Key, SafetyKind.Pregnancy, $"The formulary does not know {line.Name} in pregnancy.");
            }
            else if (advice is PregnancyAdvice.Avoid or PregnancyAdvice.Caution)
            {
                yield return Finding(line, advice);
            }
        }
    }

    private static SafetyFinding Finding(SceneMedicine line, PregnancyAdvice advice)
    {
        var avoid = advice is PregnancyAdvice.Avoid;
        return OwnRules.Finding(
            SafetyKind.Pregnancy, avoid ? "avoid" : "caution", line, avoid && !line.IsLocal ? SafetySeverity.Serious : SafetySeverity.Moderate,
            $"{line.Name} {(avoid ? "is avoided" : "needs caution")} in pregnancy", "It can harm the unborn child, or too little is known; some only in a part of the pregnancy.",
            avoid ? "Choose another medicine." : "Weigh it, and give the smallest dose that works.", line.Medicine!.Source);
    }

    /// <summary>A combination's own, or the worst of what it is made of.</summary>
    private static PregnancyAdvice AdviceOf(SafetyScene scene, SceneMedicine line)
        => line.Medicine!.Pregnancy is not PregnancyAdvice.Unknown || !line.Medicine.IsCombination
            ? line.Medicine.Pregnancy
            : line.Ingredients.Select(i => scene.Formulary.Get(i)?.Pregnancy ?? PregnancyAdvice.Unknown).Max();
}
