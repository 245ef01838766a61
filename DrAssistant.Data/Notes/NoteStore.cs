using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Clinical notes in the document store: composes the access filter into every call, and encrypts what is clinical
/// before it leaves for the store, so that neither the store nor its backup can be read without the key ring.
/// </summary>
internal sealed class NoteStore(IDocumentStore store, CareTeam careTeam, PhiCipher cipher)
{
    private const DocumentCollection Notes = DocumentCollection.ClinicalNotes;
    private const DocumentCollection Versions = DocumentCollection.NoteVersions;
    private const DocumentCollection Amendments = DocumentCollection.NoteAmendments;

    /// <summary>More versions, amendments or addenda of one note are not shown.</summary>
    private const int MostOfOneNote = 500;

    private readonly NoteSealer _sealer = new(cipher);

    /// <summary>Whose notes may be touched, to be asked once where one act makes several calls.</summary>
    public Task<AccessFilter> AccessAsync(CancellationToken cancellation) => careTeam.AccessAsync(cancellation);

    public async Task<ClinicalNote?> FindAsync(Guid id, CancellationToken cancellation)
        => await FindAsync(id, await AccessAsync(cancellation), cancellation);

    /// <summary>A note, or the draft of an amendment.</summary>
    public async Task<ClinicalNote?> FindAsync(Guid id, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Notes, id, access, cancellation) is { } note ? _sealer.Open(Notes, note)
            : await store.FindAsync(Amendments, id, access, cancellation) is { } amendment ? _sealer.Open(Amendments, amendment)
            : null;

    /// <summary>The note of a visit: the one that counts, else the latest that was entered in error.</summary>
    public async Task<ClinicalNote?> OfEncounterAsync(Guid encounterId, AccessFilter access, CancellationToken cancellation)
        => Counting(await AllOfEncounterAsync(encounterId, access, cancellation));

    /// <summary>The note of a visit that counts, and those that were entered in error; newest first.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> AllOfEncounterAsync(Guid encounterId, AccessFilter access, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Notes, new DocumentQuery { EncounterId = encounterId, Take = MostOfOneNote }, access, cancellation);
        return [.. found.Select(note => _sealer.Open(Notes, note))];
    }

    public static ClinicalNote? Counting(IReadOnlyList<ClinicalNote> ofOneVisit)
        => ofOneVisit.FirstOrDefault(note => note.Status is not NoteStatus.EnteredInError) ?? (ofOneVisit.Count > 0 ? ofOneVisit[0] : null);

    /// <summary>Newest first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> ListAsync(DocumentQuery query, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Notes, query, await AccessAsync(cancellation), cancellation);
        return [.. found.Select(note => _sealer.Open(Notes, note))];
    }

    public async Task<long> CountAsync(DocumentQuery query, CancellationToken cancellation)
        => await store.CountAsync(Notes, query, await AccessAsync(cancellation), cancellation);

    /// <summary>False when the encounter has a note already.</summary>
    public async Task<bool> TryAddAsync(ClinicalNote note, CancellationToken cancellation)
        => await TryAddAsync(note, await AccessAsync(cancellation), cancellation);

    /// <inheritdoc cref="TryAddAsync(ClinicalNote, CancellationToken)"/>
    public Task<bool> TryAddAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
        => store.TryInsertAsync(Where(note), _sealer.Seal(Where(note), note.Id, note), access, cancellation);

    /// <summary>The next version in the place of the one before; false when somebody was faster or it is no longer <paramref name="was"/>.</summary>
    public Task<bool> TryReplaceAsync(ClinicalNote next, NoteStatus was, AccessFilter access, CancellationToken cancellation)
        => store.TryReplaceAsync(Where(next), _sealer.Seal(Where(next), next.Id, next), EnumText.Of(was), access, cancellation);

    /// <summary>The same for the mark that it should not have been written: its content is not touched.</summary>
    public async Task<bool> TryMarkAsync(ClinicalNote marked, NoteStatus was, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Where(marked), marked.Id, access, cancellation) is { } document && document.Version == marked.Version - 1
            && await store.TryReplaceAsync(Where(marked), _sealer.Mark(Where(marked), document, marked), EnumText.Of(was), access, cancellation);

    /// <summary>Keeps a version of a note for good. Kept twice, it is there once.</summary>
    public Task KeepAsync(ClinicalNote version, AccessFilter access, CancellationToken cancellation)
        => store.TryInsertAsync(Versions, _sealer.Seal(Versions, NoteIds.OfVersion(version.Id, version.Version), version), access, cancellation);

    /// <summary>A version that was kept.</summary>
    public async Task<ClinicalNote?> KeptAsync(Guid noteId, int version, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Versions, NoteIds.OfVersion(noteId, version), access, cancellation) is { } found ? _sealer.Open(Versions, found) : null;

    /// <summary>The versions that are kept of a note.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> VersionsAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        var query = new DocumentQuery { EncounterId = note.EncounterId, NotStatus = NoteSealer.Addendum, Take = MostOfOneNote };
        var found = await store.ListAsync(Versions, query, access, cancellation);
        return [.. found.Select(version => _sealer.Open(Versions, version)).Where(version => version.Id == note.Id)];
    }

    /// <summary>The amendments that were begun of a note, newest first.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> AmendmentsAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Amendments, new DocumentQuery { EncounterId = note.EncounterId, Take = MostOfOneNote }, access, cancellation);
        return [.. found.Select(amendment => _sealer.Open(Amendments, amendment)).Where(amendment => amendment.Amends?.NoteId == note.Id)];
    }

    /// <summary>Amendments that somebody has open on notes of this doctor's, oldest first. One whose note went another way is none.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> OpenAmendmentsAsync(Guid doctorId, int take, CancellationToken cancellation)
    {
        var access = await AccessAsync(cancellation);
        var query = new DocumentQuery { DoctorId = doctorId, Status = EnumText.Of(NoteStatus.Draft), OldestFirst = true, Take = take };
        var drafts = (await store.ListAsync(Amendments, query, access, cancellation)).Select(draft => _sealer.Open(Amendments, draft)).ToList();
        if (drafts.Count == 0)
        {
            return [];
        }

        var visits = drafts.Select(draft => draft.EncounterId).ToHashSet();
        var notes = (await store.ListAsync(Notes, new DocumentQuery { EncounterIds = visits, Take = MostOfOneNote }, access, cancellation)).ToDictionary(note => note.Id);
        return [.. drafts.Where(draft => draft.Amends is { } amends && notes.GetValueOrDefault(amends.NoteId) is { } note
            && note.Version == amends.Version && note.Status != EnumText.Of(NoteStatus.EnteredInError))];
    }

    /// <summary>What was added to a note, oldest first.</summary>
    public async Task<IReadOnlyList<StoredAddendum>> AddendaAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        var query = new DocumentQuery { EncounterId = note.EncounterId, Status = NoteSealer.Addendum, OldestFirst = true, Take = MostOfOneNote };
        return [.. (await store.ListAsync(Versions, query, access, cancellation)).Select(_sealer.OpenAddendum).Where(addendum => addendum.NoteId == note.Id)];
    }

    /// <summary>Writes an addendum, once.</summary>
    public Task AddAsync(ClinicalNote note, StoredAddendum addendum, AccessFilter access, CancellationToken cancellation)
        => store.TryInsertAsync(Versions, _sealer.Seal(note, addendum), access, cancellation);

    public async Task<bool> HasAddendumAsync(Guid id, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Versions, id, access, cancellation) is not null;

    private static DocumentCollection Where(ClinicalNote note) => note.IsAmendment ? Amendments : Notes;
}
