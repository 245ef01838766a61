using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Holds the lines of a prescription against each other, against what is taken already, and against the person.</summary>
internal static class SafetyEngine
{
    public static SafetyReport Check(SafetyQuestion question, FormularySnapshot formulary, InteractionData interactions, DateTimeOffset now)
    {
        var scene = new SafetyScene(question, formulary, interactions);
        List<SafetyFinding> findings =
        [
            .. DuplicateCheck.Find(scene),
            .. InteractionCheck.Find(scene),
        ];
        return new SafetyReport(
            now, question.Lines.Count + question.Active.Count, question.Allergies.Known.Count, $"{formulary.Version}, {interactions.Version}", InteractionData.Date,
            [.. findings.OrderBy(f => f.Severity).ThenBy(f => !f.Interrupts).ThenBy(f => scene.PlaceOf(f.Line)).ThenBy(f => f.Kind).ThenBy(f => f.Key, StringComparer.Ordinal)],
            [.. scene.NotChecked]);
    }
}
