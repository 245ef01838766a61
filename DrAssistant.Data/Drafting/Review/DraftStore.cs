using System.Text.Json;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>Drafts in the document store: composes the access filter into every call, and seals what was proposed and decided.</summary>
internal sealed class DraftStore(IDocumentStore store, CareTeam careTeam, PhiCipher cipher)
{
    /// <summary>A draft has one status for good: what becomes of its sentences is sealed.</summary>
    private const string Status = "proposed";
    private const DocumentCollection Drafts = DocumentCollection.NoteDrafts;
    private const int SchemaVersion = 2;
    private const int MostOfOneVisit = 200;

    public async Task<StoredDraft?> FindAsync(Guid id, CancellationToken cancellation)
        => await store.FindAsync(Drafts, id, await careTeam.AccessAsync(cancellation), cancellation) is { } found ? Open(found) : null;

    /// <summary>The latest of a visit.</summary>
    public async Task<StoredDraft?> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Drafts, new DocumentQuery { EncounterId = encounterId, Take = 1 }, await careTeam.AccessAsync(cancellation), cancellation);
        return found.Count > 0 ? Open(found[0]) : null;
    }

    /// <summary>All of a visit, oldest first: what was taken from one of them is in the note, whichever was made since.</summary>
    public async Task<IReadOnlyList<StoredDraft>> AllOfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        var query = new DocumentQuery { EncounterId = encounterId, OldestFirst = true, Take = MostOfOneVisit };
        return [.. (await store.ListAsync(Drafts, query, await careTeam.AccessAsync(cancellation), cancellation)).Select(Open)];
    }

    /// <summary>False when one with its id is there already.</summary>
    public async Task<bool> TryAddAsync(StoredDraft draft, CancellationToken cancellation)
        => await store.TryInsertAsync(Drafts, Seal(draft), await careTeam.AccessAsync(cancellation), cancellation);

    /// <summary>False when somebody was faster.</summary>
    public async Task<bool> TryReplaceAsync(StoredDraft next, CancellationToken cancellation)
        => await store.TryReplaceAsync(Drafts, Seal(next), Status, await careTeam.AccessAsync(cancellation), cancellation);

    private StoredDocument Seal(StoredDraft draft)
    {
        var body = new DraftBody(
            SchemaVersion, draft.Sources, draft.Note.TranscriptHash, draft.Note.Engine, draft.Note.Version, draft.Note.Confidence,
            cipher.Protect(At(draft.Id, "proposed"), JsonSerializer.Serialize(draft.Note, NoteJson.Options)), draft.Decisions);
        return new StoredDocument(
            draft.Id, draft.PatientId, draft.EncounterId, draft.DraftedBy, Status, draft.Version, draft.DraftedAt, draft.UpdatedAt, JsonSerializer.Serialize(body, NoteJson.Options));
    }

    private StoredDraft Open(StoredDocument document)
    {
        var body = JsonSerializer.Deserialize<DraftBody>(document.Body, NoteJson.Options) ?? throw new InvalidDataException($"Draft {document.Id} has no body.");
        return new StoredDraft
        {
            Id = document.Id,
            EncounterId = document.EncounterId ?? throw new InvalidDataException($"Draft {document.Id} has no encounter."),
            PatientId = document.PatientId,
            DraftedBy = document.DoctorId ?? throw new InvalidDataException($"Draft {document.Id} was asked for by nobody."),
            DraftedAt = document.CreatedAt,
            UpdatedAt = document.UpdatedAt,
            Version = document.Version,
            Sources = body.Sources ?? [new StoredSource(body.TranscriptId ?? Guid.Empty, body.TranscriptHash, 0, int.MaxValue, body.RecordingSeconds)],
            Note = JsonSerializer.Deserialize<DraftedNote>(cipher.Reveal(At(document.Id, "proposed"), body.Proposed), NoteJson.Options)
                ?? throw new InvalidDataException($"Draft {document.Id} proposes nothing."),
            Decisions = body.Decisions,
        };
    }

    private static FieldAddress At(Guid id, string field) => new("noteDrafts", field, id);

    /// <summary>The document as it is stored: what was proposed is ciphertext.</summary>
    private sealed record DraftBody(
        int SchemaVersion, IReadOnlyList<StoredSource>? Sources, string TranscriptHash, string Engine, string EngineVersion, double Confidence, byte[] Proposed,
        IReadOnlyList<StoredDecision> Decisions)
    {
        /// <summary>Of a draft of schema version 1, which rested on one transcript.</summary>
        public Guid? TranscriptId { get; init; }

        /// <summary>Likewise: how long its recording was.</summary>
        public double? RecordingSeconds { get; init; }

        public override string ToString() => nameof(DraftBody);
    }
}
