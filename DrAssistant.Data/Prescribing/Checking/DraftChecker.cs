using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Checking;

/// <summary>Holds a draft against what the record knows of its patient.</summary>
internal sealed class DraftChecker(FormularyStore formulary, SafetyChecks checks, ClinicClock clock)
{
    public async Task<SafetyReport> CheckAsync(DraftFacts facts, IReadOnlyList<MedicineLineDraft>? unsaved, CancellationToken cancellation)
    {
        var known = await formulary.CurrentAsync(cancellation);
        var typed = (unsaved ?? []).Take(DraftAtWork.MostLines).ToList();
        List<ProposedLine> lines = [.. facts.Lines.Where(l => !typed.Exists(t => t.Id == l.Id)).Select(Proposed)];
        foreach (var line in typed)
        {
            var at = facts.Lines.ToList().FindIndex(l => l.Id == line.Id);
            lines.Insert(at < 0 ? lines.Count : Math.Min(at, lines.Count), Proposed(line, known));
        }

        return await checks.CheckAsync(new SafetyQuestion(facts.Person, facts.Allergies, clock.Today, facts.Active, lines), cancellation);
    }

    /// <summary>Whether a finding was signed over as it is now: one that has become worse is another one.</summary>
    public static bool IsAnswered(SafetyFinding finding, IEnumerable<KnownFinding> known)
        => known.Any(k => k.Key == finding.Key && k.Shown.Reason is not null && EnumText.Parse<SafetySeverity>(k.Severity) <= finding.Severity);

    public static DraftSafety View(Guid prescriptionId, DraftFacts facts, SafetyReport report) => new(
        prescriptionId, report,
        facts.Known.Where(k => report.Findings.Any(f => f.Key == k.Key && IsAnswered(f, [k]))).ToDictionary(k => k.Key, k => k.Shown),
        new CheckedFacts(
            facts.Person.WeightKg, facts.Person.WeighedOn, facts.Person.Pregnancy, facts.Person.Egfr, facts.Person.CreatinineMgDl, facts.Person.KidneyMeasuredOn, facts.Active.Count));

    public static JsonElement Shown(SafetyFinding finding)
        => JsonSerializer.SerializeToElement(new ShownFinding(finding.Title, finding.Mechanism, finding.WhatToDo, finding.Source, finding.SourceDate));

    public static ProposedLine Proposed(PrescriptionItem item)
        => new(item.Id.ToString(), item.MedicationName, item.CodeSystem == CodeSystems.Formulary ? item.MedicationCode : null)
        {
            Form = item.Form,
            Strength = item.Strength,
            Route = item.Route,
            Sig = LineDirections.SigOf(item),
        };

    private ProposedLine Proposed(MedicineLineDraft line, FormularySnapshot known)
    {
        var item = LineWriter.Empty(line.Id, Guid.Empty, Guid.Empty);
        return LineWriter.Fill(item, line, known, clock.Today, isLenient: true) is null
            ? Proposed(item)
            : new ProposedLine(line.Id.ToString(), PlainText.Of(line.Name ?? known.Get(line.MedicineId)?.GenericName, MedicineLineDraft.LongestName), line.MedicineId);
    }
}
