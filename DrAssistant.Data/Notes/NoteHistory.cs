using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Notes;

/// <summary>What a note said before, and the notes of a patient.</summary>
internal sealed class NoteHistory(NoteStore notes, NoteNames names, NoteViewer viewer)
{
    private const int MostNotes = 100;

    /// <summary>The kept versions and the one that is now, newest first; null where the note is not to be seen.</summary>
    public async Task<IReadOnlyList<ClinicalNote>?> VersionsAsync(Guid noteId, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(noteId, access, cancellation) is not { } live)
        {
            return null;
        }

        var kept = await notes.VersionsAsync(live, access, cancellation);
        return [.. kept.Append(live).DistinctBy(version => version.Version).OrderByDescending(version => version.Version)];
    }

    public async Task<IReadOnlyList<NoteVersionLine>> LinesAsync(IReadOnlyList<ClinicalNote> versions, CancellationToken cancellation)
    {
        await names.LearnAsync(versions.Select(version => version.UpdatedBy).OfType<Guid>(), cancellation);
        return [.. versions.Select((version, i) => new NoteVersionLine(
            version.Version, version.Status is NoteStatus.Signed or NoteStatus.Amended ? version.Editions : null, version.Status, version.UpdatedAt,
            version.UpdatedBy is { } by ? names.Of(by) : null,
            version.InError?.Reason ?? (version.Status is NoteStatus.Amended ? version.Amends?.Reason : null), viewer.SignatureOf(version), IsCurrent: i == 0))];
    }

    /// <summary>Field by field in the order of the note.</summary>
    public static IReadOnlyList<FieldDifference> Differences(ClinicalNote from, ClinicalNote to)
    {
        var (before, after) = (NoteFields.Of(from.Content), NoteFields.Of(to.Content));
        return
        [
            .. NoteFields.Sort(before.Keys.Union(after.Keys))
                .Where(path => !NoteFields.AreAlike(before.GetValueOrDefault(path), after.GetValueOrDefault(path)))
                .Select(path => new FieldDifference(path, NoteFields.LabelOf(path), WordDifference.Between(
                    NoteFields.TextOf(before.GetValueOrDefault(path)), NoteFields.TextOf(after.GetValueOrDefault(path))))),
        ];
    }

    /// <summary>A page of a patient's notes.</summary>
    public async Task<NoteList> ListAsync(NoteListQuery query, CancellationToken cancellation)
    {
        var take = Math.Clamp(query.Take, 1, MostNotes);
        var found = await notes.ListAsync(
            new DocumentQuery
            {
                PatientId = query.PatientId,
                NotStatus = query.WithErrors ? null : EnumText.Of(NoteStatus.EnteredInError),
                After = query.After is { } after ? new DocumentCursor(after.CreatedAt, after.Id) : null,
                Take = take + 1,
            },
            cancellation);
        var inError = query.WithErrors
            ? 0
            : await notes.CountAsync(new DocumentQuery { PatientId = query.PatientId, Status = EnumText.Of(NoteStatus.EnteredInError) }, cancellation);
        var shown = found.Take(take).ToList();
        await names.LearnAsync(shown.Select(note => note.DoctorId), cancellation);
        return new NoteList([.. shown.Select(Line)], inError, found.Count > take ? new NoteCursor(shown[^1].CreatedAt, shown[^1].Id) : null);
    }

    private NoteLine Line(ClinicalNote note) => new(
        note.Id, note.EncounterId, note.Status, note.NoteType, note.DoctorId, names.Of(note.DoctorId), note.CreatedAt, note.SignedAt, note.Editions,
        note.Content.Subjective?.ChiefComplaint, [.. note.Content.Assessment?.Diagnoses?.Select(diagnosis => diagnosis.Name) ?? []])
    {
        Words = note.Metadata.WordCount ?? NoteContent.CountWords(note.Content),
    };
}
