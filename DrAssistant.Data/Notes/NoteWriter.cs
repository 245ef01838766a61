using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Writes a note across two stores that share no transaction. First PostgreSQL hears, in one transaction, what is intended and who
/// intends it; then the version that must not be lost is kept; then the note is replaced. <see cref="NoteIntents"/> looks afterwards
/// whether it came to its end, wherever it may have stopped.
/// </summary>
internal sealed class NoteWriter(NoteStore notes, SecuredBatch batch, AuditTrail audit, OutboxWriter outbox, SavedNotes saved)
{
    public const string Wrote = "note.write";

    /// <summary>Begins a note, or the draft of an amendment; false when there is one already.</summary>
    public async Task<bool> BeginAsync(ClinicalNote note, Guid by, AccessFilter access, CancellationToken cancellation)
    {
        await IntendAsync(note, by, new AuditEntry(AuditAction.Create, note.IsAmendment ? "note.amend-begin" : "note.begin"), cancellation);
        return await notes.TryAddAsync(note, access, cancellation) && Saved(note);
    }

    /// <summary>
    /// Saves the next version of a draft, and answers it as it was saved; null when somebody was faster. What begins a stretch of work
    /// is audited, and the last version of the stretch before it is kept.
    /// </summary>
    public async Task<ClinicalNote?> SaveAsync(ClinicalNote live, ClinicalNote next, Guid by, bool isText, AccessFilter access, CancellationToken cancellation)
    {
        var begins = NoteStretches.Begins(live, by, next.UpdatedAt);
        await IntendAsync(next, by, begins ? new AuditEntry(AuditAction.Update, Wrote) : null, cancellation);
        return await ReplaceAsync(live, next, by, isText, access);
    }

    /// <summary>Signs a draft, keeps what was signed, and answers it; null when somebody was faster.</summary>
    public async Task<ClinicalNote?> SignAsync(ClinicalNote draft, ClinicalNote signed, Guid by, AccessFilter access, CancellationToken cancellation)
    {
        await IntendAsync(signed, by, new AuditEntry(AuditAction.Update, signed.IsAmendment ? "note.amend" : "note.sign") { Severity = "medium" }, cancellation);
        if (await ReplaceAsync(draft, signed, by, isText: false, access) is not { } noted)
        {
            return null;
        }

        if (noted.IsAmendment)
        {
            // The signature is on the draft, and nothing is asked any more: the note follows it.
            return await CarryAsync(noted, access);
        }

        await notes.KeepAsync(noted, access, CancellationToken.None);
        return noted;
    }

    /// <summary>
    /// Makes a signed amendment the next version of its note, and answers that; null where the note went another way. Done twice, it
    /// is done once.
    /// </summary>
    public async Task<ClinicalNote?> CarryAsync(ClinicalNote amendment, AccessFilter access)
    {
        if (amendment is not { Amends: { } amends, Signature: { } signature } || await notes.FindAsync(amends.NoteId, access, CancellationToken.None) is not { } live)
        {
            return null;
        }

        if (live.Version == amends.Version && live.Status is NoteStatus.Signed or NoteStatus.Amended)
        {
            await notes.KeepAsync(live, access, CancellationToken.None);
            var next = NoteStretches.Noted(NoteAmendments.Carry(live, amendment, signature), signature.By, changesText: false);
            live = await notes.TryReplaceAsync(next, live.Status, access, CancellationToken.None)
                ? next
                : await notes.FindAsync(live.Id, access, CancellationToken.None) ?? live;
        }

        if (live.Signature?.Hash != signature.Hash)
        {
            return null;
        }

        await notes.KeepAsync(live, access, CancellationToken.None);
        Saved(live);
        return live;
    }

    /// <summary>Adds a paragraph to a signed note, which itself is not touched.</summary>
    public async Task AddAsync(ClinicalNote note, StoredAddendum addendum, Guid by, AccessFilter access, CancellationToken cancellation)
    {
        await IntendAsync(note, by, new AuditEntry(AuditAction.Create, "note.addendum") { Severity = "medium" }, cancellation, addendum.Id);
        await notes.AddAsync(note, addendum, access, CancellationToken.None);
        Saved(note);
    }

    /// <summary>Marks a note as entered in error, or gives the draft of an amendment up; false when somebody was faster.</summary>
    public async Task<bool> MarkAsync(ClinicalNote live, StoredError error, AccessFilter access, CancellationToken cancellation)
    {
        var marked = live with
        {
            Version = live.Version + 1,
            Status = NoteStatus.EnteredInError,
            UpdatedAt = error.At,
            UpdatedBy = error.By,
            InError = error,
        };
        await IntendAsync(marked, error.By, new AuditEntry(AuditAction.Update, live.IsAmendment ? "note.amend-give-up" : "note.enter-in-error") { Severity = "medium" }, cancellation);
        await notes.KeepAsync(live, access, CancellationToken.None);
        return await notes.TryMarkAsync(NoteStretches.Noted(marked, error.By, changesText: false), live.Status, access, CancellationToken.None) && Saved(live);
    }

    private async Task<ClinicalNote?> ReplaceAsync(ClinicalNote live, ClinicalNote next, Guid by, bool isText, AccessFilter access)
    {
        if (NoteStretches.Begins(live, by, next.UpdatedAt) && NoteStretches.LeavesAVersion(live))
        {
            await notes.KeepAsync(live, access, CancellationToken.None);
        }

        var noted = NoteStretches.Noted(next, by, isText);
        return await notes.TryReplaceAsync(noted, live.Status, access, CancellationToken.None) && Saved(noted) ? noted : null;
    }

    /// <summary>It is to be found as it is now.</summary>
    private bool Saved(ClinicalNote note)
    {
        saved.Saved(note.Id);
        return true;
    }

    /// <summary>From here on the relay looks after it.</summary>
    private async Task IntendAsync(ClinicalNote next, Guid by, AuditEntry? entry, CancellationToken cancellation, Guid? addendum = null)
    {
        var ids = new NoteIntent(by, next.Version, entry?.Event, addendum).ToIds();
        var intent = outbox.Later(NoteIntents.Kind, next.Id, next.PatientId, ids, NoteIntents.Patience);
        var note = next is { IsAmendment: true, Amends: { } amends } ? amends.NoteId : next.Id;
        NpgsqlBatchCommand[] commands = entry is null
            ? [intent]
            : [audit.Statement(entry with { PatientId = next.PatientId, ResourceType = "note", ResourceId = note }), intent];
        await batch.ReadAsync(commands, (_, _) => Task.FromResult(true), cancellation);
    }
}
