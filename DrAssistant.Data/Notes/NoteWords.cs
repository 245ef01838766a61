using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>A note in a few lines, for a timeline: what was said, found, thought and planned.</summary>
internal static class NoteWords
{
    public static IEnumerable<string> Of(SoapContent content)
    {
        string?[] lines =
        [
            content.Subjective?.ChiefComplaint,
            content.Subjective?.HistoryOfPresentIllness,
            content.Objective?.PhysicalExam is { Count: > 0 } exam ? string.Join(". ", exam.Values) : null,
            content.Assessment?.ClinicalImpression,
            content.Plan?.Treatments is { Count: > 0 } treatments ? string.Join(". ", treatments) : null,
            content.Plan?.FollowUp,
        ];
        return lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line!).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
