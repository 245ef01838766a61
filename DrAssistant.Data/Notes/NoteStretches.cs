namespace DrAssistant.Data.Notes;

/// <summary>The stretches of work on a note: by them it is audited and its versions are kept.</summary>
internal static class NoteStretches
{
    /// <summary>After this much rest the same person begins a new stretch.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>Whether what <paramref name="by"/> writes now begins a stretch: somebody else wrote last, or nobody, or it is a while ago.</summary>
    public static bool Begins(ClinicalNote note, Guid by, DateTimeOffset at)
        => note.Metadata.EditHistory is not [.., var last] || last.By != by || at - last.Until >= Rest;

    /// <summary>The version before is to be kept when a stretch begins; one in which nobody has written is not worth it.</summary>
    public static bool LeavesAVersion(ClinicalNote note) => note.Metadata.EditHistory is { Count: > 0 };

    /// <summary>Whether this person made this version.</summary>
    public static bool Wrote(ClinicalNote note, Guid by, int version)
        => note.Metadata.EditHistory is { } history && history.Any(edit => edit.By == by && edit.FirstVersion <= version && version <= edit.LastVersion);

    /// <summary>From the first word to <paramref name="end"/>; null where nobody wrote here.</summary>
    public static double? Seconds(ClinicalNote note, DateTimeOffset end)
        => note.Metadata.EditHistory is [var first, ..] ? (end - first.From).TotalSeconds : null;

    /// <summary>The note after one more save, with what is told about how it came about.</summary>
    /// <param name="next">The note as it is to be saved.</param>
    /// <param name="by">Who saves.</param>
    /// <param name="changesText">Whether a field changed, and not only a mark or the status.</param>
    public static ClinicalNote Noted(ClinicalNote next, Guid by, bool changesText)
    {
        var metadata = next.Metadata;
        var saves = changesText ? 1 : 0;
        List<NoteEdit> history = [.. metadata.EditHistory ?? []];
        if (Begins(next, by, next.UpdatedAt))
        {
            history.Add(new NoteEdit(by, next.UpdatedAt, next.UpdatedAt, next.Version, next.Version, saves));
        }
        else
        {
            var last = history[^1];
            history[^1] = last with { Until = next.UpdatedAt, LastVersion = next.Version, Saves = last.Saves + saves };
        }

        return next with
        {
            Metadata = metadata with
            {
                EditHistory = history,
                EditCount = (metadata.EditCount ?? 0) + saves,
                WordCount = NoteContent.CountWords(next.Content),
            },
        };
    }
}
