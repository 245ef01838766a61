using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>The notes' part of a timeline. A document store that is away leaves only this part out.</summary>
internal sealed class TimelineNotes(NoteStore notes)
{
    // Notes are ciphertext where they are kept, so their words are looked at here. More visits than that has nobody.
    private const int MostSearched = 1000;

    /// <summary>One that counts, and a few that were entered in error.</summary>
    private const int NotesAVisit = 4;

    /// <summary>The visits whose notes have the words; none where nothing is searched.</summary>
    public async Task<NotedVisits> MentioningAsync(Guid patientId, string? text, CancellationToken cancellation)
    {
        if (PlainText.Of(text, TimelinePlaces.LongestText) is not { Length: > 0 } words)
        {
            return new NotedVisits([], Reachable: true);
        }

        var found = await ListAsync(new DocumentQuery { PatientId = patientId, Take = MostSearched }, cancellation);
        return new NotedVisits(
            [.. found?.Where(n => n.Status is not NoteStatus.EnteredInError && NoteFields.Of(n.Content).Values.Any(field => NoteFields.TextOf(field).Contains(words, StringComparison.OrdinalIgnoreCase)))
                .Select(n => n.EncounterId) ?? []],
            found is not null);
    }

    public async Task<WrittenNotes> OfAsync(Guid patientId, IReadOnlyList<Guid> visits, CancellationToken cancellation)
    {
        var found = visits.Count == 0 ? [] : await ListAsync(new DocumentQuery { PatientId = patientId, EncounterIds = visits, Take = TimelinePlaces.APage * NotesAVisit }, cancellation);
        var inError = found?.Where(n => n.Status is NoteStatus.EnteredInError).ToList() ?? [];
        return new WrittenNotes(
            (found ?? []).Except(inError).ToLookup(n => n.EncounterId, n => new TimelineEntry(
                TimelineKind.Note, n.SignedAt ?? n.UpdatedAt, "Note", EnumText.Of(n.Status), [.. NoteWords.Of(n.Content).Select(line => new TimelinePart(line))])
            {
                SubjectId = n.Id,
            }),
            inError.CountBy(n => n.EncounterId).ToDictionary(),
            found is not null);
    }

    private async Task<IReadOnlyList<ClinicalNote>?> ListAsync(DocumentQuery query, CancellationToken cancellation)
    {
        try
        {
            return await notes.ListAsync(query, cancellation);
        }
        catch (DocumentStoreException away) when (away.IsAway)
        {
            return null;
        }
    }
}

internal sealed record NotedVisits(IReadOnlyList<Guid> Visits, bool Reachable);

internal sealed record WrittenNotes(ILookup<Guid, TimelineEntry> Entries, IReadOnlyDictionary<Guid, int> InError, bool Reachable);
