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

    private readonly NoteSealer _sealer = new(cipher);

    /// <summary>Whose notes may be touched, to be asked once where one act makes several calls.</summary>
    public Task<AccessFilter> AccessAsync(CancellationToken cancellation) => careTeam.AccessAsync(cancellation);

    public async Task<ClinicalNote?> FindAsync(Guid id, CancellationToken cancellation)
        => await FindAsync(id, await AccessAsync(cancellation), cancellation);

    public async Task<ClinicalNote?> FindAsync(Guid id, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Notes, id, access, cancellation) is { } found ? _sealer.Open(Notes, found) : null;

    /// <summary>The note of a visit.</summary>
    public async Task<ClinicalNote?> OfEncounterAsync(Guid encounterId, AccessFilter access, CancellationToken cancellation)
        => (await store.ListAsync(Notes, new DocumentQuery { EncounterId = encounterId, Take = 1 }, access, cancellation)) is [var found] ? _sealer.Open(Notes, found) : null;

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
        => store.TryInsertAsync(Notes, _sealer.Seal(Notes, note.Id, note), access, cancellation);

    /// <summary>The next version in the place of the one before; false when somebody was faster or it is no longer <paramref name="was"/>.</summary>
    public Task<bool> TryReplaceAsync(ClinicalNote next, NoteStatus was, AccessFilter access, CancellationToken cancellation)
        => store.TryReplaceAsync(Notes, _sealer.Seal(Notes, next.Id, next), EnumText.Of(was), access, cancellation);

    /// <summary>Keeps a version of a note for good. Kept twice, it is there once.</summary>
    public Task KeepAsync(ClinicalNote version, AccessFilter access, CancellationToken cancellation)
        => store.TryInsertAsync(Versions, _sealer.Seal(Versions, NoteIds.OfVersion(version.Id, version.Version), version), access, cancellation);

    /// <summary>A version that was kept.</summary>
    public async Task<ClinicalNote?> KeptAsync(Guid noteId, int version, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Versions, NoteIds.OfVersion(noteId, version), access, cancellation) is { } found ? _sealer.Open(Versions, found) : null;
}
