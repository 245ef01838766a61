namespace DrAssistant.Data.Notes;

/// <summary>What a draft still needs before it can be signed.</summary>
internal static class NoteGaps
{
    public const string Blank = "***";

    /// <summary>In the order of the note.</summary>
    public static IReadOnlyList<NoteGap> Of(ClinicalNote note)
    {
        var fields = NoteFields.Of(note.Content);
        var gaps = Missing(fields.Keys)
            .Concat(fields.Where(field => NoteFields.TextOf(field.Value).Contains(Blank, StringComparison.Ordinal)).Select(field => (NoteGapKind.Blank, Path: field.Key)))
            .Concat(note.Conflicts.Keys.Select(path => (NoteGapKind.Conflict, Path: path)))
            .Concat(note.Carried.Keys.Select(path => (NoteGapKind.Unchecked, Path: path)))
            .ToLookup(gap => gap.Path, gap => gap.Item1);
        return [.. NoteFields.Sort(gaps.Select(gap => gap.Key)).SelectMany(path => gaps[path].Select(kind => new NoteGap(kind, path, NoteFields.LabelOf(path))))];
    }

    /// <summary>Why the patient came, what it is, and what is done: without them it is no note of a visit.</summary>
    private static IEnumerable<(NoteGapKind Kind, string Path)> Missing(IReadOnlyCollection<string> fields)
    {
        if (!fields.Contains(NoteFields.ChiefComplaint))
        {
            yield return (NoteGapKind.Missing, NoteFields.ChiefComplaint);
        }

        if (!fields.Contains(NoteFields.Diagnoses) && !fields.Contains(NoteFields.Impression))
        {
            yield return (NoteGapKind.Missing, NoteFields.Diagnoses);
        }

        if (!fields.Any(path => path.StartsWith(NoteFields.Plan + ".", StringComparison.Ordinal)))
        {
            yield return (NoteGapKind.Missing, NoteFields.Plan);
        }
    }
}
