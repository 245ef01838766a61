using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Data.Ordering.Printing;

/// <summary>What of the chart goes with a referral, in the reader's own sight: what they may not see is not in the letter.</summary>
internal sealed class LetterWriter(IPatientEssentials essentials, IClinicalNotes notes, ClinicClock clock)
{
    public async Task<IReadOnlyList<SheetSection>> PartsAsync(Order order, IReadOnlySet<LetterPart> parts, CancellationToken cancellation)
    {
        var sections = new List<SheetSection>();
        if (parts.Contains(LetterPart.Note) && (await notes.OfEncounterAsync(order.EncounterId, cancellation)).Value is { Status: not NoteStatus.EnteredInError } note)
        {
            Add(sections, note.Status is NoteStatus.Draft ? "This visit, not signed yet" : "This visit", Note(note));
        }

        if (parts.Overlaps([LetterPart.Problems, LetterPart.Medicines, LetterPart.Vitals, LetterPart.Results])
            && (await essentials.ReadAsync(order.PatientId, order.EncounterId, cancellation)).Value is { } chart)
        {
            Add(sections, "Problems", parts.Contains(LetterPart.Problems) ? chart.Problems.Select(p => new SheetItem(PrintText.Of(p.Name))) : []);
            Add(sections, "Medicines", parts.Contains(LetterPart.Medicines)
                ? chart.Medicines.Select(m => new SheetItem(PrintText.Of(m.Name), PrintText.Of(string.Join(", ", new[] { m.Dosage, m.Frequency, m.Duration }.Where(w => !string.IsNullOrWhiteSpace(w))))))
                : []);
            Add(sections, "Vital signs", parts.Contains(LetterPart.Vitals) && chart.Vitals.Count > 0
                ? [new SheetItem(string.Join(", ", chart.Vitals.Select(v => $"{PrintText.Of(v.Name)} {ClinicFormat.Number(v.Value)} {UnitWords.Of(v.Unit)} ({Day(v.At)})")))]
                : []);
            Add(sections, "Latest results", parts.Contains(LetterPart.Results)
                ? chart.Results.Select(r => new SheetItem(PrintText.Of($"{r.Name} {r.Value} {r.Unit}".TrimEnd()), $"{Day(r.At)}{Flag(r.Flag)}"))
                : []);
        }

        return sections;
    }

    private static IEnumerable<SheetItem> Note(NoteView note)
    {
        var (said, found, plan) = (note.Content.Subjective, note.Content.Assessment, note.Content.Plan);
        (string Label, IEnumerable<string?> Words)[] lines =
        [
            ("History", [said?.HistoryOfPresentIllness]),
            ("Diagnosis", (found?.Diagnoses ?? []).Select(d => d.Name)),
            ("Impression", [found?.ClinicalImpression]),
            ("Plan", [.. plan?.Treatments ?? [], plan?.FollowUp]),
        ];
        return from line in lines
               let words = string.Join("; ", line.Words.Select(PrintText.Of).Where(w => w.Length > 0))
               where words.Length > 0
               select new SheetItem(line.Label, words);
    }

    private static void Add(List<SheetSection> sections, string head, IEnumerable<SheetItem> items)
    {
        if (items.ToList() is { Count: > 0 } some)
        {
            sections.Add(new SheetSection(head, some));
        }
    }

    private static string Flag(ResultFlag flag)
        => flag is ResultFlag.Normal or ResultFlag.Unknown ? "" : $", {EnumText.Of(flag).Replace('_', ' ')}";

    private string Day(DateTimeOffset at) => ClinicFormat.Date(clock.DayOf(at));
}
