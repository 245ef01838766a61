using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Search;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>Notes with what was added to them. What was entered in error is not found; the draft of an amendment is found with its note.</summary>
internal sealed class NoteSource(NoteStore notes, IDocumentStore store) : ISearchSource
{
    private const int MostOfAPatient = 5_000;

    private static readonly string InError = EnumText.Of(NoteStatus.EnteredInError);

    public SearchKind Kind => SearchKind.Note;

    public async Task<IReadOnlyList<SourceDocument>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        var documents = new List<SourceDocument>();
        foreach (var id in ids)
        {
            var note = await notes.FindAsync(id, access, cancellation);
            if (note is { IsAmendment: true })
            {
                note = note.Amends is { } amends ? await notes.FindAsync(amends.NoteId, access, cancellation) : null;
            }

            if (note is not null)
            {
                documents.Add(await DocumentAsync(note, access, cancellation));
            }
        }

        return [.. documents.DistinctBy(d => d.Id)];
    }

    public async Task<IReadOnlyList<SourcePlace>> PageAsync(SourcePlace? after, int take, CancellationToken cancellation)
    {
        var query = new DocumentQuery { OldestFirst = true, Take = take, After = after is { At: { } at } ? new DocumentCursor(at, after.Id) : null };

        // Not opened here: one that cannot be read must not hold up its page.
        return [.. (await store.ListAsync(DocumentCollection.ClinicalNotes, query, AccessFilter.Everything, cancellation)).Select(n => new SourcePlace(n.CreatedAt, n.Id))];
    }

    public async Task<IReadOnlyList<Guid>> OfPatientAsync(Guid patientId, CancellationToken cancellation)
    {
        var query = new DocumentQuery { PatientId = patientId, Take = MostOfAPatient };
        return [.. (await store.ListAsync(DocumentCollection.ClinicalNotes, query, AccessFilter.Everything, cancellation)).Select(n => n.Id)];
    }

    public Task<long> CountAsync(CancellationToken cancellation)
        => store.CountAsync(DocumentCollection.ClinicalNotes, new DocumentQuery { NotStatus = InError }, AccessFilter.Everything, cancellation);

    /// <summary>Field by field, in the order of the note.</summary>
    public static IEnumerable<(string Label, string Text)> TextsOf(ClinicalNote note)
    {
        var fields = NoteFields.Of(note.Content);
        return NoteFields.Sort(fields.Keys).Where(path => !path.StartsWith(NoteFields.VitalSigns, StringComparison.Ordinal))
            .Select(path => (NoteFields.LabelOf(path), NoteFields.TextOf(fields[path]))).Where(field => field.Item2.Length > 0);
    }

    private async Task<SourceDocument> DocumentAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        var isGone = note.Status is NoteStatus.EnteredInError;
        IReadOnlyList<string> texts = isGone ? [] :
        [
            .. TextsOf(note).Select(field => field.Text),
            .. (note.SignedAt is null ? [] : await notes.AddendaAsync(note, access, cancellation)).Select(addendum => addendum.Text),
        ];
        return new SourceDocument(note.Id, note.PatientId, note.EncounterId, note.DoctorId, note.CreatedAt, isGone, texts);
    }
}
