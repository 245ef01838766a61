using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>
/// Holds the lines of a prescription against each other, against what is taken already, and against the person. It computes from what it is given and
/// nothing else, so the same question has the same answer, in the same order.
/// </summary>
internal static class SafetyEngine
{
    public static SafetyReport Check(SafetyQuestion question, FormularySnapshot formulary, InteractionData interactions, DateTimeOffset now)
    {
        var scene = new SafetyScene(question, formulary, interactions);
        List<SafetyFinding> findings =
        [
            .. MedicineCheck.Find(scene),
            .. AllergyCheck.Find(scene),
            .. DuplicateCheck.Find(scene),
            .. InteractionCheck.Find(scene),
            .. DoseCheck.Find(scene),
            .. ChildDoseCheck.Find(scene),
            .. AgeCheck.Find(scene),
            .. PregnancyCheck.Find(scene),
            .. KidneyCheck.Find(scene),
        ];
        return new SafetyReport(
            now, question.Allergies.Known.Count,
            $"{formulary.Version}, {interactions.Version}, {AllergyClasses.Starter.Version}", InteractionData.Date,
            [.. findings.OrderBy(f => f.Severity).ThenBy(f => !f.Interrupts).ThenBy(f => scene.PlaceOf(f.Line)).ThenBy(f => f.Kind).ThenBy(f => f.Key, StringComparer.Ordinal)],
            [.. scene.NotChecked.OrderBy(n => n.Line is null ? -1 : scene.PlaceOf(n.Line)).ThenBy(n => n.What).ThenBy(n => n.Why, StringComparer.Ordinal)]);
    }
}
